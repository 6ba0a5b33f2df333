/* --- */
/* jupyter: */
/*   jupytext: */
/*     text_representation: */
/*       extension: .sas */
/*       format_name: percent */
/*       format_version: '1.3' */
/*   kernelspec: */
/*     display_name: SAS */
/*     language: sas */
/*     name: sas */
/* --- */

/* %% [markdown] */
/* # Class */
/* */
/* From `sashelp`. */

/* %% */
proc print data=sashelp.class(obs=3);
run;

/* %% */
%let n = 5;
%macro hi;
  %put it's &n; /* aside */
%mend;
%hi

/* %% [raw] */
/* raw */
