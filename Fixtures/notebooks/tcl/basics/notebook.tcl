# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .tcl
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Tcl
#     language: tcl
#     name: tcl
# ---

# %% [markdown]
# # Procedures

# %%
proc area {r} {
    expr {3.14 * $r ** 2}
}

# %%
puts [area 2] ;# a comment

# %%
set x [expr {7 % 2}]
