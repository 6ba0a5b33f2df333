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
if True:
	print("tab\t", 'single \'', "\\server\share")
	path = r'C:\temp\new'
regex = '\d+"\"'

# %% [markdown]
# 	a tab, a \ and a "quote" / slash
