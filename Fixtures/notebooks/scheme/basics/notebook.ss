;; ---
;; jupyter:
;;   jupytext:
;;     text_representation:
;;       extension: .ss
;;       format_name: percent
;;       format_version: '1.3'
;;   kernelspec:
;;     display_name: Calysto Scheme 3
;;     language: scheme
;;     name: calysto_scheme
;; ---

;; %% [markdown]
;; # Factorial

;; %%
(define (fact n)
  ; base case
  (if (= n 0) 1 (* n (fact (- n 1)))))

;; %%
(fact 5)

;; %%
;; %time (fact 20)
