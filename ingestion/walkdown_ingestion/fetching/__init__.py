"""Fetching documents from public sources: off unless turned on, and only from where the pack says."""
