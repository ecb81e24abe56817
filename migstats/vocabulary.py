"""The closed vocabularies of records and packs, and how dates and periods are written."""

from __future__ import annotations

from typing import Annotated, Literal

from migstats.caching.regex import expression
from migstats.constraint import Matches

Qualifier = Literal["exact", "approximately", "at_least", "at_most"]
Modality = Literal["reported", "planned", "denied"]
Context = Literal["body", "related"]
PeriodBasis = Literal["stated", "year_to_date", "inherited", "publication"]
Basis = Literal["pattern", "anchor", "group", "anaphor"]
Measure = Literal["count", "share", "change"]

LEVELS = ("none", "near", "sentence", "abroad")
"""Where a word of migration must stand for a frame to be believed."""

_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
Date = Annotated[str, Matches(expression(rf"^{_DATE}$"))]
IsoPeriod = Annotated[str, Matches(expression(rf"^(?:{_DATE}|(?:{_DATE}|\.\.)/(?:{_DATE}|\.\.))$"))]
