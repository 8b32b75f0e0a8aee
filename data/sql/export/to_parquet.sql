-- Rows as one Parquet file.
-- grain: that of the rows.
copy ({rows}) to {path} (format parquet, compression zstd, kv_metadata {{{facts}}});
