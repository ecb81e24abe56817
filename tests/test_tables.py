"""Tables whose layout was lost: each cell counts what its column and its row name, in the period that they name."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.records.record import make_records


class Row(NamedTuple):
    """A text, and the figures that it holds: number, indicator, and period where one is told."""

    name: str
    text: str
    figures: tuple[str, ...] = ()
    published: str | None = "2024-05-20"


ENGLISH = [
    Row("a row a line, cells parted by spaces",
        "Irregular migration in figures\nYear Foiled attempts People rescued Networks dismantled\n"
        "2021 63,121 14,236 256\n2022 70,781 12,478 290",
        ("63,121 attempts_aborted 2021", "14,236 rescues 2021", "256 networks_dismantled 2021",
         "70,781 attempts_aborted 2022", "12,478 rescues 2022", "290 networks_dismantled 2022")),
    Row("cells parted by pipes, with a rule",
        "Migration across the strait\n| Month | Migrants intercepted | Deaths |\n|---|---|---|\n"
        "| Jan 2024 | 1,230 | 12 |\n| Feb 2024 | 940 | - |",
        ("1,230 interceptions 2024-01", "12 deaths 2024-01", "940 interceptions 2024-02")),
    Row("cells parted by tabs, a year that is not over",
        "Irregular migration\nYear\tMigrants rescued\tVehicles seized\n2023\t4,120\t310\n2024*\t1,905\t140\n"
        "* until 30 April 2024",
        ("4,120 rescues 2023", "1,905 rescues 2024-01/2024-04")),
    Row("a cell a line",
        "Irregular migration\nYear\nMigrants intercepted\nDeaths at sea\n2021\n31,480\n611\n2022\n23,207\nn/a",
        ("31,480 interceptions 2021", "611 deaths 2021", "23,207 interceptions 2022")),
    Row("years above the columns, an indicator a row",
        "Fight against irregular migration\nIndicator 2020 2021 2022\nNetworks dismantled 123 256 290\n"
        "Migrants rescued at sea 9,990 14,236 12,478\nPatrol flights 310 402 377",
        ("123 networks_dismantled 2020", "256 networks_dismantled 2021", "290 networks_dismantled 2022",
         "9,990 rescues 2020", "14,236 rescues 2021", "12,478 rescues 2022")),
    Row("months above the columns, the title counts",
        "Migrants intercepted at the southern border in 2023\nNationality Jan Feb Mar\nHonduras 120 131 90\n"
        "Cuba 45 60 2010",
        ("120 interceptions 2023-01", "131 interceptions 2023-02", "90 interceptions 2023-03",
         "45 interceptions 2023-01", "60 interceptions 2023-02", "2010 interceptions 2023-03")),
    Row("months of a fiscal year",
        "Southwest border apprehensions FY 2019 (October 2018 to September 2019)\n"
        "Month | Migrants apprehended | Deaths\n"
        "OCT | 51,001 | 20\nNOV | 51,857 | 14\nJAN | 47,979 | 9",
        ("51,001 interceptions 2018-10", "20 deaths 2018-10", "51,857 interceptions 2018-11",
         "14 deaths 2018-11", "47,979 interceptions 2019-01", "9 deaths 2019-01")),
    Row("a column that is a part of the one before, a percentage beside",
        "Irregular migration\nYear Migrants intercepted Of which women Change\n"
        "2021 31,480 2,010 +4%\n2022 23,207 1,655 -26%",
        ("31,480 interceptions 2021 +4", "2,010 interceptions 2021", "23,207 interceptions 2022 -26",
         "1,655 interceptions 2022")),
    Row("countries of origin under a paragraph, with a difference",
        "In March 2024, 1,937 asylum applications were lodged in the country.\n\nCountry of origin\n"
        "Afghanistan 513 (-41)\nEritrea 238 (-3)\nTurkey 211 (+8)",
        ("1,937 asylum_applications 2024-03", "513 asylum_applications 2024-03", "238 asylum_applications 2024-03",
         "211 asylum_applications 2024-03")),
    Row("nationalities under a title, with shares",
        "Asylum applications by nationality, 2023\nAfghanistan 513 26.5%\nEritrea 238 12.3%\nTurkey 211 10.9%",
        ("513 asylum_applications 2023", "238 asylum_applications 2023", "211 asylum_applications 2023")),
    Row("a header torn into two lines",
        "Irregular migration\nYear Attempts Networks\nfoiled dismantled\n2021 63,121 256\n2022 70,781 290"),
    Row("men and women under a title",
        "Migrants returned voluntarily in 2023\nCountry | Men | Women | Total\n"
        "Guinea | 120 | 31 | 151\nMali | 88 | 12 | 100",
        ("120 voluntary_returns 2023", "31 voluntary_returns 2023", "151 voluntary_returns 2023",
         "88 voluntary_returns 2023", "12 voluntary_returns 2023", "100 voluntary_returns 2023")),
    Row("a line between header and rows, the change of the last year",
        "Route | Jan-Apr 2024 | Jan-Apr 2023 | Change\nIllegal border crossings\n"
        "Western Africa | 21,020 | 4,425 | +375%",
        ("21,020 arrivals 2024-01/2024-04 +375", "4,425 arrivals 2023-01/2023-04")),
    Row("changes beside counts",
        "Frontex: detections of illegal border-crossings, January-April 2024\n"
        "Western Africa 21,020 +375%\nCentral Mediterranean 16,190 -62%",
        ("21,020 arrivals 2024-01/2024-04 +375", "16,190 arrivals 2024-01/2024-04 -62")),
    Row("months a row, years a column, a cell a line",
        "Deportations of migrants\nMonth\n2022\n2023\nJanuary\n1,204\n1,322\nFebruary\n998\n1,105",
        ("1,204 removals 2022-01", "1,322 removals 2023-01", "998 removals 2022-02", "1,105 removals 2023-02")),
    Row("countries of asylum with a total",
        "Country of asylum Refugees and asylum-seekers Change\n"
        "Egypt 604,322 +2.1%\nChad 766,940 -0.8%\nCAR 36,430 –\nTOTAL 1,407,692",
        ("604,322 refugees - +2.1", "766,940 refugees - -0.8", "36,430 refugees -", "1,407,692 refugees -"), None),
    Row("football", "League table\nClub Played Won Lost\nRaja 30 18 4\nWydad 30 17 6"),
    Row("a budget in a text on migration",
        "The navy rescued 300 migrants.\nBudget of the ministry\nItem 2022 2023\nFuel 410 520\nSalaries 1,200 1,340",
        ("300 rescues 2024-05-20",)),
    Row("nights in hotels", "Tourism\nCountry Arrivals Nights\nFrance 120,400 410,000\nSpain 98,700 240,500"),
    Row("road deaths", "Road safety\nYear Accidents Deaths Injured\n2021 4,120 310 2,900\n2022 4,020 305 2,750"),
    Row("dates are no rows", "Rabat, 12 May 2024\nMigration\n13 May 2024\nPage 14 of 20"),
]  # fmt: skip

FRENCH = [
    Row("les années en tête",
        "Lutte contre la migration irrégulière\nIndicateur\t2018\t2019\t2020\n"
        "Tentatives d'émigration irrégulière avortées\t84.902\t70.415\t39.226\nRéseaux démantelés\t221\t198\t104\n"
        "Budget (MDH)\t12\t14\t15",
        ("84.902 attempts_aborted 2018", "70.415 attempts_aborted 2019", "39.226 attempts_aborted 2020",
         "221 networks_dismantled 2018", "198 networks_dismantled 2019", "104 networks_dismantled 2020")),
    Row("une ligne par mois",
        "Migrants interceptés au Québec en 2017\nJanvier : 245\nFévrier : 452\nMars : 644",
        ("245 interceptions 2017-01", "452 interceptions 2017-02", "644 interceptions 2017-03")),
    Row("années et colonnes",
        "Migration irrégulière\nAnnée Tentatives avortées Réseaux démantelés\n2021 63.121 256\n2022 70.781 290",
        ("63.121 attempts_aborted 2021", "256 networks_dismantled 2021", "70.781 attempts_aborted 2022",
         "290 networks_dismantled 2022")),
    Row("des espaces entre les milliers et entre les cellules",
        "Année Migrants interceptés Réseaux démantelés\n2019 74 118 208\n2020 41 305 n.d.\n2021 63 121 256",
        ("74 118 interceptions 2019", "208 networks_dismantled 2019", "41 305 interceptions 2020",
         "63 121 interceptions 2021", "256 networks_dismantled 2021"), None),
    Row("des espaces qui peuvent se lire de deux façons",
        "Année Migrants interceptés Réseaux démantelés\n2019 74 118 208\n2020 41 305 123\n2021 63 121 256", (), None),
    Row("sans rapport", "Transport\nAnnée Passagers Vols\n2021 63.121 256\n2022 70.781 290"),
]  # fmt: skip

SPANISH = [
    Row("por años",
        "Inmigración irregular\nAño | Migrantes rescatados | Fallecidos\n2021 | 14.236 | 205\n2022 | 12.478 | 190",
        ("14.236 rescues 2021", "205 deaths 2021", "12.478 rescues 2022", "190 deaths 2022")),
    Row("por países",
        "Solicitudes de asilo en 2023\nPaís 2022 2023\nVenezuela 45.748 60.534\nColombia 36.012 53.564",
        ("45.748 asylum_applications 2022", "60.534 asylum_applications 2023", "36.012 asylum_applications 2022",
         "53.564 asylum_applications 2023")),
]  # fmt: skip

ARABIC = [
    Row("حسب السنوات",
        "الهجرة غير النظامية\nالسنة | عدد المهاجرين الذين تم إنقاذهم | الوفيات\n"
        "2021 | 14.236 | 205\n2022 | 12.478 | 190",
        ("14.236 rescues 2021", "205 deaths 2021", "12.478 rescues 2022", "190 deaths 2022")),
]  # fmt: skip

ROWS = [
    pytest.param(language, row, id=f"{language}: {row.name}")
    for language, rows in (("en", ENGLISH), ("fr", FRENCH), ("es", SPANISH), ("ar", ARABIC))
    for row in rows
]


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_tables(language: str, row: Row, packs: Packs) -> None:
    """All figures of a text, and no other."""
    document = Document("a", row.text, language=language, published=row.published)
    records = make_records(analyse(document, packs), packs)
    changes = [f" {r.change_percent:+}" if r.change_percent else "" for r in records]
    found = [f"{r.number} {r.indicator} {r.period or '-'}{change}" for r, change in zip(records, changes, strict=True)]
    assert found == list(row.figures)
