// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .fsx
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: .NET (F#)
//     language: F#
//     name: .net-fsharp
// ---

// %% [markdown]
// # Lists

// %%
let xs = [1; 2; 3]
xs |> List.sum

// %%
let f x = x % 2 // a comment
// %time

// %%
type Shape =
    | Circle of float
