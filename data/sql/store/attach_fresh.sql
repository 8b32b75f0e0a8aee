-- The file that the store is copied into.
-- grain: the file.
attach {path} as fresh;
