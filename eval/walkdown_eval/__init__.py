"""Measures retrieval and answers per pack and language."""
