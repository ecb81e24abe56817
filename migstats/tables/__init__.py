"""Tables in plain text: their rows, cells and titles, and the time that these tell."""
