-- ---
-- jupyter:
--   jupytext:
--     text_representation:
--       extension: .hs
--       format_name: percent
--       format_version: '1.3'
--   kernelspec:
--     display_name: Haskell
--     language: haskell
--     name: haskell
-- ---

-- %% [markdown]
-- # Folds

-- %%
import Data.List (foldl')

sum' = foldl' (+) 0

-- %%
:t sum'
:ext OverloadedStrings

-- %%
sum' [1 .. 10] -- a comment

-- %%
-- %time
