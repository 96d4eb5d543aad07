"""Pieces that pages are made of; each draws one thing."""
