// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: TypeScript
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # Types

// %%
interface Point { x: number; y: number }
const p: Point = { x: 1, y: 2 };

// %%
p.x

// %%
// %time p
