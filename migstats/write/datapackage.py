"""Frictionless Data Package: a folder with figures, documents and codebook as CSV, and what each column means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migstats.records.columns import column_types
from migstats.records.record import Found, record_schema
from migstats.version import __version__
from migstats.whole import make_folder, open_text
from migstats.write._delimited import write_row
from migstats.write._row import CODE_COLUMNS, COLUMNS, DOCUMENT_COLUMNS, make_code_rows, make_document_row, make_row

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES = ("",)

DESCRIPTOR = "datapackage.json"
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_CHECKS = {"enum": "enum", "pattern": "pattern", "minimum": "minimum"}
_NAMES = ("figures", "documents", "codebook")


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:
    """Write the folder; one that is there is replaced if it is such a package."""
    ours = frozenset({DESCRIPTOR, *(f"{name}.csv" for name in _NAMES)})
    with make_folder(path, ours) as made:
        with open_text(made / "figures.csv") as figures, open_text(made / "documents.csv") as documents:
            figures.write(write_row(COLUMNS))
            documents.write(write_row(DOCUMENT_COLUMNS))
            for one in found:
                documents.write(write_row(make_document_row(one).values()))
                figures.writelines(write_row(make_row(record).values()) for record in one.records)
        with open_text(made / "codebook.csv") as codes:
            codes.writelines(map(write_row, (CODE_COLUMNS, *make_code_rows(codebook))))
        with open_text(made / DESCRIPTOR) as stream:
            stream.write(json.dumps(describe_package(codebook), ensure_ascii=False, indent=2) + "\n")


def describe_package(codebook: Codebook) -> dict[str, Any]:
    """Describe the package."""
    keys = [_refer("document", "documents", "document"), _refer("indicator", "codebook", "indicator")]
    return {
        "profile": "tabular-data-package",
        "name": "migration-figures",
        "title": "Migration figures in texts, each with its place",
        "contributors": [{"title": f"migstats {__version__}", "role": "wrangler"}],
        "resources": [
            _describe("figures", {"fields": _figure_fields(codebook), "foreignKeys": keys}),
            _describe("documents", {"fields": _document_fields(codebook)}),
            _describe("codebook", {"fields": [_field(name) for name in CODE_COLUMNS], "primaryKey": "indicator"}),
        ],
    }


def _describe(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe one file of the package."""
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": {**schema, "missingValues": [""]},
    }


def _figure_fields(codebook: Codebook) -> list[dict[str, Any]]:
    """Describe the columns of the figures by the schema of a record."""
    schema = record_schema(codebook)
    types = column_types()
    return [_make_field(name, types[name], schema["properties"][name]) for name in COLUMNS]


def _document_fields(codebook: Codebook) -> list[dict[str, Any]]:
    """Describe the columns of the documents: those that figures have too are the same, but for what must be known."""
    figure = {field["name"]: field for field in _figure_fields(codebook)}
    counted = {name: _field(name, "integer") for name in ("characters", "figures")}
    return [{**figure, **counted}[name] for name in DOCUMENT_COLUMNS]


def _make_field(name: str, kind: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Describe one column."""
    options: Sequence[Mapping[str, Any]] = spec.get("anyOf", [spec])
    known = [one for one in options if one.get("type") != "null"]
    checks: dict[str, Any] = {to: known[0][key] for key, to in _CHECKS.items() if len(known) == 1 and key in known[0]}
    if len(known) == len(options):
        checks["required"] = True
    return _field(name, kind, description=spec.get("description"), constraints=checks)


def _field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """Describe a column, without what is empty."""
    return {"name": name, "type": kind, **{key: value for key, value in more.items() if value}}


def _refer(field: str, resource: str, key: str) -> dict[str, Any]:
    """Say that a column holds keys of another file."""
    return {"fields": field, "reference": {"resource": resource, "fields": key}}
