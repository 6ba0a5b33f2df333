// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .kts
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Kotlin
//     language: kotlin
//     name: kotlin
// ---

// %%
// %use dataframe

// %% [markdown]
// ## Read

// %%
val df = DataFrame.read("a.csv")
df.head() // """not a string"""
