"""Readings lent by value and by place: which numbers without an event of their own count what was told."""

from __future__ import annotations

import pytest

from migstats.loading.load import Packs
from migstats.model import Document
from migstats.pipeline import analyse
from migstats.records.record import make_records

RESCUED = "The coast guard rescued 162 migrants off the island on Monday. "
STRANDED = "Police say that 40 migrants drowned off the coast. "

CASES = [
    # the same value again
    (RESCUED + "\n\nAll 162 were given blankets and soup.", ["rescues 162", "rescues 162"]),
    (RESCUED + "\n\nThe shelter has 162 beds.", ["rescues 162"]),
    # parts that make up a total
    (
        RESCUED + "\n\nThe roll call: 98 women, 28 men and 36 children.",
        ["rescues 162", "rescues 98", "rescues 28", "rescues 36"],
    ),
    (RESCUED + "\n\nThe harbour took in 98 trucks and 64 crates.", ["rescues 162"]),
    # those dead lend nothing, and stop older topics from lending
    (RESCUED + "Another boat sank and 40 migrants drowned. The list names 12 Malians.", ["rescues 162", "deaths 40"]),
    # a predicate of their own
    (RESCUED + "\n\nSome 300 people run the charity from a former school.", ["rescues 162"]),
    # shares
    (
        "The country hosts 5.6 million foreigners, or 22% of the population. Migrants say so.",
        ["migrants_present 5600000"],
    ),
    # changes beside what is no figure
    ("Migration report. Some 4,200 migrants arrived by sea. Fuel exports: 1,290 tonnes, +20%.", ["arrivals 4200"]),
    # people freed from exploitation
    ("Police raided two farms and rescued 31 workers and 12 people from forced labour.", ["trafficking_victims 12"]),
    ("The coast guard rescued 12 people from a sinking dinghy full of migrants.", ["rescues 12"]),
    # those aboard, once something happens to them
    (
        "Border police sent back a boat of migrants; its 14 passengers were deported to Senegal.",
        ["removals 14"],
    ),
    ("Two boats carrying 272 migrants were intercepted by the navy.", ["boats_seized 2", "interceptions 272"]),
    # a list whose last entry has the noun
    (
        "Behind came Italy, with 128; France, with 98, and Spain, with 31 asylum applications.",
        ["asylum_applications 128", "asylum_applications 98", "asylum_applications 31"],
    ),
    # a fall that ends at its level
    ("Arrivals of migrants on the route fell by 64%, to 11,700.", ["arrivals 11700"]),
    # an event told of a part
    ("Chad hosts 700,000 refugees, of whom 60,000 had arrived lately.", ["refugees 700000", "refugees 60000"]),
    ("A ferry with 214 passengers left for Senegal. Migrants watched.", []),
]


@pytest.mark.parametrize(("text", "figures"), CASES, ids=[text[-50:] for text, _ in CASES])
def test_lent(text: str, figures: list[str], packs: Packs) -> None:
    """Each figure by its indicator and value, in the order of the text, and no other."""
    records = make_records(analyse(Document("case.txt", text, "en"), packs), packs)
    assert [f"{record.indicator} {record.value}" for record in records] == figures
