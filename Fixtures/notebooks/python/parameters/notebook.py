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

# %% papermill={"duration": 0.021, "end_time": "2024-02-02T12:00:01.5", "exception": false, "status": "completed"} tags=["parameters"]
alpha = 0.1
steps = 10

# %% tags=["injected-parameters"]
# Parameters
alpha = 0.6

# %% slideshow={"slide_type": "subslide"}
alpha * steps
