"""One entry of a dump made a document: its text, and what its fields say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migstats.caching.regex import expression
from migstats.errors import ReadError
from migstats.model import Document
from migstats.read._decode import REPLACEMENT
from migstats.read._header import describe
from migstats.read._moment import read_moment
from migstats.read._source import Source, check_length
from migstats.value import replace

USUAL = {
    "text": "text body content full_text fulltext maintext main_text article_text articleBody article_body "
    "plain_text raw_content raw_text article",
    "id": "id _id doc_id docid document_id article_id uuid guid",
    "date": "date published published_at publication_date date_published datePublished date_publish publish_date "
    "pub_date pubDate published_date",
    "url": "url link uri source_url canonical_url permalink original_url web_url",
    "title": "title headline",
    "language": "language lang",
}
"""The usual names of fields, the likeliest first. The time of a crawl is no date of publication."""

_NAMES = {what: tuple(names.split()) for what, names in USUAL.items()}
_LANGUAGE = expression(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*")
_SURROGATES = expression("[\ud800-\udfff]")
_FEW = 8


class Maker:
    """Makes documents of the entries of one dump."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._undated = False

    def make(self, entry: Mapping[str, object], line: int) -> Document:
        """Make a document of an entry; one without a text is an error."""
        given = self._source.fields
        text = check_length(_find_text(entry, given.text), self._source)
        key = _plain(_find(entry, given.id, "id"))
        name = self._source.name + (f":{line}" if key is None else f"#{key}")
        document = describe(Document(name, text, id=key))
        published, url = self._date(entry, line), _plain(_find(entry, given.url, "url"))
        title, language = _plain(_find(entry, None, "title")), _language(_find(entry, None, "language"))
        if not (published or url or title or language):
            return document
        return replace(
            document,
            published=published or document.published,
            url=url or document.url,
            title=title or document.title,
            language=language or document.language,
        )

    def _date(self, entry: Mapping[str, object], line: int) -> str | None:
        """Read the date; the first that cannot be read is told."""
        value = _find(entry, self._source.fields.date, "date")
        published = read_moment(value)
        if value not in (None, "") and published is None and not self._undated:
            self._undated = True
            said = f"'{value}' is no date that can be read"[:80]
            self._source.warn(said, line, "write dates as 2018, 2018-09 or 2018-09-14; others like it are not told")
        return published


def _find_text(entry: Mapping[str, object], path: str | None) -> str:
    """Find the text of an entry."""
    value = _find(entry, path, "text")
    if isinstance(value, str) and value.strip():
        return _mend(value)
    if value is None and not (path is None and any(entry.get(name) == "" for name in _NAMES["text"])):
        known = ", ".join(str(key) for key in list(entry)[:_FEW])
        said = f"no field '{path}' with a text" if path else "no field with a text"
        raise ReadError(said, remedy=f"name it with --text-field; there are {known}" if known else None)
    raise ReadError("its text is empty" if isinstance(value, str | None) else "its text is no text but other data")


def names_text(names: Iterable[str]) -> bool:
    """Tell whether one of some fields is called what texts are usually called."""
    return any(name.strip() in _NAMES["text"] for name in names)


def _find(entry: Mapping[str, object], path: str | None, what: str) -> object:
    """Find a value by the path given, else by the usual names; a value that is none is passed over."""
    if path is not None:
        return _follow(entry, path)
    wanted: type | tuple[type, ...] = str if what == "text" else (str, int, float)
    for name in _NAMES[what]:
        if name in entry and isinstance(entry[name], wanted) and entry[name] != "":
            return entry[name]
    return None


def _follow(entry: Mapping[str, object], path: str) -> object:
    """Follow a dotted path; a key that holds the dots itself comes first."""
    if path in entry:
        return entry[path]
    value: object = entry
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _plain(value: object) -> str | None:
    """Write an id, an address or a title as text; other values say nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _mend(str(value)).strip() or None


def _language(value: object) -> str | None:
    """Take the language of a tag: `fr` of `fr-MA`; a name in words says nothing."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found.group(1).lower() if found else None


def _mend(text: str) -> str:
    """Replace halves of characters, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub(REPLACEMENT, text)
    return text
