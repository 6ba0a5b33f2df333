# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 2
#     language: python
#     name: python2
# ---

# %%
print 'hello'

# %% [markdown]
# # Old

# %%
