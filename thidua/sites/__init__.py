"""`thidua sites`: the registry listed, a definition checked on the live pages, a new one laid down."""
