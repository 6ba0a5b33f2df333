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

# %% Read the data
import csv

# %% About this notebook [markdown]
# Some words.

# %% Fit, then plot tags=["slow", "figure"]
x = 1

# %% Latex [raw]
# raw

# %% Été 2024 tags=["a"]
y = 2
