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

# %% [markdown]
# # Température à Zürich
#
# 日本語 · العربية · हिन्दी · 🌧️ · é

# %%
größe = 'naïve ☕'
print(größe)  # π ≈ 3.14159

# %%
π = 3.14159
𝒜 = '🚀'
