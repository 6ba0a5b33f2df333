;; ---
;; jupyter:
;;   jupytext:
;;     text_representation:
;;       extension: .clj
;;       format_name: percent
;;       format_version: '1.3'
;;   kernelspec:
;;     display_name: Clojure (clojupyter)
;;     language: clojure
;;     name: clojupyter
;; ---

;; %% [markdown]
;; # Words

;; %%
(require '[clojure.string :as str])

;; %%
(defn words [s]
  (str/split s #"\s+"))

;; %% tags=["result"]
(words "a b")
