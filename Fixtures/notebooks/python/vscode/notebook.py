# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: .venv (3.11.9)
#     language: python
#     name: python3
# ---

# %%
import numpy as np

# %% [markdown]
# text

# %%
np.arange(3)
