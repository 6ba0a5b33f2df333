# ---
# jupyter:
#   jupytext:
#     custom_cell_magics: configure
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% magic_args="-f" language="configure"
# {"driverMemory": "4G"}

# %%
spark.version
