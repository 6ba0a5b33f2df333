# %% [markdown]
# # No header

# %%
x = 1
