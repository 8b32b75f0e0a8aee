-- All rows of a table as one Parquet file.
-- grain: that of the table.
copy {table} to {path} (format parquet, compression zstd, kv_metadata {{{facts}}});
