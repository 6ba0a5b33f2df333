# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .robot
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Robot Framework
#     language: robotframework
#     name: robotkernel
# ---

# %%
*** Keywords ***
Greet
    Log    Hi

# %% [markdown]
# text
