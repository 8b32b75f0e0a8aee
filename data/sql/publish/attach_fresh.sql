-- The file to be published.
attach {path} as news (storage_version {storage});
