"""Runs over many documents: found, shared out, worked on, and gone on with where they were interrupted."""
