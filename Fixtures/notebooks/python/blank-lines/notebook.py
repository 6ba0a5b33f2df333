# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %%
a = 1



b = 2

# %%
# just a comment

# %%
# one

# two


# three

# %% [markdown]
# a
#
#
#
# b

# %%
c = 3
