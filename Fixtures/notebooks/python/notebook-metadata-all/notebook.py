# ---
# jupyter:
#   authors:
#   - name: "Ana M\xFCller"
#     tags: []
#   - name: B. Writer
#   count: 3
#   description: A long description that goes on and on, well beyond the eighty columns
#     at which the emitter folds a plain scalar.
#   empty: {}
#   jupytext:
#     notebook_metadata_filter: all
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   language_info:
#     codemirror_mode:
#       name: ipython
#       version: 3
#     file_extension: .py
#     mimetype: text/x-python
#     name: python
#     nbconvert_exporter: python
#     pygments_lexer: ipython3
#     version: 3.11.9
#   lines: 'first line
#
#     second line
#
#     '
#   quoted: 'note: a long quoted description that goes on and on, well beyond the eighty
#     columns at which it''s folded too.'
#   share: 0.1
#   tiny: 1.0e-07
#   title: "Regen in den T\xE4lern"
# ---

# %%
x = 1
