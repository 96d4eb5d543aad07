"""Benchmarks: each module is a program that measures one thing and prints a table."""
