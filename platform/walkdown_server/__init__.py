"""Composition root: the HTTP server, the command line and the process supervisor."""
