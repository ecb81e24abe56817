"""Readings as validated records, and records as tables and annotations."""
