"""Packs: read, checked against their schema, their patterns and codes proved."""
