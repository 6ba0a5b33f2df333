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

# %% [markdown]
# # Harmonic numbers
#
# $H_n = \sum_{k=1}^n 1/k$

# %%
harmonic(n) = sum(1/k for k in 1:n)

# %%
harmonic(4) % 2

# %%
using Pkg
Pkg.add("Plots")

# %%
function f(x)
    x^2
end
