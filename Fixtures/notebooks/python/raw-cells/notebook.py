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

# %% [raw] raw_mimetype="text/latex"
# \newpage
# \tableofcontents

# %% [raw] format="text/restructuredtext" vscode={"languageId": "raw"}
# .. note:: reStructuredText
#
#    indented

# %% [raw]
# ---
# title: not first, so not a header
# ---
