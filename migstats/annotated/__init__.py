"""Texts with figures that people have marked: a tool a module, found by what it leaves behind."""
