# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .R
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: R
#     language: R
#     name: ir
# ---

# %% [markdown]
# # Cars
#
# From `datasets`.

# %%
library(stats)
head(cars, 2)

# %%
f <- function(x) {
  x %% 2 == 0
}

# %%
sapply(1:3, f)
'it''s'

# %% [raw]
# for knitr

# %%
