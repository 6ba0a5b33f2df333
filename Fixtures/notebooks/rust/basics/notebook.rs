// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .rs
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Rust
//     language: rust
//     name: rust
// ---

// %% [markdown]
// # Crates

// %%
// :dep rand = "0.8"
// :vars

// %%
let x = 7;
println!("{}", x % 2);

// %%
// // :dep commented = "1"
%time

// %%
fn f<'a>(s: &'a str) -> &'a str {
    s
}
