# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python [conda env:base] *
#     env:
#       A: '1'
#     language: python
#     metadata:
#       args:
#       - -m
#       - ipykernel
#       - '# x'
#       - '12'
#       - '3.10'
#       - ''
#       debugger: true
#       interrupt_mode: null
#       none: {}
#       ratio: 1.5
#     name: conda-base-py
#     resources:
#       logo: 'kernels/a: b/logo.png'
#       'yes': 'no'
# ---

# %%
x = 1
