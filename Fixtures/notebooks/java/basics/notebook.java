// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .java
//       format_name: percent
//       format_version: '1.3'
//   kernelspec:
//     display_name: Java
//     language: java
//     name: java
// ---

// %% [markdown]
// # Streams

// %%
import java.util.stream.*;

IntStream.range(0, 5).sum()

// %%
// %maven org.knowm.xchart:xchart:3.5.2
// %%loadFromPOM

// %%
class Point {
    int x = 7 % 2; // odd
}
