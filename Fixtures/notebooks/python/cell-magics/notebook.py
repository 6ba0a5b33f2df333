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
# %%time
total = sum(range(1_000_000))


# %%
# %%writefile hello.py
def hello():
    return "hello"


# %%
# %%capture captured --no-stderr
print('quiet')

# %%
# %%timeit -n 10
x = 1
# %pwd
