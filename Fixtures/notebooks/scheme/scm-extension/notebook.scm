;; ---
;; jupyter:
;;   jupytext:
;;     text_representation:
;;       extension: .scm
;;       format_name: percent
;;       format_version: '1.3'
;;   kernelspec:
;;     display_name: Calysto Scheme 3
;;     language: scheme
;;     name: calysto_scheme
;; ---

;; %% [markdown]
;; The same
;;
;; language.

;; %%
;; a comment
(display "it's")

;; %%
(define x '(a b))
