-- ---
-- jupyter:
--   jupytext:
--     text_representation:
--       extension: .sql
--       format_name: percent
--       format_version: '1.3'
--   kernelspec:
--     display_name: xsql
--     language: sqlite
--     name: xsql
-- ---

-- %% [markdown]
-- # Orders per month
--
-- What `# ls` says stays.

-- %%
-- %LOAD sqlite3 db=orders.db timeout=2 shared_cache=true

-- %%
-- the last year
SELECT strftime('%Y-%m', placed) AS month, count(*)
FROM orders
GROUP BY month;
