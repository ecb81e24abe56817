"""What narrows a figure: where it happened, who is counted, who says so, and whether it is so."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.records.record import make_records


class Row(NamedTuple):
    """A text, one number of it, and what narrows its figure."""

    text: str
    number: str
    place: str | None = None
    group: str | None = None
    country: str | None = None
    attribution: str | None = None
    modality: str = "reported"


FRENCH = [
    Row("La marine a secouru 150 migrants au large de Dakhla, dont 15 femmes.", "150", "Dakhla", country="ESH"),
    Row("La marine a secouru 150 migrants au large de Dakhla, dont 15 femmes.", "15", "Dakhla", "femmes", "ESH"),
    Row("À Nador, la police a arrêté 12 passeurs.", "12", "Nador", country="MAR"),
    Row("La police a arrêté 12 passeurs à Nador et à Al Hoceima.", "12", "Nador; Al Hoceima", country="MAR"),
    Row("Tanger : 24 migrants secourus en mer", "24", "Tanger", country="MAR"),
    Row("Les corps de 14 migrants ont été retrouvés sur une plage de Zarzis.", "14", "Zarzis", country="TUN"),
    Row("9 assauts ont visé les clôtures de Melilla.", "9", "Melilla", country="ESP"),
    Row("La Tunisie a expulsé 300 migrants vers la Libye.", "300", None, "vers la Libye", "TUN"),
    Row("En tout, 1.200 Marocains ont été rapatriés de Tunisie.", "1.200", "Tunisie", "Marocains", "TUN"),
    Row("Les gardes-côtes ont intercepté 80 migrants originaires du Mali et de Guinée.", "80", None,
        "Mali et de Guinée", "MLI"),
    Row("Quelque 200 migrants sont arrivés de Turquie.", "200", None, "Turquie", "TUR"),
    Row("300 migrants guinéens et 200 Maliens ont été rapatriés volontairement.", "300", None,
        "migrants guinéens", "GIN"),
    Row("300 migrants guinéens et 200 Maliens ont été rapatriés volontairement.", "200", None, "Maliens", "GIN"),
    Row("Environ 1.300 mineurs non accompagnés sont arrivés à Lampedusa.", "1.300", "Lampedusa",
        "mineurs non accompagnés", "ITA"),
    Row("40 % des migrants interceptés à Laâyoune sont des femmes.", "40", "Laâyoune", "femmes", "ESH"),
    Row("Les 400 migrants interceptés, dont 30 Tunisiens, au large de Sfax, ont été ramenés.", "30", "Sfax",
        "Tunisiens", "TUN"),
    Row("Les 40 migrants n'ont pas été expulsés, a déclaré Frontex.", "40", attribution="Frontex", modality="denied"),
    Row("Le ministère dément que 40 migrants aient été expulsés.", "40", modality="denied"),
    Row("Le ministère n'a pas confirmé que 40 migrants ont été expulsés.", "40"),
    Row("Le porte-parole du gouvernement a annoncé que 60 migrants seront rapatriés.", "60",
        attribution="porte-parole du gouvernement", modality="planned"),
    Row("Au total, 14 migrants sont morts, selon l'Organisation internationale pour les migrations (OIM).", "14",
        attribution="Organisation internationale pour les migrations"),
    Row("Selon les chiffres du ministère, 30 migrants sont morts.", "30", attribution="ministère"),
]  # fmt: skip
ENGLISH = [
    Row("The navy rescued 150 migrants off Dakhla, including 15 women.", "15", "Dakhla", "women", "ESH"),
    Row("In 2022, 300 sub-Saharan migrants were deported to Algeria.", "300", None, "sub-Saharan migrants", "DZA"),
    Row("Tunisia expelled 300 migrants to Libya.", "300", None, "to Libya", "TUN"),
    Row("The coast guard intercepted 80 migrants from Mali and Guinea.", "80", None, "Mali and Guinea", "MLI"),
    Row("Some 2,000 Nigerians were flown home from Tripoli.", "2,000", "Tripoli", "Nigerians", "LBY"),
    Row("Tangier: 24 migrants rescued at sea", "24", "Tangier", country="MAR"),
    Row("40% of the migrants intercepted in Laayoune are women.", "40", "Laayoune", "women", "ESH"),
    Row("Some 200 migrants arrived from Turkey.", "200", None, "Turkey", "TUR"),
    Row("At least 14 migrants died off Lampedusa, according to the agency (IOM).", "14", "Lampedusa", None, "ITA",
        "agency"),
    Row("The 40 migrants were not deported, Frontex said.", "40", attribution="Frontex", modality="denied"),
    Row("The ministry denies that 40 migrants were deported.", "40", modality="denied"),
    Row("The government spokesman announced that 60 migrants will be repatriated in March.", "60",
        attribution="government spokesman", modality="planned"),
    Row("Authorities returned 900 migrants to Niger, of whom 120 were women.", "120", None, "women", "NER"),
]  # fmt: skip
ROWS = [("fr", row) for row in FRENCH] + [("en", row) for row in ENGLISH]


@pytest.mark.parametrize(("language", "row"), ROWS, ids=[f"{language}-{n}" for n, (language, _) in enumerate(ROWS)])
def test_a_figure_is_narrowed(language: str, row: Row, packs: Packs) -> None:
    """Everything that narrows it, and nothing else."""
    document = Document("a.txt", row.text, language=language, published="2024-03", source=None)
    found = {record.number: record for record in make_records(analyse(document, packs), packs)}
    record = found[row.number]
    keys = Row._fields[2:]
    assert {key: getattr(record, key) for key in keys} == {key: getattr(row, key) for key in keys}
