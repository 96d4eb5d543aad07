"""The core of Walkdown: everything between a question and a checked answer. Knows no web framework."""
