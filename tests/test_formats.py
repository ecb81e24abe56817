"""Every format is read back by its own reader, and says row for row what JSON says.

The readers come with `pip install -e '.[test,test-formats]'`; a test whose reader is missing is skipped.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
from conftest import SEEDS
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from migstats.errors import MigstatsError
from migstats.loading.load import Packs
from migstats.model import Analysis, Document
from migstats.output import Store, Stream, find_format, find_lines, format_of
from migstats.records.columns import column_types
from migstats.records.record import Found, Record, make_records
from migstats.runs.extract import Wanted, extract_one
from migstats.write import brat, hxl, labelstudio, sdmx, xlsx
from migstats.write._naming import Names
from migstats.write._row import COLUMNS, DOCUMENT_COLUMNS, make_document_row, make_row, make_safe
from migstats.write._told import CELLS, tell_cells

NASTY: dict[str, Any] = {
    "title": '=HYPERLINK("http://x";"y")',
    "group": '+1 \u202fwomen; "sub-Saharans", <b>|*all*|</b>',
    "source": "#N/A",
    "attribution": "@minister\tof\tthe interior",
    "quote": '-12 = twelve,\nsaid the "ministry" | \u0645\u0647\u0627\u062c\u0631\u0627 \U0001f6a4 \u2028 end',
    "value": 33.3,
    "high": 40,
    "change_percent": -12.5,
    "change_baseline": "2022",
    "url": "https://example.org/a?b=c#d",
    "period": "2023-01/2023-05",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 5, 31),
    "page": 3,
}
"""What breaks writers: formulas, delimiters, line breaks, other scripts, markup."""


@pytest.fixture(scope="module")
def seeds(packs: Packs) -> list[Found]:
    """The seeds with their records, and a document without any."""
    documents = [Document(f"seeds/{path.name}", path.read_text(encoding="utf-8")) for path in sorted(SEEDS.iterdir())]
    documents.append(Document("seeds/empty.txt", "Nothing of that happened in the town, said the mayor."))
    done = (extract_one(document, packs, Wanted(related=True)) for document in documents)
    return [Found(analysis.document, records) for analysis, records in done]


@pytest.fixture
def found(seeds: list[Found], analysis: Analysis, records: list[Record]) -> list[Found]:
    """The seeds, and a document whose name and records are as nasty as can be."""
    document = replace(analysis.document, name='=news/a b, "c".jsonl#-1')
    nasty = [replace(record, **{**NASTY, "document": document.name}) for record in records]
    return [*seeds, Found(document, nasty)]


def rows_of(found: Iterable[Found]) -> list[dict[str, Any]]:
    """What JSON says."""
    return [json.loads(json.dumps(make_row(record))) for one in found for record in one.records]


def write(name: str, found: Iterable[Found]) -> str:
    """Write records as text."""
    stream = io.StringIO()
    cast(Stream, find_format(name)).write((record for one in found for record in one.records), stream)
    return stream.getvalue()


def save(name: str, found: Iterable[Found], path: Path, packs: Packs) -> Path:
    """Write documents and records as a file or folder."""
    cast(Store, find_format(name)).save(found, path, packs.codebook)
    return path


def reader(module: str) -> Any:
    """Import what reads a format, or skip the test; where it must be there, fail."""
    if os.environ.get("MIGSTATS_FORMATS") == "required":
        return import_module(module)
    return pytest.importorskip(module, reason=f"{module} is not installed: pip install -e '.[test-formats]'")


def as_text(row: dict[str, Any]) -> dict[str, str]:
    """Write the values of a row as a CSV has them."""
    return {key: "" if value is None else str(value) for key, value in row.items()}


# Text


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited(name: str, delimiter: str, found: list[Found]) -> None:
    """The standard library's reader."""
    text = write(name, found)
    assert list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)) == list(
        map(as_text, rows_of(found))
    )


