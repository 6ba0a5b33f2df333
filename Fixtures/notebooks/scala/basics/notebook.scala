// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .scala
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Scala 2.13
//     language: scala
//     name: scala213
// ---

// %% [markdown]
// # Maps

// %%
val m = Map("a" -> 1)

// %%
val s = """
%time
// %% no cell
"""

// %% language="bash"
//
// echo $HOME

// %%
def f(x: Int) = x % 2
