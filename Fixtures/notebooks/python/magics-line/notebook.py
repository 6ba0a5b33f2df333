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
# %matplotlib inline
# %load_ext autoreload
# %autoreload 2

# %%
# !pip install --quiet numpy
# ! ls -l
# !{sys.executable} -m pip --version
# !./run.sh

# %%
import os

# os.path.join?
# os.path??
# ?os.getcwd

# %%
x = 7
print(100 % x)
if x:
    # %time y = x ** 2
    # !echo {y}
