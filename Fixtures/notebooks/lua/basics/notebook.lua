-- ---
-- jupyter:
--   jupytext:
--     text_representation:
--       extension: .lua
--       format_name: percent
--       format_version: '1.3'
--   kernelspec:
--     display_name: Lua
--     language: lua
--     name: lua
-- ---

-- %% [markdown]
-- # Tables

-- %%
local t = {1, 2, 3}
for _, x in ipairs(t) do
  print(x % 2) -- odd
end

-- %%
function area(r)
  return 3.14 * r ^ 2
end

-- %%
print(#[[it's]])
-- %time area(1)
