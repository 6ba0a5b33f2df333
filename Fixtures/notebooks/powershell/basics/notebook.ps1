# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .ps1
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: .NET (PowerShell)
#     language: PowerShell
#     name: .net-powershell
# ---

# %% [markdown]
# # Processes

# %%
Get-Process | Select-Object -First 3

# %%
1..3 | % { $_ * 2 }
% { 1 }

# %%
function Get-Area($r) {
    3.14 * $r
}
