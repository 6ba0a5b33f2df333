# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .sh
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Bash
#     language: bash
#     name: bash
# ---

# %% [markdown]
# # Files

# %%
ls -l
cd /tmp
echo "done: $?"

# %%
for f in *.csv; do
  echo "${f%.csv}"
done

# %%
!! | head
# %time ls

# %%
cat <<'END'
# text
END
