# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Any
#     name: any
# ---

# %%
# %time
x = 1

# %% [markdown]
# text
