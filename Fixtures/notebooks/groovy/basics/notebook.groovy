// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .groovy
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Groovy
//     language: groovy
//     name: groovy
// ---

// %% [markdown]
// # Closures

// %%
[1, 2, 3].collect { it * 2 }

// %%
def s = '''
%time
'''
// %classpath add jar x.jar

// %%
def f(x) { x % 2 }
