"""How a text becomes records: one spaCy pipeline over words of underthesea."""
