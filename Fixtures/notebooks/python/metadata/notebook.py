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

# %% name="first" tags=["parameters", "hide-input"]
a = 1

# %% big=1e+100 count=3 off=false on=true ratio=0.25 slideshow={"slide_type": "fragment"}
b = 2

# %% list=[] nothing object={} text="" vscode={"languageId": "python"}
c = 3

# %% [markdown] nested={"a": [1, {"b": "c = d"}], "e": null} slideshow={"slide_type": "slide"}
# text

# %% jupyter={"outputs_hidden": true, "source_hidden": false} pycharm={"name": "#%%\n"}
d = 4
