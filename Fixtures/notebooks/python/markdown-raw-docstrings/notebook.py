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
r"""
The sum $\sum_i x_i$.
"""

# %%
x = 1

# %% [markdown]
"""
No backslash
here.
"""

# %% [markdown]
'''
Single quotes.
'''

# %% [markdown]
# As comments.
