"""Says which places and groups are the same under other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from migstats.caching.regex import expression
from migstats.texts.fold import key
from migstats.value import dataclass

_WORD = expression(r"[^\W_]+")
_LONGEST = 4
"""Words of the longest name that is looked up in a group."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Names by their folded words, each with the one code that all its synonyms share."""

    places: Mapping[str, str]
    groups: Mapping[str, str]
    idle: frozenset[str]
    """Words that do not narrow whom a group holds."""
    articles: frozenset[str]
    """Articles that are written on to a name."""
    known: Mapping[str, tuple[str, str]]
    """Country and kind of each place name that the readers of places know."""

    def place(self, written: str | None, country: str | None) -> str | None:
        """Give the code of the places written, joined by `; `; nothing for the whole country."""
        codes = {self._place(name) for name in (written or "").split(";") if name.strip()}
        codes.discard(country or "")
        return "; ".join(sorted(codes)) or None

    def _place(self, name: str) -> str:
        words = words_of(name)
        bare = (words.removeprefix(article) for article in sorted(self.articles) if words.startswith(article))
        for form in (words, *bare):
            if form in self.places:
                return self.places[form]
            country, kind = self.known.get(form, ("", ""))
            if kind == "country" and country != "-":
                return country
        return words

    def group(self, written: str | None) -> str | None:
        """Give the code of a group: the codes of its words, sorted; a group of idle words alone stays as it is."""
        words = words_of(written or "").split()
        codes = sorted(set(self._codes(words)))
        return " ".join(codes or words) or None

    def _codes(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 0, -1):
                code = self._code(" ".join(words[at : at + size]))
                if code is not None:
                    if code:
                        yield code
                    at += size
                    break
            else:
                yield words[at]
                at += 1

    def _code(self, name: str) -> str | None:
        """The code of a name: empty for an idle word, none for one that nothing is known of."""
        if name in self.groups:
            return self.groups[name]
        if name in self.idle:
            return ""
        country, kind = self.known.get(name, ("", ""))
        if kind in ("country", "people") and len(country) > 1:
            return country
        return self.places.get(name)


def words_of(name: str) -> str:
    """Give the folded words of a name, one space between."""
    return " ".join(_WORD.findall(key(name)))


@lru_cache(maxsize=1)
def load_alike() -> Alike:
    """Read the tables of names."""
    packs = files("migstats").joinpath("packs")
    tables: dict[str, dict[str, str]] = {"place": {}, "group": {}, "idle": {}, "article": {}}
    for line in packs.joinpath("alike.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, code, names = line.split("\t")
            tables[kind].update((words_of(name), code) for name in names.split("|"))
    known = {}
    _, _, rows = packs.joinpath("places.tsv").read_text(encoding="utf-8").partition("\n\n")
    for row in rows.splitlines():
        name, country, kind, *_ = row.split("\t")
        known[name] = (country, kind)
    return Alike(tables["place"], tables["group"], frozenset(tables["idle"]), frozenset(tables["article"]), known)
