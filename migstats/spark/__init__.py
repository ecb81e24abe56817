"""Records of a Spark DataFrame of texts."""

from migstats.spark._frame import extract

__all__ = ["extract"]
