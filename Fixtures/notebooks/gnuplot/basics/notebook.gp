# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .gp
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: gnuplot
#     language: gnuplot
#     name: gnuplot
# ---

# %% [markdown]
# # Curves

# %%
set samples 100
plot sin(x) title "sine" # a comment

# %%
# %gnuplot inline pngcairo
f(x) = int(x) % 2
