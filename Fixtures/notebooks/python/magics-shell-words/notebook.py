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
# cd data
# ls -l *.csv
# cat head.csv
# mkdir results
# ls

# %%
ls = [1, 2]
ls, cat = ls, 3
print(ls)
cd(ls)
ls.append(4)
lsof = 5
