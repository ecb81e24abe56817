"""CSV: a dump with one document a row, under a header that names its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migstats.errors import ReadError
from migstats.model import Document
from migstats.read._lines import decode_line, read_lines
from migstats.read._source import Source, too_large

SUFFIXES = (".csv", ".tsv")
_SEPARATORS = ",;\t|"


def fits(head: bytes) -> bool:
    r"""Tell whether a file without a known suffix looks like a CSV file of texts.

    >>> fits(b"id;text\n1;12 boats"), fits(b"12 boats, it said\n")
    (True, False)
    """
    import csv

    from migstats.read._entry import names_text

    header = head.partition(b"\n")[0].decode("utf-8-sig", "replace").strip()
    try:
        names = next(csv.reader([header], delimiter=_separator(header), strict=False), [])
    except csv.Error:
        return False
    return len(names) > 1 and names_text(names)


def read(source: Source) -> Iterator[Document]:
    r"""Read the documents, each as its row is read; a bad row is told, and the rest goes on.

    >>> from io import BytesIO
    >>> rows = BytesIO(b'id,text\n7,"12 boats,\nor more"\n,9 boats\n')
    >>> [(document.name, document.text) for document in read(Source(rows, "a.csv", print))]
    [('a.csv#7', '12 boats,\nor more'), ('a.csv:4', '9 boats')]
    """
    from migstats.read._dump import make_documents

    return make_documents(source, _entries(source))


def _entries(source: Source) -> Iterator[tuple[int, Mapping[str, object] | ReadError]]:
    """Go through the entries; the first row that holds names them, and cells beyond it are none."""
    names: list[str] = []
    for line, row in _rows(source):
        if isinstance(row, ReadError):
            yield line, row
        elif not names:
            names = [name.strip() for name in row]
        elif any(row):
            yield line, dict(zip(names, row, strict=False))
    if not names:
        raise ReadError("the file is empty", path=source.name)


def _rows(source: Source) -> Iterator[tuple[int, list[str] | ReadError]]:
    """Go through the rows, each with the line that it begins in; one that does not hold is an error."""
    import csv

    csv.field_size_limit(source.line)
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=lines.separator)
    while True:
        first = lines.count + 1
        try:
            yield first, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = too_large(source, source.line) if "limit" in str(error) else ReadError(f"no CSV: {error}")
            yield first, ReadError(said.message, remedy=said.remedy or "the row is passed over")
        except ReadError as error:
            yield first, ReadError(error.message, remedy="the row is passed over")


class _Lines:
    """The decoded lines of a dump; the first of them tells what parts its cells."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = read_lines(source)
        self._first = next(self._lines, b"")
        self.count = 0
        self.separator = _separator(decode_line(self._first, source) if self._first else "")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._first if self._first is not None and not self.count else next(self._lines)
        self.count += 1
        if line is None:
            import csv

            raise csv.Error("field larger than the limit")
        return decode_line(line, self._source) if line.strip() else line.decode("ascii", "replace")


def _separator(header: str) -> str:
    """Choose what parts the cells: what stands most often in the header."""
    return max(_SEPARATORS, key=header.count)
