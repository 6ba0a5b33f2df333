/ ---
/ jupyter:
/   jupytext:
/     text_representation:
/       extension: .q
/       format_name: percent
/       format_version: '1.3'
/   kernelspec:
/     display_name: Q (kdb+)
/     language: q
/     name: qpk
/ ---

/ %% [markdown]
/ # Trades

/ %%
t:([] sym:`a`b; px:1.5 2.5)

/ %%
select avg px by sym from t

/ %%
f:{x+y} / sum
/ %time f[1;2]
