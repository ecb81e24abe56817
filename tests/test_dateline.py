"""What a text says of the day on which it was published."""

from __future__ import annotations

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.periods.dateline import OPENING
from migstats.pipeline import analyse, identify

BODY = "\nLa garde a secouru des migrants."
LINES = [
    ("Rabat, 3 mai 2021", "2021-05-03"),
    (
        "SFAX, 3 mai 2021 (Agence) - La garde a secouru des migrants près de la côte pendant la nuit dernière.",
        "2021-05-03",
    ),
    ("Gafsa, 3 janv. 2021 – La garde a secouru des migrants près de la côte pendant la nuit dernière.", "2021-01-03"),
    ("Zarzis, 03.05.2021 – En avril 2021, la garde a secouru des migrants près de la côte du pays.", "2021-05-03"),
    ("BIZERTE, le 3 mai 2021. La garde a secouru des migrants près de la côte pendant la nuit dernière.", "2021-05-03"),
    ("Publié le 03/05/2021 à 10h32", "2021-05-03"),
    (
        "Publié le 03/05/2021 à 18:02 – Mis à jour le 4/05 – Temps de lecture : 4 minutes – Aucun commentaire",
        "2021-05-03",
    ),
    ("Published : 18 Sep 2019 08:57 PM | Updated : 07 Sep 2020 03:26 AM", "2019-09-18"),
    ("Mise à jour : 5 mai 2021 | Publié le 3 mai 2021", "2021-05-03"),
    ("May 03, 2021 18:35:15       419        0", "2021-05-03"),
    ("1 March, 2019", "2019-03-01"),
    ("Lunes 3 de mayo de 2021", "2021-05-03"),
    ("الخميس 04/يوليو/2024 - 02:15 م", "2024-07-04"),
    ("الرياض – 16 شعبان 1446هـ (15 فبراير 2025م)", "2025-02-15"),
    ("3 نيسان/أبريل 2024", "2024-04-03"),
    ("Le débat (compte rendu non officiel, 24 juillet 2019)", "2019-07-24"),
    ("Les chiffres de la migration (dernière mise à jour : février 2020)", "2020-02"),
    ("3 mars 2025 | Données au 28 février 2025, sauf mention contraire", "2025-03-03"),
    ("Une note de synthèse, sur les migrants secourus en mer par la garde pendant l'année. 16/10/2024", "2024-10-16"),
]
NONE = [
    "La garde a secouru des migrants en mai 2021 au large de la ville, selon le ministère de l'Intérieur.",
    "Le 3 mai 2021, la garde a secouru des migrants au large de la ville, selon le ministère de l'Intérieur.",
    "8-10-2012. Des hommes ont pris d'assaut la clôture à la hauteur du port pendant la nuit, selon la garde.",
    "- Mars 2021 : 300 migrants",
    "Réfugiés du 1er janvier 2021 au 30 juin 2021 dans les camps du sud et du nord du pays, selon les agences",
]


@pytest.mark.parametrize(("line", "published"), LINES)
def test_a_date_line_gives_the_publication(line: str, published: str, packs: Packs) -> None:
    """Whatever the form and the language of the header."""
    assert identify(Document("a.txt", line + BODY, language="fr"), packs).published == published


@pytest.mark.parametrize("line", NONE)
def test_what_is_told_of_is_no_date_line(line: str, packs: Packs) -> None:
    """Dates of what a text tells of, of the rows of a list and of the entries of a chronicle."""
    assert identify(Document("a.txt", line + BODY, language="fr"), packs).published is None


def test_a_day_stands_before_a_month(packs: Packs) -> None:
    """The bulletin of a month is published on a day; a stock's date says less than the month of a title."""
    text = (
        "Asile : avril 2025\nTunis, 15.05.2025 – En avril 2025, 300 demandes d'asile ont été déposées au pays." + BODY
    )
    assert identify(Document("a.txt", text, language="fr"), packs).published == "2025-05-15"
    text = "Factsheet | May 2021\nKey figures (as of 30 April 2021)\nThe agency helped 300 refugees."
    assert identify(Document("a.txt", text, language="en"), packs).published == "2021-05"


@pytest.mark.parametrize("before", [OPENING - 70, OPENING - 60, OPENING - 50])
def test_a_long_line_at_the_end_of_the_opening_is_not_taken_for_a_short_one(before: int, packs: Packs) -> None:
    """A date inside it is of what it tells."""
    text = (
        ("La garde l'a dit. " * before)[: before - 1]
        + "\nL'enquête a débuté en janvier 2023, quand une personne "
        + "l'a dit " * 40
    )
    assert identify(Document("a.txt", text, language="fr"), packs).published is None


def test_a_last_line_may_date_a_text(packs: Packs) -> None:
    """Where nothing at the start does."""
    text = "La garde a secouru des migrants.\n" * 40 + "Fait à Tunis, le 3 mai 2021"
    assert identify(Document("a.txt", text, language="fr"), packs).published == "2021-05-03"


@pytest.mark.parametrize(
    ("published", "period"),
    [(None, "2021-05-03"), ("2021-05", "2021-05-03"), ("2022-05", "2022-05")],
    ids=["from the text", "more exact than the header", "not the header's"],
)
def test_what_is_not_dated_holds_for_the_publication(published: str | None, period: str, packs: Packs) -> None:
    """The date line is no period of what the text counts, but what the text dates no better has that of publication."""
    text = "SFAX, 3 mai 2021 (Agence) - La garde a secouru 300 migrants."
    analysis = analyse(Document("a.txt", text, language="fr", published=published), packs)
    assert [(r.period.iso, r.period.basis) for r in analysis.readings if r.period] == [(period, "publication")]