def test_markdown(found: list[Found]) -> None:
    """Each table is one to a parser of Markdown, with the cells that people are told."""
    inlines = []
    for token in MarkdownIt("commonmark").enable("table").parse(write("md", found)):
        if token.type == "inline":
            assert all(child.type in ("text", "text_special") for child in token.children or ()), token.content
            inlines.append("".join(child.content for child in token.children or ()))
    told = [tell_cells(record) for one in found for record in one.records]
    headings = sum(1 for one in found if one.records)
    cells = [cell for cell in inlines if cell not in CELLS]
    assert len(inlines) == headings * (1 + len(CELLS)) + len(told) * len(CELLS)
    expected = [" ".join(cell.split()) for row in told for cell in row]
    names = {one.document.name for one in found}
    assert [" ".join(cell.split()) for cell in cells if not any(cell.startswith(name) for name in names)] == expected


@pytest.mark.parametrize("name", ["csv", "tsv", "hxl"])
def test_spreadsheet_safe(name: str, found: list[Found]) -> None:
    """No cell begins with what a spreadsheet runs, but numbers, and nothing else has changed."""
    lines = find_lines(name)
    assert lines
    rows = list(csv.reader(io.StringIO(lines.HEAD, newline=""), delimiter="\t" if name == "tsv" else ","))
    for one in found:
        for record in one.records:
            line = lines.write_line(make_safe(record))
            cells = next(csv.reader(io.StringIO(line, newline=""), delimiter="\t" if name == "tsv" else ","))
            for cell, value in zip(cells, as_text(make_row(record)).values(), strict=True):
                assert cell in (value, f"'{value}")
                assert cell[:1] not in ("=", "+", "@", "\t", "\r", "-") or float(cell)
    assert rows


# HXL, SDMX


def test_hxl(found: list[Found], tmp_path: Path) -> None:
    """Libhxl finds every hashtag once, and the values below it."""
    library = reader("hxl")
    path = tmp_path / "figures.hxl.csv"
    path.write_text(write("hxl", found), encoding="utf-8", newline="")
    with library.data(str(path), library.InputOptions(allow_local=True)) as source:
        assert source.headers == list(COLUMNS)
        tags = [column.display_tag for column in source.columns]
        assert [set(re.split(r"(?=\+)", tag)) for tag in tags] == [
            set(re.split(r"(?=\+)", t)) for t in hxl.TAGS.values()
        ]
        rows = list(source)
        assert [row.values for row in rows] == [list(as_text(row).values()) for row in rows_of(found)]
        assert {row.get("#indicator+code") for row in rows} >= {"rescues"}
    assert len(set(hxl.TAGS.values())) == len(COLUMNS)


def test_sdmx(found: list[Found], tmp_path: Path) -> None:
    """The reader of sdmx1 makes an observation of each record, with its dimensions, value and attributes."""
    library, v30 = reader("sdmx"), reader("sdmx.model.v30")
    path = tmp_path / "figures.sdmx.csv"
    path.write_text(write("sdmx", found), encoding="utf-8", newline="")
    structure = v30.DataStructureDefinition(id="FIGURES", version="1.0")
    for name in sdmx.DIMENSIONS:
        structure.dimensions.append(v30.Dimension(id=name))
    structure.measures.append(v30.Measure(id="OBS_VALUE"))
    for name in sdmx.ATTRIBUTES:
        structure.attributes.append(v30.DataAttribute(id=name))
    message = library.read_sdmx(path, structure=structure)
    observations = [one for dataset in message.data for one in dataset.obs]
    assert [read_observation(one) for one in observations] == [expect_observation(r) for f in found for r in f.records]


def read_observation(one: Any) -> dict[str, str]:
    """Give an observation as the row that it was."""
    row = {name: str(value.value) for name, value in one.dimension.values.items()}
    row |= {name: str(value.value) for name, value in one.attached_attribute.items()}
    return {**row, "OBS_VALUE": str(one.value.value if hasattr(one.value, "value") else one.value)}


