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

# %% tags=["b", "a"] name="first" id="z"
x = 1

# %% [markdown] z={"y": 1, "x": 2} a
# text
