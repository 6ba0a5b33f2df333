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

# %%
for i in range(3):
    print(i)

    # %%
    indented = 1
    also = 2

	# %%
	tabbed = 1

# %% [markdown]
#   indented text stays in its comment
