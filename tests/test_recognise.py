"""Which language a text is in, when it was published, and which source it comes from."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from migstats.loading.load import Packs
from migstats.loading.schema import Recognise, SourcePack
from migstats.model import Document
from migstats.pipeline import identify
from migstats.recognise import Source, common_words, compile_source, guess_language, recognise_source


def make_source(name: str, language: str | None = None, **marks: object) -> Source:
    """Make the marks of a source."""
    pack = SourcePack(id=name, name=name, recognise=Recognise.model_validate(marks), language=language)
    return compile_source(pack)


SOURCES = [
    make_source("by-site", sites="boats.example", wording="the ministry of boats"),
    make_source("by-name", names="^boats-"),
    make_source("by-header", headers=r"^ministry of boats\W", wording=["said its spokesman", "in his weekly note"]),
    make_source("by-wording", wording=["navires amiraux", "en rade", "au mouillage"], language="fr"),
]
TEXTS: Mapping[str, tuple[Document, str | None]] = {
    "address": (Document("a.txt", "Nothing else.", url="https://boats.example/1"), "by-site"),
    "address before all": (Document("boats-1.txt", "Ministry of boats.", url="https://boats.example/1"), "by-site"),
    "file name": (Document("notes/boats-1.txt", "Nothing else."), "by-name"),
    "header": (Document("a.txt", "Ministry of Boats, 3 May"), "by-header"),
    "one wording, the only one there is": (Document("a.txt", "Thus the ministry of boats."), "by-site"),
    "two wordings of three": (Document("a.txt", "Des navires amiraux en rade."), "by-wording"),
    "accents and capitals": (Document("a.txt", "DES NAVIRES AMIRAUX, EN RADÉ."), "by-wording"),
    "one wording of three": (Document("a.txt", "Des navires amiraux."), None),
    "another language": (Document("a.txt", "Des navires amiraux en rade.", language="en"), None),
    "nothing": (Document("a.txt", "Nothing else."), None),
}


@pytest.mark.parametrize(("document", "name"), TEXTS.values(), ids=TEXTS)
def test_a_source_is_recognised_by_what_is_its_own(document: Document, name: str | None) -> None:
    """Address before file name before header; of wordings two, where the pack has as many."""
    found = recognise_source(document, SOURCES)
    assert (found.id if found else None) == name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministère a indiqué que les migrants ont été secourus dans la nuit.", "fr"),
        ("The ministry said that the migrants were rescued in the night.", "en"),
        ("Los migrantes fueron rescatados en la noche por los agentes de la Guardia Civil.", "es"),
        ("12 345", None),
    ],
)
def test_a_language_is_told_by_its_small_words(text: str, language: str | None, packs: Packs) -> None:
    """No other mark is needed."""
    common = {name: common_words(packs.peek(name, "grammar")) for name in packs.languages}
    assert guess_language(text, common) == language


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Rabat, 3 mai 2021\nLe ministère a indiqué que 300 migrants ont été secourus.", "2021-05-03"),
        ("Le ministère a indiqué que 300 migrants ont été secourus en mai 2021 au large de la ville.", None),
    ],
)
def test_a_date_line_gives_the_publication(text: str, published: str | None, packs: Packs) -> None:
    """A short line near the start that holds one date; a sentence that tells a month does not."""
    assert identify(Document("a.txt", text, language="fr"), packs).published == published
