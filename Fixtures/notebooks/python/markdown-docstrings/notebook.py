# ---
# jupyter:
#   jupytext:
#     cell_markers: '"""'
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
"""
# Title

Two paragraphs

of text.
"""

# %%
x = 1

# %% [markdown]
"""
One line.
"""

# %% [raw]
"""
raw text
"""
