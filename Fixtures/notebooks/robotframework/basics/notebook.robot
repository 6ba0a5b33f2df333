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

# %% [markdown]
# # A test

# %%
*** Settings ***
Library    Collections

# %%
*** Test Cases ***
First
    Log    Hello    # aside
    Should Be Equal    1    1

# %% magic_args="module Example" language="python"
# class Example:
#     pass
