"""Language-aware text handling: languages, lexical analysis, equipment tags, quantities."""
