"""Packs: what is wrong with one is told with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINISTRY

from migstats.errors import MigstatsError, UnknownName, suggest
from migstats.loading.codes import check_language, check_source
from migstats.loading.load import Packs, load_packs
from migstats.loading.patterns import check_pattern, expand
from migstats.loading.yamlfile import line_of, read_yaml

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a folder of packs."""

    def write_packs(text: str = MINISTRY, name: str = "sources/ministry.yaml") -> Path:
        path = tmp_path / "packs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "packs"

    return write_packs


def told(folder: Path) -> list[str]:
    """Load packs, and give what was said of them, less the folder."""
    return [str(problem).replace(f"{folder}/", "") for problem in load_packs([folder]).problems]


def test_the_packs_of_the_program_hold(packs: Packs) -> None:
    """Codebook, languages and sources load without a word."""
    assert packs.problems == ()
    for name in packs.languages:
        assert packs.languages[name].id == name
    for name, source in packs.sources.items():
        assert source.id == name


def test_the_codebook_has_the_indicators_of_the_guidelines(packs: Packs) -> None:
    """26 codes, each with a definition and units, each yielded by a frame or a rule."""
    assert len(packs.codebook.indicators) == 26
    for entry in packs.codebook.indicators.values():
        assert entry.says
        assert set(entry.units) <= set(packs.codebook.units)
        assert entry.frames


def test_a_folder_adds_a_source(write: Write) -> None:
    """A user's pack stands beside ours, and takes its id from its name."""
    write(MINISTRY, "loose.yaml")
    packs = load_packs([write()])
    assert packs.problems == ()
    assert packs.sources["ministry"].rules[0].pattern == ("$number boats were stopped",)
    assert packs.sources["loose"].name == "A ministry"
    assert len(packs.sources) > 2


def test_a_pack_of_the_same_id_replaces(write: Write) -> None:
    """The later one counts."""
    folder = write(MINISTRY, "languages/en.yaml")
    write("name: English\n", "languages/en.yaml")
    packs = load_packs([folder])
    assert packs.languages["en"].name == "English"
    assert packs.languages["en"].counted == {}


def test_languages_are_read_when_asked_for(packs: Packs) -> None:
    """Our own languages cost nothing before; one that nobody has is no key."""
    fresh = load_packs()
    assert set(fresh.languages) == set(packs.languages)
    assert not vars(fresh.languages)["_read"]
    with pytest.raises(KeyError):
        fresh.languages["yy"]


def test_a_broken_language_leaves_the_others(write: Write) -> None:
    """A user's language that does not hold is told at once, and left out."""
    folder = write("nonsense: 1\n", "languages/xx.yaml")
    packs = load_packs([folder])
    assert [problem.message for problem in packs.problems] == ["name: is missing", "nonsense: unknown key"]
    assert "xx" not in packs.languages
    assert "en" in packs.languages


def test_a_single_pack_may_be_named(write: Write) -> None:
    """A file stands for itself."""
    assert "ministry" in load_packs([write() / "sources" / "ministry.yaml"]).sources


