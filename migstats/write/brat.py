"""brat standoff: a folder with each text, its figures beside it, and the configuration to correct them in brat.

An entity is the number of a figure, its type the indicator. What is one of a few words (unit, measure...) is an
attribute; the rest (value, period, place...) stands in its note, written as in a gold file. `migstats gold import`
makes gold files of the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from migstats.records.annotation import annotate
from migstats.records.record import Found, Record
from migstats.vocabulary import Context, Measure, Modality, Qualifier
from migstats.whole import make_folder, open_text
from migstats.write._naming import Names
from migstats.write._row import escape_json, make_document_row

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES: tuple[str, ...] = ()

CONFIGURATION = "annotation.conf"
DOCUMENTS = "documents.jsonl"
ATTRIBUTES = ("measure", "unit", "qualifier", "modality", "context")


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:
    """Write the folder, which must be new or empty: nobody's corrections are written over."""
    names = Names()
    with make_folder(path) as made:
        with open_text(made / DOCUMENTS) as listed:
            for one in found:
                name = names.give(one.document.name)
                with open_text(made / f"{name}.txt") as stream:
                    stream.write(one.document.text)
                with open_text(made / f"{name}.ann") as stream:
                    stream.writelines(f"{line}\n" for line in write_entities(one.records, one.document.text))
                row = {"file": name, **make_document_row(one)}
                listed.write(escape_json(json.dumps(row, ensure_ascii=False)) + "\n")
        with open_text(made / CONFIGURATION) as stream:
            stream.write(configure(codebook))


def write_entities(records: Sequence[Record], text: str) -> Iterator[str]:
    """Write the lines of one text."""
    entities = {record.id: f"T{number}" for number, record in enumerate(records, start=1)}
    attributes = relations = 0
    for number, record in enumerate(records, start=1):
        values = annotate(record)
        yield f"T{number}\t{values.pop('indicator')} {_write_span(record, text)}"
        for name in ATTRIBUTES:
            if name in values:
                attributes += 1
                yield f"A{attributes}\t{name.capitalize()} T{number} {values.pop(name)}"
        if record.part_of in entities:
            relations += 1
            yield f"R{relations}\tPart_of Arg1:T{number} Arg2:{entities[record.part_of]}"
        yield f"#{number}\tAnnotatorNotes T{number}\t{write_note(values)}"


def write_note(values: dict[str, Any]) -> str:
    """Write values in one line, as a gold file has them.

    >>> write_note({"value": 1200, "period": "2023", "place": ["Ceuta", "Melilla"]})
    "value: 1200, period: '2023', place: [Ceuta, Melilla]"
    """
    import yaml

    written: str = yaml.safe_dump(
        values, default_flow_style=True, width=float("inf"), allow_unicode=True, sort_keys=False
    )
    return written.strip().removeprefix("{").removesuffix("}")


def configure(codebook: Codebook) -> str:
    """Write what can be annotated."""
    choices = {"measure": get_args(Measure), "unit": codebook.units, "qualifier": get_args(Qualifier)}
    choices |= {"modality": get_args(Modality), "context": get_args(Context)}
    attributes = (f"{name.capitalize()}\tArg:<ENTITY>, Value:{'|'.join(choices[name])}" for name in ATTRIBUTES)
    parts = {
        "entities": codebook.indicators,
        "relations": ["Part_of\tArg1:<ENTITY>, Arg2:<ENTITY>"],
        "events": (),
        "attributes": attributes,
    }
    return "\n".join(f"[{part}]\n" + "".join(f"{line}\n" for line in lines) for part, lines in parts.items())


def _write_span(record: Record, text: str) -> str:
    """Write where a number stands, in pieces where a line ends in it, and its words."""
    written = text[record.start : record.end]
    pieces = [found.span() for found in re.finditer(r"[^\r\n]+", written)]
    spans = ";".join(f"{record.start + start} {record.start + end}" for start, end in pieces)
    return f"{spans}\t{' '.join(written[start:end] for start, end in pieces)}"
