"""`thidua forget`: an article or a person taken out of archive, store and what was published, and kept out by a tombstone."""
