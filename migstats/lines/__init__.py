"""Output of series: a file format a module, found by its name."""