def test_two_packs_of_one_id_in_a_folder_are_refused(write: Write) -> None:
    """The file's name is the id, wherever it lies."""
    write()
    with pytest.raises(MigstatsError, match="a second pack 'ministry'"):
        load_packs([write(MINISTRY, "ministry.yaml")])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    indicator: b", "    indicatr: b", "7: rules.0.indicatr: unknown key; did you mean 'indicator'?"),
        ("    unit: boats\n", "", "5: rules.0.unit: is missing"),
        ("    says: boats stopped", "    id: again", "6: duplicate key 'id'; keep one of them"),
        ('"1.200"', "1.200", "13: rules.0.examples.0.figures.0.number: must be text, but to YAML this is a number; "
         'quote it: "1.200"'),
        ('period: "2023"', "period: 2023", "13: rules.0.examples.0.figures.0.period: must be text, but to YAML this is "
         'a number; quote it: "2023"'),
        ("value: 1200", 'value: "1200"', "13: rules.0.examples.0.figures.0.value: must be a plain number, not the "
         "text '1200'; write it without quotes: 16000"),
        ("boats_seized", "boats_siezed", "7: rules.0.indicator: unknown indicator 'boats_siezed'; "
         "did you mean 'boats_seized'?"),
        ("unit: boats", "unit: boat", "8: rules.0.unit: unknown unit 'boat'; did you mean 'boats'?"),
        ("language: en", "language: eng", "3: language: unknown language 'eng'; did you mean 'en'?"),
        ("language: en", "language: no", "3: language: must be text, but to YAML this is a truth value; "
         'quote it: "no"'),
        ("$number boats were", "(?:$number boats were", "9: rules.0.pattern.0: the pattern does not compile: missing "
         "), unterminated subpattern at '(?:(?:0) boa'; close each '(' with a ')', or write '\\(' for the sign itself"),
        ("$number boats", "$nubmer boats", "9: rules.0.pattern.0: unknown fragment 'nubmer'; did you mean 'number'?"),
        ("$number boats", "boats", "9: rules.0.pattern.0: holds 0 of $number and $percent; "
         "a pattern takes exactly one"),
        ("1.200 boats were s", "1,200 boats were s", "13: rules.0.examples.0.figures.0.number: '1.200' does not stand "
         "in the text; copy it from there"),
        ("name: A ministry", "name: A ministry\nid: x", "2: id: unknown key"),
        ("boats-stopped", "Boats Stopped", "5: rules.0.id: string should match pattern "
         "'^[a-z0-9]+(?:-[a-z0-9]+)*$'"),
        ("        because: no", "       because: no", "15: did not find expected '-' indicator"),
        ("value: 1200,", "value: 1200, qualifier: about,", "13: rules.0.examples.0.figures.0.qualifier: unknown value "
         "'about'; one of approximately, at_least, at_most, exact"),
    ],
    ids=["unknown-key", "missing-key", "duplicate-key", "unquoted-number", "unquoted-year", "quoted-value",
         "unknown-indicator", "unknown-unit", "unknown-language", "norway", "bad-pattern", "unknown-fragment",
         "no-slot", "number-not-in-text", "id-in-file", "bad-id", "not-yaml", "unknown-qualifier"],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, said: str, write: Write) -> None:
    """One line: file, line, place, what is wrong, what mends it."""
    assert old in MINISTRY
    problems = told(write(MINISTRY.replace(old, new, 1)))
    assert problems[0].startswith(f"sources/ministry.yaml:{said}")
    assert len(problems) == 1


def test_every_mistake_is_told_at_once(write: Write) -> None:
    """Nobody mends one mistake to hear of the next."""
    text = MINISTRY.replace("indicator:", "indicatr:").replace('"1.200"', "1.200")
    lines = [int(problem.split(":")[1]) for problem in told(write(text))]
    assert lines == sorted(lines)
    assert len(lines) == 2


def test_a_broken_pack_leaves_the_others(write: Write) -> None:
    """The good packs of a folder are there all the same."""
    write("nonsense: 1\n", "sources/bad.yaml")
    packs = load_packs([write()])
    assert "ministry" in packs.sources
    assert "bad" not in packs.sources
    assert packs.problems


def test_two_rules_of_one_id_are_refused(write: Write) -> None:
    """An id names one rule."""
    text = MINISTRY + MINISTRY.partition("rules:\n")[2]
    assert "a second rule 'boats-stopped'" in told(write(text))[0]


@pytest.mark.parametrize("content", ["", "- a\n", "text\n", "\x00", "a: [\n", "a: !!python/object:os.system x\n"])
def test_what_is_no_pack_is_refused(content: str, write: Write) -> None:
    """Lists, words, broken YAML and objects of Python are no packs."""
    assert told(write(content))


