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

# %%
usage = """
%matplotlib inline
!pip install nbgit
ls -l
"""
# %time print(usage)

# %%
query = '''
%d rows
?'''
# !echo done
