// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .swift
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Swift
//     language: swift
//     name: swift
// ---

// %% [markdown]
// A raw string: `#"a"#`

// %%
let text = """
// %% no marker
"""
print(text)

// %%
struct Point { var x = 0.0 }
