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
from functools import cache


# %%
# Slow without it.
@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


# %%
# only a comment

# %%
fib(30)


# %%
@cache
async def g(
    a,
    b,
):
    return a

# %%
# a comment, then the end
