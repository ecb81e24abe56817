"""Which indicator a number counts: by its words, those around it, and what the text said before."""
