"""What a passage is about beyond its words: quantities, dates, plant unit, clause, document type, safety topics."""
