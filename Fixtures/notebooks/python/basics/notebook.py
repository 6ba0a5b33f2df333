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
# # Rainfall in the valley
#
# Monthly totals, in millimetres.

# %%
import statistics

rain = [81, 64, 70, 49, 55, 32]
print(len(rain), "months")

# %%
statistics.mean(rain)

# %% [raw]
# Raw text is for nbconvert.
