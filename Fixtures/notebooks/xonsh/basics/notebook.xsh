# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .xsh
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Xonsh
#     language: xonsh
#     name: xonsh
# ---

# %% [markdown]
# # Shell and Python

# %%
ls -l
cd /tmp
files = $(ls).split()

# %%
for f in files:
    echo @(f)

# %%
# %time len(files)
!(ls)
