"""Places: names in four languages, what only looks like one, and what holds for any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migstats.model import Place
from migstats.place import PlaceReader, compile_places, find_places, subject_country
from migstats.texts.fold import fold, key
from migstats.texts.token import cut_tokens

TABLE = Path(__file__).parents[1] / "migstats" / "packs" / "places.tsv"
READER = compile_places(TABLE)

FOUND = {
    "fr-elided": ("12 personnes de l'Egypte et d\u2019Afrique", "Egypte:EGY:country Afrique:-:region"),
    "fr-contracted": ("parties du Maroc, arrivées au Sénégal", "Maroc:MAR:country Sénégal:SEN:country"),
    "fr-generic-small": ("vers les îles Canaries", "îles Canaries:ESP:region"),
    "fr-generic-capital": ("l'Afrique de l'Ouest", "Afrique de l'Ouest:-:region"),
    "fr-people": ("des ressortissants marocains et 3 Guinéennes", "marocains:MAR:people Guinéennes:GIN:people"),
    "fr-capitals": ("RESSORTISSANTS MAROCAINS EN LIBYE", "MAROCAINS:MAR:people LIBYE:LBY:country"),
    "fr-no-accents": ("COTE D'IVOIRE", "COTE D'IVOIRE:CIV:country"),
    "fr-longest": ("en Guinée-Bissau, en Guinée", "Guinée-Bissau:GNB:country Guinée:GIN:country"),
    "fr-article": ("au Caire et à La Mecque", "Caire:EGY:city La Mecque:SAU:city"),
    "fr-sea": ("par la mer Méditerranée, la Manche", "mer Méditerranée:-:region Manche:-:region"),
    "fr-sebta": ("entre Fnideq et Sebta", "Fnideq:MAR:city Sebta:ESP:city"),
    "fr-word-after-cue": ("arrivés à Nice, Tours et Salé", "Nice:FRA:city Tours:FRA:city Salé:MAR:city"),
    "en-ceuta": ("the fences of Ceuta and Melilia", "Ceuta:ESP:city Melilia:ESP:city"),
    "en-people": ("two Moroccans, a Sierra Leonean", "Moroccans:MAR:people Sierra Leonean:SLE:people"),
    "en-sub-saharan": (
        "sub-Saharan Africa; Sub-Saharan Africans",
        "sub-Saharan Africa:-:region Sub-Saharan Africans:-:people",
    ),
    "en-sub-saharan-small": ("sub-saharan migrants", "sub-saharan:-:people"),
    "en-channel": ("across the Channel to Dover", "Channel:-:region Dover:GBR:city"),
    "en-abbreviations": ("the US, the U.S. and the UK", "US:USA:country U.S.:USA:country UK:GBR:country"),
    "en-acronym-neighbour": ("held by US ICE agents", "US:USA:country"),
    "en-and": ("from Bosnia and Herzegovina", "Bosnia and Herzegovina:BIH:country"),
    "es-people-small": ("1.200 marroquíes y guineanos", "marroquíes:MAR:people guineanos:GIN:people"),
    "es-longest": ("Las Palmas de Gran Canaria", "Las Palmas de Gran Canaria:ESP:city"),
    "es-islands": ("El Hierro y Arguineguín", "El Hierro:ESP:region Arguineguín:ESP:city"),
    "es-abbreviation": ("rumbo a EE.UU. desde Tapachula", "EE.UU.:USA:country Tapachula:MEX:city"),
    "es-darien": ("la selva del Darién", "selva del Darién:-:region"),
    "es-granada": ("en Granada", "Granada:ESP:city"),
    "ar-plain": ("من المغرب إلى ليبيا", "المغرب:MAR:country ليبيا:LBY:country"),
    "ar-prefixes": ("بالمغرب وطنجة وبتونس", "المغرب:MAR:country طنجة:MAR:city تونس:TUN:country"),
    "ar-article-swallowed": ("للمغرب وللمغاربة", "مغرب:MAR:country مغاربة:MAR:people"),
    "ar-people": ("مغاربة والسنغاليين", "مغاربة:MAR:people سنغاليين:SEN:people"),
    "ar-two-words": ("قرب سبتة وبالدار البيضاء", "سبتة:ESP:city الدار البيضاء:MAR:city"),
    "ar-marks": ("بِطَنْجَة", "طَنْجَة:MAR:city"),
    "ar-stretched": ("المَغـــرب", "المَغـــرب:MAR:country"),
    "ar-after-cue": ("في مالي وبمالي", "مالي:MLI:country مالي:MLI:country"),
    "hyphen-is-space": ("Tan-Tan, Tan Tan, Tan\u2013Tan", "Tan-Tan:MAR:city Tan Tan:MAR:city Tan\u2013Tan:MAR:city"),
    "wrapped-line": ("El\nHierro; Las\u00a0Palmas", "El\nHierro:ESP:region Las\u00a0Palmas:ESP:city"),
}

TRAPS = {
    "en-word-at-start": "Nice weather. Reading is fun. Of men.",
    "en-small-letters": "a turkey, polish, china and the channel",
    "en-pronoun": "HELP US NOW, tell us",
    "en-month": "in March and May",
    "fr-meeting": "La réunion du conseil. Réunion tenue hier",
    "fr-given-name": "Maurice Dupont",
    "fr-verb": "il a eu de l'eau; salé, tours, nice",
    "fr-pole": "Pôle emploi",
    "es-word": "El mar, las cosas, nada; Mar adentro",
    "ar-financial": "الدعم المالي",
    "ar-framework": "في إطار اتفاق",
    "ar-billion": "بليون درهم",
    "ar-average": "بلغ المتوسط",
    "sentence-end": "Partis avec Beni. Mellal est loin",
    "nothing": "",
}


def show(text: str) -> str:
    """The places of a text as `words:country:kind`."""
    places = find_places(text, fold(text), READER, cut_tokens(fold(text)))
    return " ".join(f"{text[place.start : place.end]}:{place.country or '-'}:{place.kind}" for place in places)


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_names_are_found(text: str, expected: str) -> None:
    assert show(text) == expected


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_words_that_are_no_names_are_left(text: str) -> None:
    assert show(text) == ""


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Le Maroc, des Marocains, Rabat; Ceuta", None, "MAR"),
        ("La Libye et la Tunisie", None, "LBY"),
        ("Tunisie : le Maroc, Rabat", (0, 7), "TUN"),
        ("l'Afrique, la Méditerranée", None, None),
        ("", None, None),
    ],
    ids=["people-and-cities-count", "first-of-equals", "title-weighs", "regions-are-none", "nothing"],
)
def test_subject_is_the_country_named_most(text: str, title: tuple[int, int] | None, expected: str | None) -> None:
    assert subject_country(find_places(text, fold(text), READER, cut_tokens(fold(text))), title) == expected


_PIECES = st.sampled_from([text for text, _ in FOUND.values()] + list(TRAPS.values()))
_TEXTS = st.lists(_PIECES | st.text(max_size=12), max_size=8).map(" ".join)


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_are_apart_and_inside(text: str) -> None:
    places = find_places(text, fold(text), READER, cut_tokens(fold(text)))
    end = 0
    for place in places:
        assert end <= place.start < place.end <= len(text)
        assert text[place.start].isalpha()
        assert place.kind in {"country", "city", "region", "people"}
        end = place.end


@given(st.text())
def test_any_table_can_be_read(table: str) -> None:
    assert isinstance(compile_places(table), PlaceReader)


def test_only_the_pages_of_the_words_of_a_text_are_opened() -> None:
    """With those of what is left of words when a prefix is cut off; what is found is the same as with all open."""
    text = "Boats off Lampedusa and Sri Lanka, وصلوا إلى الجزائر والمغرب"
    few, every = compile_places(TABLE), compile_places(TABLE)
    every.open(list(every.pages))
    assert every.pages == {}
    assert few.rows == {}
    assert _find(text, few) == _find(text, every) != []
    assert 0 < len(few.rows) < len(every.rows) / 4
    assert few.rows.items() <= every.rows.items()
    opened = dict(few.rows)
    assert _find(text, few) == _find(text, every)
    assert few.rows == opened


def _find(text: str, reader: PlaceReader) -> list[str]:
    found = find_places(text, fold(text), reader, cut_tokens(fold(text)))
    return [f"{place.country} {text[place.start : place.end]}" for place in found]


def test_rows_are_folded_and_whole() -> None:
    every = compile_places(TABLE)
    every.open(list(every.pages))
    for row in every.rows.items():
        name, (country, kind, mask, *_) = row[0], row[1].split("\t")
        assert key(name) == name
        assert country == "-" or (len(country) == 3 and country.isupper()), row
        assert kind in {"country", "city", "region", "people"}, row
        assert len(mask) == name.count(" ") + 1, row
        assert set(mask) <= set("CUx"), row


def test_time_grows_with_the_text() -> None:
    text = " ".join(text for text, _ in FOUND.values()) + "\n"
    once, tenfold = _time(text * 20), _time(text * 200)
    assert tenfold < 40 * once


def _time(text: str) -> float:
    """Seconds that finding takes, the best of three."""
    view = fold(text)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found: list[Place] = find_places(text, view, READER, cut_tokens(view))
        best = min(best, time.perf_counter() - start)
        assert found
    return best
