# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     argv:
#     - 1e3
#     - '1.5e+3'
#     - '0x1F'
#     - '010'
#     - '1:30'
#     - '~'
#     - 'null'
#     - 'on'
#     - '2024-05-01'
#     - '='
#     - '<<'
#     - '- a'
#     - 'a: b'
#     - 'a #b'
#     - '''q'''
#     - '"d"'
#     - '@x'
#     - '%x'
#     - '!x'
#     - '&x'
#     - '*x'
#     - '{}'
#     - '[]'
#     - '?'
#     - '-'
#     - 'it''s: ''quoted'''
#     display_name: '3.10'
#     language: python
#     name: 'true'
# ---

# %%
x = 1
