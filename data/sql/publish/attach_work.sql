-- The store, to be read.
attach {path} as work (read_only);
