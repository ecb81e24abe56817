"""Migration statistics read out of press texts, each with its place in the text."""

from migstats.version import __version__

__all__ = ["__version__"]
