# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .jl
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Julia 1.9.3
#     language: julia
#     name: julia-1.9
# ---

# %%
"""
    f(x)

%time of the call
# %% not a cell
"""
f(x) = x

# %%
# %time f(1)

# %%
# 'apostrophe
A = [1 2; 3 4]'
