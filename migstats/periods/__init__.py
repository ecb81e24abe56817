"""Stretches of time: the phrases that tell them, and the dates that they come to."""
