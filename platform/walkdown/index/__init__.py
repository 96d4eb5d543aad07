"""The Qdrant collection: what a point is, writing, searching; embedded or server behind one protocol."""
