"""Label Studio: a folder with the tasks to import, each figure a prediction to be corrected, and the labelling setup.

A region is the number of a figure, its label the indicator; value, period, place and the like are fields of the
region. `migstats gold import` makes gold files of what Label Studio exports as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from xml.sax.saxutils import quoteattr

from migstats.records.annotation import annotate
from migstats.records.record import Found, Record
from migstats.version import __version__
from migstats.vocabulary import Context, Measure, Modality, Qualifier
from migstats.whole import make_folder, open_text
from migstats.write._row import escape_json, make_document_row

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES: tuple[str, ...] = ()

TASKS = "tasks.json"
SETUP = "config.xml"
CHOICES = ("unit", "measure", "qualifier", "modality", "context")
NUMBERS = ("value", "high", "change_percent")
WORDS = ("period", "place", "group", "change_baseline")


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:
    """Write the folder, which must be new or empty."""
    with make_folder(path) as made:
        with open_text(made / TASKS) as stream:
            before = "[\n"
            for one in found:
                stream.write(before + escape_json(json.dumps(make_task(one), ensure_ascii=False)))
                before = ",\n"
            stream.write("[]\n" if before == "[\n" else "\n]\n")
        with open_text(made / SETUP) as stream:
            stream.write(set_up(codebook))


def make_task(found: Found) -> dict[str, Any]:
    """Make the task of one document."""
    result = [part for record in found.records for part in _predict(record)]
    return {
        "data": {"text": found.document.text, **make_document_row(found)},
        "predictions": [{"model_version": f"migstats {__version__}", "result": result}],
    }


def _predict(record: Record) -> Iterator[dict[str, Any]]:
    """Write one figure as a region: its label, then its fields, all with one id."""
    values = annotate(record)
    change = values.pop("change", {})
    values |= {f"change_{key}": value for key, value in change.items()}
    if "place" in values:
        values["place"] = "; ".join(values["place"])
    span = {"start": record.start, "end": record.end}

    def make_part(name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        part = {"id": record.id, "from_name": name, "to_name": "text", "type": kind, "origin": "prediction"}
        return {**part, "value": {**span, **value}}

    yield make_part("figure", "labels", {"text": record.number, "labels": [values["indicator"]]})
    for name in NUMBERS:
        if name in values:
            yield make_part(name, "number", {"number": values[name]})
    for name in CHOICES:
        if name in values:
            yield make_part(name, "choices", {"choices": [values[name]]})
    for name in WORDS:
        if name in values:
            yield make_part(name, "textarea", {"text": [values[name]]})


def set_up(codebook: Codebook) -> str:
    """Write the setup of the labelling page."""
    choices: dict[str, Iterable[str]] = {
        "unit": codebook.units,
        "measure": get_args(Measure),
        "qualifier": get_args(Qualifier),
        "modality": get_args(Modality),
        "context": get_args(Context),
    }
    lines = ["<View>", '  <Header value="$document"/>', '  <Labels name="figure" toName="text">']
    lines += [
        f"    <Label value={quoteattr(code)} hint={quoteattr(entry.says)}/>"
        for code, entry in codebook.indicators.items()
    ]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    lines += [f'  <Number name="{name}" toName="text" perRegion="true"/>' for name in NUMBERS]
    for name in CHOICES:
        lines.append(f'  <Choices name="{name}" toName="text" perRegion="true" choice="single" showInline="true">')
        lines += [f"    <Choice value={quoteattr(choice)}/>" for choice in choices[name]]
        lines.append("  </Choices>")
    lines += [
        f'  <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true" rows="1" '
        f'placeholder="{name}"/>'
        for name in WORDS
    ]
    return "\n".join([*lines, "</View>"]) + "\n"
