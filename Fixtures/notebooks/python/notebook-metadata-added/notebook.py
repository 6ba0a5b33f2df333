# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: title,toc,-jupytext.text_representation.format_version
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   title: Added
#   toc:
#     base_numbering: 1
#     skip_h1_title: false
# ---

# %%
x = 1
