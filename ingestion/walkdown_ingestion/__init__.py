"""Turns files into chunks with page and box, and keeps the index in step with them."""
