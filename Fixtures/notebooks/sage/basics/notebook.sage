# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .sage
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: SageMath 10.1
#     language: sage
#     name: sagemath
# ---

# %% [markdown]
# # Primes
#
# $\pi(x)$

# %%
prime_pi(100)

# %%
# %time factor(2^67 - 1)
# %display latex

# %%
def f(n):
    return n % 2

# %%
f(3)

# %%
ls = [1]
!ls
