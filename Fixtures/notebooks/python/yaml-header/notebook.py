# ---
# title: "Rain: a study"
# author:
#   - name: A. Writer   # corresponding
#     orcid: 0000-0000
# date: 2024-05-01
# format:
#   html:
#     toc: true
# abstract: |
#   Two lines,
#
#   and a gap.
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

# %% [markdown]
# # Start

# %%
x = 1
