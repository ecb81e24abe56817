"""Which of the periods told a figure covers."""

from __future__ import annotations

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse

Told = dict[str, str | None]
ROWS: list[tuple[str, str, Told]] = [
    ("fr", "En 2023, 300 migrants ont été expulsés, contre 250 en 2022.", {"300": "2023", "250": "2022"}),
    ("fr", "300 migrants ont été expulsés, contre 250 en 2022.", {"300": "2024-05-15", "250": "2022"}),
    ("fr", "En 2023, 300 migrants ont été expulsés, contre 250 un an plus tôt.\nLa marine en a secouru. 80 migrants "
     "ont été expulsés.", {"300": "2023", "250": "2022", "80": "2023"}),
    ("fr", "En 2023, 300 migrants ont été expulsés, contre 250 en 2022. En outre, 80 migrants ont été secourus.",
     {"300": "2023", "250": "2022", "80": "2023"}),
    ("fr", "Quelque 300 migrants ont été expulsés en 2023, un sommet depuis 2018.", {"300": "2023"}),
    ("fr", "La semaine du 6 au 12 mai 2024, 300 migrants ont été expulsés. La semaine précédente, 250 migrants avaient "
     "été expulsés.", {"300": "2024-05-06/2024-05-12", "250": "2024-04-29/2024-05-05"}),
    ("fr", "Le pays est fermé depuis 1994. 300 migrants ont été expulsés.", {"300": "2024-05-15"}),
    ("en", "In 2023, 300 migrants were deported, 26% more than in 2022 (238).", {"300": "2023", "238": "2022"}),
    ("en", "In 2023, 300 migrants were deported, up 26% on 2022.", {"300": "2023"}),
    ("en", "In 2023, 300 migrants were deported, of whom 40 in May. Some 80 migrants were rescued.",
     {"300": "2023", "40": "2023-05", "80": "2023"}),
    ("en", "Some 300 migrants were deported, including 20 women, in 2023.", {"300": "2023", "20": "2023"}),
    ("en", "The latest round (July 2023) found that 300 migrants were deported.", {"300": "2023-07"}),
    ("en", "Deportations: 2021: 300 migrants deported; 2022: 250 migrants deported", {"300": "2021", "250": "2022"}),
    ("en", "February stands first with 300 migrants deported, then come October (120), and March (90).",
     {"120": "2023-10", "90": "2024-03"}),
    ("fr", "En 2023, plus d'entrées que dans tout 2020\nLes 300 migrants expulsés sont mineurs.", {"300": "2023"}),
    ("es", "En 2023 fueron expulsados 300 migrantes, frente a los 250 de 2022. Además, 80 migrantes fueron expulsados.",
     {"300": "2023", "80": "2023"}),
    ("es", "En 2023 fueron expulsados 300 migrantes; a lo largo de 2022, otros 250 migrantes fueron expulsados.",
     {"300": "2023", "250": "2022"}),
    ("en", "In the first three months of 2024, 300 migrants were deported, says a report that came out on 6 May 2024.",
     {"300": "2024-01/2024-03"}),
    ("en", "Some 300 migrants deported\nIn April 2024, police said, 300 migrants were deported.", {"300": "2024-04"}),
    ("es", "En mayo de 2021 hubo otra crisis.\nYa nadie la recuerda.\nFueron expulsados 300 migrantes.",
     {"300": "2024-05-15"}),
    ("es", "En los cuatro primeros meses de 2024 llegaron 300 migrantes, frente a los 400 de 2023 (-25 %).",
     {"300": "2024-01/2024-04", "400": "2023-01/2023-04"}),
    ("es", "En los cuatro primeros meses de 2024 llegaron 300 migrantes, frente a los 900 de 2023.",
     {"300": "2024-01/2024-04", "900": "2023"}),
    ("en", "In the first four months of 2024, 300 migrants arrived, against 400 in the same months of 2023.",
     {"300": "2024-01/2024-04", "400": "2023-01/2023-04"}),
    ("fr", "Du 3 au 9 mai 2024, 300 migrants ont été expulsés à ce jour.", {"300": "2024-05-03/2024-05-09"}),
    ("es", "Del 1 de enero al 15 de abril llegaron 300 migrantes, más que en las mismas fechas de 2023, cuando eran "
     "250.", {"300": "2024-01-01/2024-04-15"}),
    ("es", "En lo que va de 2024 llegaron 300 migrantes, un 20 % más que en igual lapso de 2023, cuando fueron 250.",
     {"300": "2024-01/2024-05", "250": "2023-01/2023-05"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "told"), ROWS, ids=[row[1][:60] for row in ROWS])
def test_a_figure_has_its_own_period(language: str, text: str, told: Told, packs: Packs) -> None:
    """That of its clause, its sentence, its paragraph; never that of what it is compared to."""
    document = Document("a.txt", text, language=language, published="2024-05-15")
    readings = analyse(document, packs).readings
    found = {
        text[r.number.start : r.number.end].rsplit(maxsplit=1)[-1]: r.period.iso if r.period else None for r in readings
    }
    assert {number: found.get(number, "no figure") for number in told} == told


UNDATED: list[tuple[str, str, Told]] = [
    ("es", "En lo que va de 2021 llegaron 900 migrantes. En julio llegaron 300 migrantes.",
     {"900": "2021-01/..", "300": "2021-07"}),
    ("fr", "En juillet, 300 migrants ont été expulsés, plus qu'à la même période de 2020. 80 ont été secourus.",
     {"300": "2021-07", "80": "2021-07"}),
    ("en", "So far in 2021, 900 migrants arrived. The policeman said on Friday that 300 migrants were deported.",
     {"900": "2021-01/.."}),
    ("fr", "En juillet, 300 migrants ont été expulsés, plus qu'à la même période de 2020. Le plan de 2023 est prêt.",
     {"300": None}),
    ("fr", "En juillet, 300 migrants ont été expulsés. En 2020, 80 migrants avaient été expulsés.",
     {"300": None, "80": "2020"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "told"), UNDATED, ids=[row[1][:60] for row in UNDATED])
def test_the_year_of_a_text_without_a_date_is_told_by_its_words_or_left_out(
    language: str, text: str, told: Told, packs: Packs
) -> None:
    """What runs to the present, or is compared with the same months of the year before; never the newest year named."""
    readings = analyse(Document("a.txt", text, language=language), packs).readings
    found = {text[r.number.start : r.number.end]: r.period.iso if r.period else None for r in readings}
    assert {number: found.get(number, "no figure") for number in told} == told


@pytest.mark.parametrize(
    ("language", "text", "number", "change"),
    [
        ("fr", "Du 1er janvier au 31 mars 2020, 300 migrants ont été expulsés, huit fois plus qu'en 2019.", "300", 700),
        ("es", "En 2024 fueron expulsados 300 migrantes (32 eran menores), un 22 % más que en 2023.", "300", 22),
    ],
)
def test_a_change_is_that_of_its_count(language: str, text: str, number: str, change: int, packs: Packs) -> None:
    """A multiple before what it is measured by; never the change of what stands in a bracket."""
    readings = analyse(Document("a.txt", text, language=language), packs).readings
    told = {text[r.number.start : r.number.end]: r.change_percent for r in readings}
    assert told[number] == change
    assert all(percent is None for name, percent in told.items() if name != number)
