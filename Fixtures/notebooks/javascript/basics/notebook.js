// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .js
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: JavaScript (Node.js)
//     language: javascript
//     name: javascript
// ---

// %% [markdown]
// # Squares

// %%
const squares = [1, 2, 3].map(x => x ** 2);
squares

// %%
// a comment
console.log(`it's ${5 % 3}`);

// %% language="html"
// <b>bold</b>

// %%
function f() {
  return 1;
}
