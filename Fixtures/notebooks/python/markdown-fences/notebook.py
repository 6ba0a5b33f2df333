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

# %% [markdown]
# The script looks like this:
#
# ```python
# %% not a marker
# x = 1
# ```
#
# and like this:
#
# ~~~~
# %% [markdown]
# ~~~~

# %%
x = 1

# %% [markdown]
# ```mermaid
# %% a comment
# graph LR
# ```
