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
# !tar --create \
#     --file archive.tar \
#     data
print('done')

# %%
# total = !wc -l a.csv \
#   b.csv
total
