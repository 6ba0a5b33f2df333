// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .go
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Go (gonb)
//     language: go
//     name: gonb
// ---

// %% [markdown]
// # Slices

// %%
import "fmt"

func odd(x int) bool {
	return x%2 == 1
}

// %%
//gonb:%%
fmt.Println(odd(3))

// %%
// !ls -l
// !*go get github.com/janpfeifer/gonb
// %reset
// a comment

// %% [raw]
// raw
