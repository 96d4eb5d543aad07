"""What is remembered: the registry of documents and the records of answers."""
