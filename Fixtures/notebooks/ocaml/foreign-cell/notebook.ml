(* --- *)
(* jupyter: *)
(*   jupytext: *)
(*     text_representation: *)
(*       extension: .ml *)
(*       format_name: percent *)
(*       format_version: '1.3' *)
(*   kernelspec: *)
(*     display_name: OCaml *)
(*     language: OCaml *)
(*     name: ocaml-jupyter *)
(* --- *)

(* %% language="bash" *)
(* ls *)

(* %% *)
let x = 1
