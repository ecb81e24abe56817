"""From bytes to text, never garbled in silence."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from migstats.caching.regex import expression
from migstats.errors import BinaryInput, ReadError

Warn = Callable[[str], None]

REPLACEMENT = "\ufffd"
_BOMS = {
    codecs.BOM_UTF8: ("utf-8", ""),
    codecs.BOM_UTF32_LE: ("utf-32-le", "UTF-32"),
    codecs.BOM_UTF32_BE: ("utf-32-be", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16"),
}
_SURROGATES = expression("[\ud800-\udfff]")
_BINARY = expression(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01
_FEW = 4


def decode_text(data: bytes, name: str, warn: Warn) -> str:
    """Decode a text; what is not UTF-8 is said by `warn`, what is no text at all is refused."""
    if not data.strip():
        raise ReadError("the file is empty", path=name)
    text = _SURROGATES.sub(REPLACEMENT, _decode(data, warn))
    if not text.strip():
        raise ReadError("the file is empty", path=name)
    if "\0" in text or len(_BINARY.findall(text)) > max(_FEW, _BINARY_SHARE * len(text)):
        raise BinaryInput("this is a binary file, no text", path=name)
    return text


def _decode(data: bytes, warn: Warn) -> str:
    """Choose the encoding: by its mark, else UTF-8, else what the bytes look like."""
    for mark, (encoding, said) in _BOMS.items():
        if data.startswith(mark):
            if said:
                warn(f"read as {said}")
            return data[len(mark) :].decode(encoding, "replace")
    wide = _find_wide(data)
    if wide:
        warn("read as UTF-16")
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, warn)


def _find_wide(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark: in Latin text every other byte is zero."""
    half = len(data) // 2
    for encoding, zeros, letters in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if half >= _FEW and zeros.count(0) > 0.7 * half and letters.count(0) == 0:
            return encoding
    return None


def _guess(data: bytes, warn: Warn) -> str:
    """Read bytes that are not UTF-8: UTF-8 with a few spoilt bytes, or the Windows and Latin-1 code page."""
    repaired = data.decode("utf-8", "replace")
    bad = repaired.count(REPLACEMENT)
    if b"\0" not in data and sum(letter > "\x7f" for letter in repaired) - bad > bad:
        warn(f"not all UTF-8: {bad} places that could not be read were replaced by {REPLACEMENT}")
        return repaired
    try:
        text, said = data.decode("cp1252"), "Windows-1252 (Latin-1)"
    except UnicodeDecodeError:
        text, said = data.decode("latin-1"), "Latin-1"
    if "\0" not in text:
        warn(f"not UTF-8: read as {said}")
    return text
