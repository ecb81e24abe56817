"""A text as the rules see it: folded, cut into words, marks and sentences, parted by language."""
