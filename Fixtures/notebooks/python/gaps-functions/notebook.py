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
import math


# %%
def area(r):
    return math.pi * r ** 2


# %%
area(1)

# %%
x = 2


# %%
class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return area(self.r)


# %%
async def fetch():
    pass


# %%
Circle(3).area()
