// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .do
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Stata
//     language: stata
//     name: stata
// ---

// %% [markdown]
// # Cars

// %%
sysuse auto, clear
* a star comment
summarize price

// %%
// %head 5
display mod(7, 2) // odd

// %%
program define hi
    display "it's"
end
