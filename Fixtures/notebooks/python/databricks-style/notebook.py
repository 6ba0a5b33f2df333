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
# COMMAND ----------
# MAGIC %md

# %%
# MAGIC %sql select 1
x = 1

# %%
#| label: fig-rain
#| echo: false
plot()
