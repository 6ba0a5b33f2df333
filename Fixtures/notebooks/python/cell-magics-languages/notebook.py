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

# %% language="bash"
# set -e
#
# for f in *.csv; do
#     wc -l "$f"
# done

# %% magic_args="-s \"$path\" --out text" language="bash"
# echo $1

# %% language="html"
# <table>
#   <tr><td>1</td></tr>
# </table>

# %% language="latex"
# \begin{align}
# E &= mc^2
# \end{align}

# %% language="javascript"
# console.log('hello');

# %% tags=["r"] magic_args="-i df" language="R"
# summary(df)

# %% language="sql"
# select * from rain

# %% magic_args="--annotate" language="cython"
# def f(int x):
#     return x

# %% magic_args="node" language="script"
# %time
