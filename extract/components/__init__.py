"""One spaCy component a file, named for the record that it finds."""
