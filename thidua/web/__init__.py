"""The web page: the published file as pages for a browser, rendered here, without scripts."""