def expect_observation(record: Record) -> dict[str, str]:
    """Give the row that a record should be."""
    row = {key: " ".join(value.split("\n")).replace("\u2028", " ") for key, value in as_text(make_row(record)).items()}
    renamed = {"id": "FIGURE", "country": "REF_AREA", "value": "OBS_VALUE", "unit": "UNIT_MEASURE"}
    expected = {renamed.get(key, key.upper()): value for key, value in row.items()}
    expected |= {"REF_AREA": row["country"] or "_X", "OBS_STATUS": sdmx.tell_status(record)}
    return {**expected, "TIME_PERIOD": sdmx.write_time(record)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "2023"),
        ({"period": "2011/..", "period_end": None}, ""),
        ({"period": None, "period_start": None, "period_end": None}, ""),
        ({"period": "2018-09"}, "2018-09"),
        ({"period": "2014/2017", "period_start": date(2014, 1, 1), "period_end": date(2017, 12, 31)}, "2014-01-01/P4Y"),
        ({"period": "x/y", "period_start": date(2023, 1, 1), "period_end": date(2023, 5, 31)}, "2023-01-01/P5M"),
        ({"period": "x/y", "period_start": date(2023, 1, 9), "period_end": date(2023, 1, 9)}, "2023-01-09/P1D"),
    ],
)
def test_sdmx_time(changed: dict[str, Any], expected: str, records: list[Record]) -> None:
    """A year, month or day, or its first day with a duration; nothing where an end is open."""
    assert sdmx.write_time(replace(records[0], **changed)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "A"),
        ({"modality": "planned", "qualifier": "approximately"}, "F"),
        ({"qualifier": "approximately"}, "E"),
        ({"period_basis": "year_to_date"}, "P"),
        ({"qualifier": "at_least"}, "A"),
    ],
)
def test_sdmx_status(changed: dict[str, Any], expected: str, records: list[Record]) -> None:
    """Forecast, estimated, provisional, normal."""
    assert sdmx.tell_status(replace(records[0], **changed)) == expected


# Web Annotation

SELECTORS = {
    "type": "array",
    "prefixItems": [
        {
            "properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer"}},
            "required": ["type", "start", "end"],
        },
        {"properties": {"type": {"const": "TextQuoteSelector"}}, "required": ["type", "exact", "prefix", "suffix"]},
    ],
    "items": False,
}
BODY = {
    "properties": {"type": {"const": "TextualBody"}, "purpose": {"enum": ["tagging", "describing"]}},
    "required": ["type", "value", "purpose"],
}
PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "items": {
                "required": ["id", "type", "target"],
                "properties": {
                    "id": {"pattern": "^[a-z]+:"},
                    "type": {"const": "Annotation"},
                    "motivation": {"const": "classifying"},
                    "body": {"type": "array", "items": BODY},
                    "target": {"required": ["source", "selector"], "properties": {"selector": SELECTORS}},
                },
            },
        },
    },
}
"""The shapes of the Web Annotation Data Model that are used, after its text."""

OA = "http://www.w3.org/ns/oa#"
CONTEXT = {
    "oa": OA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "value": "rdf:value",
    "exact": "oa:exact",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}
"""The terms of the context of Web Annotation that the test asks for."""


def test_web_annotations_say_the_records(found: list[Found]) -> None:
    """They have the shape of the model; the described body is the record, the selectors its place."""
    page = json.loads(write("webannotation", found))
    Draft202012Validator(PAGE).validate(page)
    texts = {one.document.name: one.document.text for one in found}
    assert [json.loads(item["body"][1]["value"]) for item in page["items"]] == rows_of(found)
    for item, row in zip(page["items"], rows_of(found), strict=True):
        position, quote = item["target"]["selector"]
        assert texts[row["document"]][position["start"] : position["end"]] == quote["exact"] == row["number"]
        assert item["body"][0]["value"] == row["indicator"]
        assert item["target"].get("scope") == row["url"]
    for item, record in zip(page["items"], [r for one in found[:-1] for r in one.records], strict=False):
        quote = item["target"]["selector"][1]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] == record.quote
    assert json.loads(write("webannotation", []))["items"] == []


