(* --- *)
(* jupyter: *)
(*   jupytext: *)
(*     text_representation: *)
(*       extension: .ml *)
(*       format_name: percent *)
(*       format_version: '1.3' *)
(*   kernelspec: *)
(*     display_name: OCaml 4.14 *)
(*     language: OCaml *)
(*     name: ocaml-jupyter *)
(* --- *)

(* %% [markdown] *)
(* # Lists *)
(* *)
(* * `List.map` *)

(* %% *)
let rec fact n = if n = 0 then 1 else n * fact (n - 1)

(* %% *)
(* a comment *)
let () = Printf.printf "%d\n" (fact 5)

(* %% [raw] *)
(* raw *)

(* %% name="prime" *)
let x' = 7 mod 2

(* %% [markdown] *)
(* *)
