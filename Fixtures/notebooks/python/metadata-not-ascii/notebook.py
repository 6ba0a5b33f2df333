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

# %% control="tab\there" icon="\ud83d\udc0d" name="Gr\u00f6\u00dfe" quote="say \"hi\"\\n"
a = 1

# %% [markdown] author="\u5c71\u7530"
# text