def test_web_annotations_are_linked_data(found: list[Found]) -> None:
    """A processor of JSON-LD reads the same from them."""
    pyld = reader("pyld").jsonld
    page = json.loads(write("webannotation", found))
    expanded = pyld.expand(page, {"expandContext": None, "documentLoader": lambda *_: {
        "contextUrl": None, "documentUrl": "http://www.w3.org/ns/anno.jsonld", "document": {"@context": CONTEXT},
    }})  # fmt: skip
    items = expanded[0]["https://www.w3.org/ns/activitystreams#items".replace("https", "http")][0]["@list"]
    for item, row in zip(items, rows_of(found), strict=True):
        assert item["@type"] == [OA + "Annotation"]
        target = item[OA + "hasTarget"][0]
        position = target[OA + "hasSelector"][0]
        assert [position[OA + end][0]["@value"] for end in ("start", "end")] == [row["start"], row["end"]]
        assert target[OA + "hasSelector"][1][OA + "exact"][0]["@value"] == row["number"]
        assert " " not in target[OA + "hasSource"][0]["@id"]


# Spreadsheet, columns, database, package


def test_xlsx(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Openpyxl reads cells of the right types, and no formula."""
    openpyxl = reader("openpyxl")
    path = save("xlsx", found, tmp_path / "figures.xlsx", packs)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["figures", "documents", "codebook"]
    assert all(cell.data_type not in ("f", "e") for sheet in book for row in sheet.iter_rows() for cell in row)
    sheet = book["figures"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    heads, *lines = sheet.iter_rows(values_only=True)
    assert heads == COLUMNS
    read = [{k: str(v.date()) if hasattr(v, "date") else v for k, v in zip(heads, line, strict=True)} for line in lines]
    assert read == rows_of(found)
    heads, *lines = book["documents"].iter_rows(values_only=True)
    assert heads == DOCUMENT_COLUMNS
    assert [dict(zip(heads, line, strict=True)) for line in lines] == list(map(make_document_row, found))
    assert book["codebook"].max_row == len(packs.codebook.indicators) + 1
    quoted = [cell.value for row in sheet.iter_rows() for cell in row if cell.quotePrefix]
    assert {NASTY["title"], NASTY["group"]} <= set(quoted)


def test_xlsx_has_limits(found: list[Found], tmp_path: Path, packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    """What XML cannot write is shown, a text too long is cut, too many rows are told; no file is left."""
    reader("openpyxl")
    assert xlsx.clean("a\x00b\x1bc") == "a\ufffdb\ufffdc"
    assert len(xlsx.clean("x" * 40_000)) == xlsx.LONGEST
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    with pytest.raises(MigstatsError, match="room for 4 rows"):
        save("xlsx", found, tmp_path / "figures.xlsx", packs)
    assert list(tmp_path.iterdir()) == []


def test_parquet(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Pyarrow reads columns of one type each."""
    parquet = reader("pyarrow.parquet")
    table = parquet.read_table(save("parquet", found, tmp_path / "figures.parquet", packs))
    assert table.column_names == list(COLUMNS)
    assert [str(table.schema.field(name).type) for name in ("value", "start", "period_start")] == [
        "double", "int64", "date32[day]",
    ]  # fmt: skip
    read = [{k: str(v) if isinstance(v, date) else v for k, v in row.items()} for row in table.to_pylist()]
    assert read == rows_of(found)
    assert parquet.read_table(save("parquet", [], tmp_path / "none.parquet", packs)).num_rows == 0


def test_data_package(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Frictionless finds nothing wrong, and reads the same."""
    frictionless = reader("frictionless")
    path = save("datapackage", found, tmp_path / "figures", packs)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(path / "datapackage.json"))
        assert report.valid, report.flatten(["message"])
        package = frictionless.Package(str(path / "datapackage.json"))
        read = [row.to_dict(json=True) for row in package.get_resource("figures").read_rows()]
        documents = [row.to_dict() for row in package.get_resource("documents").read_rows()]
    numbers = [name for name, kind in column_types().items() if kind == "number"]
    floats = [{name: None if row[name] is None else float(row[name]) for name in numbers} for row in read]
    assert [{**row, **changed} for row, changed in zip(read, floats, strict=True)] == rows_of(found)
    assert documents == list(map(make_document_row, found))


def test_data_package_says_what_may_be(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """A code that there is not makes it invalid."""
    frictionless = reader("frictionless")
    wrong = [Found(one.document, [replace(r, unit="sheep") for r in one.records]) for one in found]
    path = save("datapackage", wrong, tmp_path / "figures", packs)
    with frictionless.system.use_context(trusted=True):
        assert not frictionless.validate(str(path / "datapackage.json")).valid


# Annotation tools

BRAT = re.compile(
    r"T(?P<entity>\d+)\t(?P<type>[\w-]+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)\t(?P<text>[^\t]+)"
    r"|A\d+\t[\w-]+ T\d+ [\w-]+|R\d+\tPart_of Arg1:T\d+ Arg2:T\d+|#\d+\tAnnotatorNotes T\d+\t(?P<note>[^\t]*)"
)
"""A line of standoff, after the description of the format."""


def test_brat(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Each line is one of the grammar, each span the text that it says; types and values are configured."""
    path = save("brat", found, tmp_path / "brat", packs)
    listed = [json.loads(line) for line in (path / brat.DOCUMENTS).read_text(encoding="utf-8").splitlines()]
    assert [{k: row[k] for k in DOCUMENT_COLUMNS} for row in listed] == list(map(make_document_row, found))
    configured = set((path / brat.CONFIGURATION).read_text(encoding="utf-8").split())
    for one, row in zip(found, listed, strict=True):
        text = (path / f"{row['file']}.txt").read_bytes().decode("utf-8")
        assert text == one.document.text
        lines = (path / f"{row['file']}.ann").read_text(encoding="utf-8").splitlines()
        parsed = [BRAT.fullmatch(line) for line in lines]
        assert all(parsed), lines
        entities = [line for line in parsed if line and line["entity"]]
        assert [line["type"] for line in entities] == [record.indicator for record in one.records]
        assert {line["type"] for line in entities} <= configured
        for line, record in zip(entities, one.records, strict=True):
            spans = [tuple(map(int, part.split())) for part in line["spans"].split(";")]
            assert " ".join(text[start:end] for start, end in spans) == line["text"]
            assert (spans[0][0], spans[-1][1]) == (record.start, record.end)


def test_a_number_over_two_lines(records: list[Record], packs: Packs, tmp_path: Path) -> None:
    """Is in pieces to brat, as none of its spans holds a line break."""
    document = Document("a", "There were 16\r\n000 boats.")
    record = replace(records[0], start=11, end=18, number="16\r\n000")
    path = save("brat", [Found(document, [record])], tmp_path / "brat", packs)
    assert (path / "a.ann").read_text(encoding="utf-8").startswith("T1\trescues 11 13;15 18\t16 000\n")


def test_label_studio(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Its own validator takes setup, tasks and predictions."""
    interface = reader("label_studio_sdk.label_interface").LabelInterface
    path = save("labelstudio", found, tmp_path / "tasks", packs)
    setup = interface((path / labelstudio.SETUP).read_text(encoding="utf-8"))
    setup.validate()
    tasks = json.loads((path / labelstudio.TASKS).read_text(encoding="utf-8"))
    assert len(tasks) == len(found)
    for task, one in zip(tasks, found, strict=True):
        assert setup.validate_task({"data": task["data"]})
        assert not setup.validate_prediction(task["predictions"][0], return_errors=True)
        regions = [part for part in task["predictions"][0]["result"] if part["type"] == "labels"]
        for region, record in zip(regions, one.records, strict=True):
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"] == record.number
            assert value["labels"] == [record.indicator]


def test_corrections_are_not_written_over(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """A folder with something in it is left alone."""
    for name in ("brat", "labelstudio"):
        path = save(name, found, tmp_path / name, packs)
        with pytest.raises(MigstatsError, match="would be lost"):
            save(name, found, path, packs)
    package = save("datapackage", found, tmp_path / "package", packs)
    save("datapackage", [], package, packs)
    (package / "notes.txt").write_text("mine")
    with pytest.raises(MigstatsError, match="notes"):
        save("datapackage", found, package, packs)
    assert (package / "notes.txt").read_text() == "mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["brat", "labelstudio", "package"]


def test_a_folder_that_breaks_off_leaves_nothing(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """Neither a half one nor its pieces; an old one stays."""

    def break_off() -> Iterable[Found]:
        yield found[0]
        raise KeyboardInterrupt

    save("datapackage", found[:1], tmp_path / "datapackage", packs)
    before = (tmp_path / "datapackage" / "figures.csv").read_bytes()
    for name in ("datapackage", "brat", "labelstudio"):
        with pytest.raises(KeyboardInterrupt):
            save(name, break_off(), tmp_path / name, packs)
    assert [entry.name for entry in tmp_path.iterdir()] == ["datapackage"]
    assert (tmp_path / "datapackage" / "figures.csv").read_bytes() == before


def test_file_names_are_never_the_same() -> None:
    """Whatever documents are called."""
    names = Names()
    given = [
        names.give(name) for name in ("a/b.txt", "c/b.txt", "B.txt", "-", "...", "x" * 300, "b", "b", "x.jsonl#1/2")
    ]
    assert len({name.casefold() for name in given}) == len(given)
    assert all(re.fullmatch(r"[\w.-]{1,100}", name) and not name.startswith((".", "-")) for name in given)


# By name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.csv", "csv"), ("a.hxl.csv", "hxl"), ("A.SDMX.CSV", "sdmx"), ("a.tsv", "tsv"), ("a.md", "md"),
        ("a.db", "sqlite"),
        ("a.xlsx", "xlsx"), ("a.parquet", "parquet"), ("a.jsonld", "webannotation"), ("folder", "datapackage"),
        ("a.b.jsonl", "jsonl"), ("hxl.csv", "csv"),
    ],
)  # fmt: skip
def test_a_suffix_tells_the_format(path: str, name: str) -> None:
    """The longest that fits; a folder has none."""
    assert format_of(Path(path)) == name


def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, found: list[Found], tmp_path: Path, packs: Packs
) -> None:
    """With the command that brings it."""
    import sys

    for name, module in (("xlsx", "openpyxl"), ("parquet", "pyarrow.parquet")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MigstatsError, match="is not installed") as caught:
            save(name, found, tmp_path / name, packs)
        assert caught.value.remedy == f"pip install 'migstats[{name}]'"


ReadRows = Callable[[Path], Sequence[dict[str, Any]]]


def read_sqlite(path: Path) -> list[dict[str, Any]]:
    """Read the figures with the standard library, in the order in which they were written."""
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute("SELECT * FROM figures ORDER BY key")]
    base.close()
    return [{key: row[key] for key in COLUMNS} for row in rows]


def test_sqlite(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """The standard library reads the same."""
    path = save("sqlite", found, tmp_path / "figures.sqlite", packs)
    assert read_sqlite(path) == rows_of(found)


def test_sqlite_utils(found: list[Found], tmp_path: Path, packs: Packs) -> None:
    """As does sqlite-utils, which finds keys and search."""
    library = reader("sqlite_utils")
    base = library.Database(save("sqlite", found, tmp_path / "figures.sqlite", packs))
    assert [{key: row[key] for key in COLUMNS} for row in base["figures"].rows] == rows_of(found)
    assert base["figures"].detect_fts() == "figures_fts"
    assert {row["number"] for row in base["figures"].search("secourues mer")} == {"18 645"}
    assert {row["number"] for row in base["figures"].search("\u0645\u0647\u0627\u062c\u0631\u0627")} == {
        "1,200",
        "15",
        "30",
    }
    assert base["documents"].count == len(found)
    assert base["codebook"].count == len(packs.codebook.indicators)
    assert {key.other_table for key in base["issues"].foreign_keys} == {"documents"}


def test_records_of_nothing(packs: Packs, tmp_path: Path, analysis: Analysis) -> None:
    """Every format can hold no figures."""
    nothing = [Found(analysis.document, ())]
    for name in ("xlsx", "parquet"):
        reader({"xlsx": "openpyxl", "parquet": "pyarrow.parquet"}[name])
    for name in ("xlsx", "parquet", "sqlite", "datapackage", "brat", "labelstudio"):
        assert save(name, nothing, tmp_path / name, packs).exists()
    assert make_records(replace(analysis, readings=()), packs) == []
