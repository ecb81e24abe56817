"""Excel workbook: a sheet for the figures, one for the documents, one for the codebook."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from migstats.caching.regex import expression
from migstats.errors import MigstatsError
from migstats.extras import need
from migstats.records.record import Found
from migstats.whole import make_file
from migstats.write._row import CODE_COLUMNS, COLUMNS, DOCUMENT_COLUMNS, is_formula, make_code_rows, make_document_row

if TYPE_CHECKING:
    from migstats.loading.schema import Codebook

SUFFIXES = (".xlsx",)

MOST_ROWS = 1_048_576
LONGEST = 32_767
"""The most that a sheet, and a cell, can hold."""

_WIDTHS = {"document": 30, "indicator": 24, "place": 20, "group": 24, "quote": 80, "title": 40, "counts": 100}
_WIDTH = 13
_REFUSED = expression("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML has no way to write."""


class _Sheet:
    """One sheet, written row by row."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.utils import get_column_letter

        self._cell = WriteOnlyCell
        self._sheet = book.create_sheet(name)
        self._rows = 0
        self._last = get_column_letter(len(columns))
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, _WIDTH)
        self.append(columns)

    def append(self, values: Iterable[object]) -> None:
        """Add a row."""
        if self._rows == MOST_ROWS:
            said = f"a sheet has room for {MOST_ROWS - 1:,} rows, and there are more"
            raise MigstatsError(said, remedy="take -f parquet, sqlite or csv, or --shard")
        self._rows += 1
        self._sheet.append([self._make_cell(value) for value in values])

    def end(self) -> None:
        """Let the reader choose rows by their values."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"

    def _make_cell(self, value: object) -> Any:
        """Make a cell of the value's type: a text is a text, whatever it begins with."""
        if isinstance(value, date):
            cell = self._cell(self._sheet, value)
            cell.number_format = "yyyy-mm-dd"
            return cell
        if not isinstance(value, str):
            return value
        text = clean(value)
        if not text.startswith("#") and not is_formula(text):
            return text  # a cell made by hand costs as much as ten others
        cell = self._cell(self._sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)
        return cell


def save(found: Iterable[Found], path: Path, codebook: Codebook) -> None:
    """Write the workbook; its rows wait on the disk, not in memory."""
    openpyxl = need("openpyxl", "xlsx")
    book = openpyxl.Workbook(write_only=True)
    with make_file(path) as made, _dropping(book):
        figures = _Sheet(book, "figures", COLUMNS)
        documents = _Sheet(book, "documents", DOCUMENT_COLUMNS)
        codes = _Sheet(book, "codebook", CODE_COLUMNS)
        for one in found:
            documents.append(make_document_row(one).values())
            for record in one.records:
                figures.append([getattr(record, name) for name in COLUMNS])
        for row in make_code_rows(codebook):
            codes.append(row)
        for sheet in (figures, documents, codes):
            sheet.end()
        _pack(book, made)


def _pack(book: Any, path: Path) -> None:
    """Write the file; it is closed here, so that one that could not be written is told but once."""
    from openpyxl.writer.excel import ExcelWriter

    with path.open("wb") as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


@contextmanager
def _dropping(book: Any) -> Iterator[None]:
    """Let go of the sheets when the run breaks off, whatever they say to that.

    What lxml cannot write, which openpyxl takes for its sheets where it is installed, is told as the system tells it.
    """
    try:
        yield
    except BaseException as error:
        for sheet in book.worksheets:
            with suppress(Exception):
                sheet.close()
        if type(error).__name__ == "SerialisationError":
            raise OSError(getattr(errno, str(error).removeprefix("IO_"), errno.EIO), str(error)) from None
        raise


def clean(text: str) -> str:
    r"""Leave what a cell can hold: what it cannot is shown as U+FFFD, a text too long ends in an ellipsis.

    >>> clean("12\x00 boats")
    '12\ufffd boats'
    """
    text = _REFUSED.sub("\ufffd", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"