def test_no_folder_is_said(tmp_path: Path) -> None:
    """A folder that is not there, or holds no packs, is an error."""
    with pytest.raises(MigstatsError, match="no such folder"):
        load_packs([tmp_path / "no"])
    with pytest.raises(MigstatsError, match="no packs"):
        load_packs([tmp_path])


def test_a_folder_with_a_codebook_is_all_there_is(write: Write, packs: Packs) -> None:
    """A whole set of packs takes the place of ours."""
    folder = write(Path(packs.codebook.path).read_text(encoding="utf-8"), "codebook.yaml")
    assert list(load_packs([folder]).sources) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("foreign: [foreign_topic]", "foreign: [football]", "foreign: unknown context 'football'"),
        ("motions: [arrive,", "motions: [arive,", "motions: unknown event 'arive'; did you mean 'arrive'?"),
        ("  coming: [arrive]", "  coming: [come]", "whereabouts.coming: unknown event 'come'"),
        ("evidence: [migration,", "evidence: [migratoin,", "evidence: unknown class, event or context 'migratoin'; did "
         "you mean 'migration'?"),
        ("evidence: sentence}", "evidence: sentense}", "evidence: unknown evidence 'sentense'; did you mean "
         "'sentence'?"),
        ("when: [smuggling]", "when: [smugling]", "when: unknown class, event or context 'smugling'; did you mean "
         "'smuggling'?"),
    ],
)  # fmt: skip
def test_a_codebook_names_what_it_has(old: str, new: str, said: str, write: Write, packs: Packs) -> None:
    """An unknown name is told with its place, and a near one with its remedy."""
    text = Path(packs.codebook.path).read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(MigstatsError) as caught:
        load_packs([write(text.replace(old, new, 1), "codebook.yaml")])
    assert said in str(caught.value)


def test_classes_of_a_language_are_the_codebook_s(packs: Packs) -> None:
    """A class that no frame knows is a misspelling."""
    pack = packs.languages["en"].model_copy(update={"counted": {"netwrok": ("ring",)}, "events": {}, "contexts": {}})
    (fault,) = check_language(pack, packs.codebook)
    assert (fault.loc, fault.remedy) == (("counted", "netwrok"), "did you mean 'network'?")


def test_fragments_are_written_out() -> None:
    """Fragments may hold fragments, but not themselves; an escaped dollar is a dollar."""
    assert expand(r"\$ $a$", {"a": "x$b", "b": "y"}, {}) == r"\$ xy$"
    with pytest.raises(MigstatsError, match="itself"):
        expand("$a", {"a": "$b", "b": "$a"}, {})
    with pytest.raises(UnknownName, match="unknown fragment"):
        expand("$c", {}, {})
    with pytest.raises(MigstatsError, match="holds 2"):
        check_pattern("$number of $number", {})


def test_lines_are_found_by_their_place() -> None:
    """A place in a file has a line; one that is not there has that of what would hold it."""
    data = b"a:\n  - b: 1\n    c: 2\n  - b: 3\n"
    assert [line_of(data, loc) for loc in [("a",), ("a", 0, "c"), ("a", 1), ("a", 1, "zzz"), ()]] == [1, 3, 4, 4, 1]


def test_yaml_is_read_as_it_stands() -> None:
    """The fast loader reads what any other would."""
    assert read_yaml("a: [x, 'é', 1]\nb: {c: null}\n".encode(), "x.yaml") == {"a": ["x", "é", 1], "b": {"c": None}}


def test_patterns_of_the_program_compile(packs: Packs) -> None:
    """Checked on loading; here so that the check itself is used."""
    for source in packs.sources.values():
        assert list(check_source(source, packs.codebook)) == []


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [("rescue", ["rescues", "deaths"], "did you mean 'rescues'?"), ("q", ["a", "b"], "one of a, b"), ("q", [], None)],
)
def test_the_nearest_name_is_suggested(name: str, known: list[str], said: str | None) -> None:
    """A misspelling names what was meant, a wild guess the whole of a short choice."""
    assert suggest(name, known) == said
