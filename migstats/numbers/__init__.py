"""Numbers in digits and in words: their values, how exactly they are stated, and why some count nothing."""
