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
# # Title
#
# ## Section
#
# * one
#     * nested
# * two  
#   after a hard break
#
# 1. first
# 2. second

# %% [markdown]
# | month | mm |
# |-------|---:|
# | May   | 12 |
#
# > quoted
#
# <div class="note">
#
# HTML
#
# </div>

# %% [markdown]
# Inline $a^2 + b^2 = c^2$ and
#
# $$
# \int_0^1 x\,dx = \frac{1}{2}
# $$
#
# ---
#
# [link](https://example.org/?q=1#top) ![image](figure.png)
