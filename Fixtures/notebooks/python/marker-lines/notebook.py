# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% nbgit={"markers": "escaped"}
a = 1
# \%% not a cell
b = 2

# %%
s = """
# %%
"""

# %% [markdown] nbgit={"markers": "escaped"}
# \%% a comment of mermaid, outside a fence

# %% nbgit={"markers": "escaped"}
open = """never closed

# %%
after = 1
