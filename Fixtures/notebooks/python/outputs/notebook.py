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
import sys
print('out')
print('err', file=sys.stderr)

# %%
df.head()

# %%
plt.plot(rain);

# %%
1 / 0

# %%
chart
