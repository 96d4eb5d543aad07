"""Domain packs: schema, loading and validation of what a domain team edits."""
