"""Figures of many documents put side by side: a step a module."""
