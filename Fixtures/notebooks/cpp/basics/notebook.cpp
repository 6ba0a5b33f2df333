// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .cpp
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: C++17
//     language: C++17
//     name: xcpp17
// ---

// %% [markdown]
// # Vectors

// %%
#include <iostream>
#include <vector>

std::vector<int> v{1, 2, 3};

// %%
for (int x : v) std::cout << x % 2 << '\n';

// %%
// %%file hello.h
#pragma once

// %% [raw]
// raw

// %% [markdown]
//
