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
# files = !ls *.csv
# elapsed = %timeit -o sum(range(10))
# where=%pwd
files[:3]

# %%
value = 5 % 3
rest = 7 %2
label = '%s' % value
