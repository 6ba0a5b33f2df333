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

# %% active="ipynb"
# display(df)

# %% active="py"
if __name__ == '__main__':
    main()

# %% tags=["active-ipynb"]
# %matplotlib inline
# plot()

# %% active="ipynb,py"
both()

# %% tags=["active-ipynb-py", "slow"]
also()

# %% tags=["active-py"]
only_script()
