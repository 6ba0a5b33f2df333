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
def f():
	return 1

# %%
f()

# %%
text = """
def not_a_function():
    pass
"""


# %%
def g():
    return '''
end
'''


# %%
g()
