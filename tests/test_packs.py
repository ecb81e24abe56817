"""The packs of the program keep the rules that a pack is written by."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import GOLD

from migstats.examples import Trial, find_trials, run_trial
from migstats.loading.load import Packs, load_packs
from migstats.loading.schema import Example, Rule, SourcePack
from migstats.pipeline import analyse

SEEDS = {path.name.partition(".")[0] for path in GOLD.glob("*.gold.yaml")}
PACKS = load_packs()
RULES = [(pack, rule) for pack in PACKS.sources.values() for rule in pack.rules]
PATTERNS = [(pack, rule, n) for pack, rule in RULES for n in range(len(rule.pattern))]


def every_example() -> Iterator[tuple[str, Example]]:
    """List the examples of all packs with the name of what they belong to."""
    for pack in PACKS.sources.values():
        yield from ((pack.id, example) for example in pack.examples)
        yield from ((f"{pack.id}/{rule.id}", example) for rule in pack.rules for example in rule.examples)
    for name in PACKS.languages:
        yield from ((name, example) for example in PACKS.languages[name].examples)


@pytest.mark.parametrize("pack", PACKS.sources.values(), ids=lambda pack: pack.id)
def test_a_source_has_examples_of_both_kinds(pack: SourcePack) -> None:
    """One that gives figures, taken from a published text, and one that gives none and says why."""
    check_examples(pack.examples)


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[f"{pack.id}/{rule.id}" for pack, rule in RULES])
def test_a_rule_has_examples_of_both_kinds(pack: SourcePack, rule: Rule) -> None:
    """The same for each rule, which also says in a sentence what it reads."""
    check_examples(rule.examples)
    assert rule.says
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", pack.id)


def check_examples(examples: tuple[Example, ...]) -> None:
    """One gives figures and is modelled on a text of the world, one gives none."""
    assert any(example.figures and is_from_the_world(example) for example in examples)
    assert any(not example.figures and example.because for example in examples)


def is_from_the_world(example: Example) -> bool:
    """Tell whether an example names the published text that it is modelled on: a seed, or an address."""
    return example.origin in SEEDS or (example.origin or "").startswith("https://")


EXAMPLES = list(every_example())


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(EXAMPLES)])
def test_an_example_is_written_with_care(name: str, example: Example) -> None:
    """Figures or a reason, not both; numbers that stand in the text; our own words, not those of a seed."""
    assert bool(example.figures) != bool(example.because), name
    assert example.origin is None or is_from_the_world(example)
    assert all(figure.number in example.text for figure in example.figures)
    for path in GOLD.glob("*.gold.yaml"):
        seed = (GOLD.parents[2] / "seeds" / f"{path.name.partition('.')[0]}.txt").read_text("utf-8")
        assert example.text not in seed


@pytest.mark.parametrize(("pack", "rule", "nth"), PATTERNS, ids=[f"{p.id}/{r.id}/{n}" for p, r, n in PATTERNS])
def test_each_pattern_is_used_by_an_example(pack: SourcePack, rule: Rule, nth: int) -> None:
    """A pattern fires in an example that gives figures, and in none that gives none."""
    alone = pack.model_copy(update={"rules": (rule.model_copy(update={"pattern": (rule.pattern[nth],)}),)})
    packs = PACKS.with_source(alone)
    trials = [trial for trial in find_trials(alone) if trial.loc[0] == "rules"]
    rules = {bool(t.figures): {r.rule for r in analyse(t.document, packs).readings} for t in trials}
    assert f"{pack.id}/{rule.id}" in rules[True]
    assert f"{pack.id}/{rule.id}" not in rules[False]


TRIALS = [trial for pack in PACKS.sources.values() for trial in find_trials(pack)]


@pytest.mark.parametrize("trial", TRIALS, ids=[f"{t.pack}-{n}" for n, t in enumerate(TRIALS)])
def test_every_example_holds(trial: Trial, packs: Packs) -> None:
    """Its figures and no others."""
    assert [str(fault) for fault in run_trial(trial, packs)] == []


def test_every_indicator_can_be_found() -> None:
    """A code that no frame and no rule yields would be a promise not kept."""
    own = {rule.indicator for _, rule in RULES}
    assert [code for code, entry in PACKS.codebook.indicators.items() if not entry.frames and code not in own] == []


def test_all_packs_hold() -> None:
    """Nothing is wrong with any pack, in any language."""
    assert PACKS.problems == ()
    assert all(PACKS.languages[name].name for name in PACKS.languages)
