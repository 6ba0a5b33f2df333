# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown] colab_type="text" id="view-in-github"
# <a href="https://colab.research.google.com/"><img src="badge.svg"/></a>

# %% colab={"base_uri": "https://localhost:8080/", "height": 35} id="Xy12AbCdEfGh" outputId="0f1e2d3c-aaaa-4bbb-8ccc-0123456789ab"
# !nvidia-smi

# %% cellView="form" id="q1w2e3r4"
#@title Parameters { run: "auto" }
rate = 0.5  #@param {type:"slider", min:0, max:1}
