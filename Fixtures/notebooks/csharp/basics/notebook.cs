// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .cs
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: .NET (C#)
//     language: C#
//     name: .net-csharp
// ---

// %% [markdown]
// # Packages

// %%
#r "nuget: Newtonsoft.Json"
#load "x.csx"

// %%
// #!time
var x = 7 % 2;
x

// %% language="fsharp"
// let y = 1

// %%
// // #!about
%time
Console.WriteLine($"{x}");
