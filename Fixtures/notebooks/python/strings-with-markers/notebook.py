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
script = """
# %%
x = 1

# %% [markdown]
# text
"""
run(script)

# %%
s = '''a
# %% b
''' + "it's"  # %% not at the start
