"""The words of a language's classes, and where they stand in a sentence."""
