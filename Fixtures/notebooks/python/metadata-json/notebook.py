# ---
# jupyter:
#   jupytext:
#     cell_metadata_json: true
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% {"name": "n", "tags": ["x"]}
a = 1

# %% Words [markdown] {"key": {"deep": [1, 2]}}
# text

# %%
b = 2
