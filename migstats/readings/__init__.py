"""What a matched number says: when, where, who, how told, and what became of every other number."""
