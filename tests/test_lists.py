"""Lists of places and peoples, each with its number, take what their opener, their total or their heading counts."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.records.record import make_records


class Row(NamedTuple):
    """A text, and the figures that it holds: number, indicator, measure where it is no count."""

    language: str
    name: str
    text: str
    figures: tuple[str, ...] = ()


ROWS = [
    Row("en", "peoples behind the sentence with their total",
        "The coast guard rescued 1,420 migrants last week. Afghans – 905, Syrians – 377, Eritreans – 138.",
        ("1,420 rescues", "905 rescues", "377 rescues", "138 rescues")),
    Row("en", "the total, not the count before",
        "Police held 1,420 irregular migrants and 58 smugglers. Afghans – 905, Syrians – 377.",
        ("1,420 interceptions", "58 smugglers_arrested", "905 interceptions", "377 interceptions")),
    Row("en", "opener with a colon",
        "Deportations in 2023 by nationality: Guatemala (402), Honduras (299), El Salvador (188).",
        ("402 removals", "299 removals", "188 removals")),
    Row("en", "a breakdown takes its heading",
        "Arrivals by sea, January-April 2024\nBy country of departure: Libya 12,400, Tunisia 5,120, Turkey 3,300",
        ("12,400 arrivals", "5,120 arrivals", "3,300 arrivals")),
    Row("en", "a breakdown takes the line before that it adds up to",
        "● Irregular migrants expelled to Morocco in 2022: 2,640.\n"
        "● By sending country: Spain 1,115 (provisional), France 755, Netherlands 300, others 470",
        ("2,640 removals", "1,115 removals", "755 removals", "300 removals", "470 removals")),
    Row("en", "bullets under a breakdown",
        "The authorities registered 13,206 refugees.\nMain countries of origin\n• Syria: 4,051\n• Guinea: 1,988",
        ("13,206 refugees", "4,051 refugees", "1,988 refugees")),
    Row("en", "points written into one line",
        "KEY FIGURES\n13,206 refugees registered\n"
        "TOP COUNTRIES OF ORIGIN\n1. Syria: 4,051 2. Guinea: 1,988 3. Mali: 912",
        ("13,206 refugees", "4,051 refugees", "1,988 refugees", "912 refugees")),
    Row("en", "shares whose sign stands only once",
        "• 31,127 attempts at irregular emigration foiled\n• nationalities: West Africa 55%, Algeria 20, Asia 13",
        ("31,127 attempts_aborted", "55 attempts_aborted/share", "20 attempts_aborted/share",
         "13 attempts_aborted/share")),
    Row("en", "years in one line",
        "Voluntary returns (IOM): 2016: 1,510; 2017: 1,733; 2018, provisional: 1,508",
        ("1,510 voluntary_returns", "1,733 voluntary_returns", "1,508 voluntary_returns")),
    Row("en", "goals", "Raja won 30 matches. Goals: Morocco 12, Spain 3, France 2."),
    Row("en", "votes in a text on migration",
        "Irregular migration dominated the talks. Votes cast – Spain 12, France 30, Italy 5."),
    Row("en", "more than the total",
        "The navy rescued 300 migrants. Tourists: Spain 1,200, France 4,000.", ("300 rescues",)),
    Row("fr", "entrées sous un titre",
        "Lutte contre la migration irrégulière : bilan 2023\n"
        "- 57 820 tentatives avortées, dont 12 400 par voie maritime\n"
        "- 256 réseaux démantelés\n- 310 patrouilles menées",
        ("57 820 attempts_aborted", "12 400 attempts_aborted", "256 networks_dismantled")),
    Row("fr", "une phrase par pays",
        "Retours volontaires en 2023. Côte d'Ivoire : 1.205. Guinée : 988. Mali : 412.",
        ("1.205 voluntary_returns", "988 voluntary_returns", "412 voluntary_returns")),
    Row("fr", "entre parenthèses",
        "Demandes d'asile déposées en 2023 : Afghanistan (17 500), Bangladesh (8 600), Turquie (8 500).",
        ("17 500 asylum_applications", "8 600 asylum_applications", "8 500 asylum_applications")),
    Row("fr", "mois écrits à la suite",
        "Migrants interceptés par mois : janv. 120 févr. 31 mars 18 avr. 9",
        ("120 interceptions", "31 interceptions", "18 interceptions", "9 interceptions")),
    Row("fr", "des jours, non des comptes",
        "Les audiences des passeurs auront lieu les 12 janvier, 3 février et 5 mars."),
    Row("es", "después del total",
        "En 2023 fueron deportadas 1.500 personas migrantes: Guatemala 700, Honduras 500 y El Salvador 300.",
        ("1.500 removals", "700 removals", "500 removals", "300 removals")),
    Row("ar", "بعد النقطتين",
        "عمليات الترحيل سنة 2023: غينيا 402، مالي 299، السنغال 188.", ("402 removals", "299 removals", "188 removals")),
]  # fmt: skip


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.language}: {row.name}") for row in ROWS])
def test_lists(row: Row, packs: Packs) -> None:
    """All figures of a text, and no other."""
    document = Document("a", row.text, language=row.language, published="2024-05-20")
    records = make_records(analyse(document, packs), packs)
    found = [f"{r.number} {r.indicator}" + (f"/{r.measure}" if r.measure != "count" else "") for r in records]
    assert found == list(row.figures)
