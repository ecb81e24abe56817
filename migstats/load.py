"""The packs: found by file name, read when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from migstats.codes import check_codebook, check_language, check_source
from migstats.errors import MigstatsError, PackError, UnknownName
from migstats.schema import Codebook, LanguagePack, SourcePack
from migstats.value import dataclass, field
from migstats.yamlfile import Fault, Model, faulty, parse_model, read_yaml

SUFFIX = ".yaml"


class Languages(Mapping[str, LanguagePack]):
    """The language packs by id, each read when it is first asked for."""

    def __init__(self, found: Mapping[str, Traversable], codebook: Codebook) -> None:
        self._found = found
        self._codebook = codebook
        self._read: dict[str, LanguagePack] = {}

    def __getitem__(self, name: str) -> LanguagePack:
        """Read one language pack."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a language; nothing is read for that."""
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        """Go through the ids; nothing is read for that."""
        return iter(self._found)

    def __len__(self) -> int:
        """Count the languages."""
        return len(self._found)

    def check(self, name: str) -> None:
        """Read a language now; one that does not hold is left out, and raises its error."""
        try:
            self._read[name] = self._load(name)
        except PackError:
            self._found = {key: file for key, file in self._found.items() if key != name}
            raise

    def peek(self, name: str, section: str) -> Mapping[str, Any]:
        """One section of a language pack as written, the rest unparsed: quick enough to ask every pack."""
        data = self._found[name].read_bytes()
        found = re.search(rf"^{section}:.*?(?=^\w|\Z)".encode(), data, re.DOTALL | re.MULTILINE)
        content = read_yaml(found.group(), str(self._found[name])) if found else None
        value = content.get(section) if isinstance(content, dict) else None
        return value if isinstance(value, dict) else {}

    def _load(self, name: str) -> LanguagePack:
        data = self._found[name].read_bytes()
        pack = _load_pack(LanguagePack, data, str(self._found[name]), name)
        _hold(list(check_language(pack, self._codebook)), data, pack.path)
        return pack


@dataclass(frozen=True)
class Packs:
    """All that is known of the world: codebook, languages, sources."""

    codebook: Codebook
    languages: Languages
    sources: Mapping[str, SourcePack]
    files: Mapping[str, Traversable] = field(default_factory=dict)
    """The file of each pack, by `codebook`, `languages/<id>` or `sources/<id>`."""
    problems: tuple[MigstatsError, ...] = ()
    """What is wrong with the packs that had to be left out."""


def load_packs(extra: Sequence[Path] = ()) -> Packs:
    """Read codebook and sources of the package and of further folders.

    A pack of the same id takes the place of an earlier one, a folder with a codebook that of all earlier ones. Packs
    that do not hold are left out and told; our own languages are not read before they are asked for.
    """
    own = _scan(files("migstats").joinpath("packs"))
    found = own
    for root in extra:
        packs = _scan(root)
        found = packs if "codebook" in packs else {**found, **packs}
    codebook = _load_codebook(found["codebook"])
    spoken = {key.partition("/")[2]: file for key, file in found.items() if key.startswith("languages/")}
    languages = Languages(spoken, codebook)
    sources: dict[str, SourcePack] = {}
    problems: list[MigstatsError] = []
    for key, file in found.items():
        kind, _, name = key.partition("/")
        try:
            if kind == "sources":
                sources[name] = _load_source(file, name, codebook, languages)
            elif kind == "languages" and file is not own.get(key):
                languages.check(name)
        except PackError as error:
            problems.extend(error.problems)
    return Packs(codebook, languages, sources, found, tuple(problems))


def _scan(root: Traversable) -> dict[str, Traversable]:
    """List the packs of a folder: `codebook`, `languages/<id>`, `sources/<id>`; a loose pack is a source's."""
    if root.is_file():
        return {f"sources/{root.name.removesuffix(SUFFIX)}": root}
    if not root.is_dir():
        raise MigstatsError("no such folder of packs", path=str(root))
    found: dict[str, Traversable] = {}
    for name, entry in _yaml_files(root):
        found["codebook" if name == "codebook" else f"sources/{name}"] = entry
    for kind in ("languages", "sources"):
        for name, entry in _yaml_files(root.joinpath(kind)):
            if f"{kind}/{name}" in found:
                raise MigstatsError(f"a second pack '{name}' in one folder", path=str(entry), remedy="rename one")
            found[f"{kind}/{name}"] = entry
    if not found:
        raise MigstatsError("no packs in this folder", path=str(root), remedy=f"packs are files *{SUFFIX}")
    return found


def _yaml_files(folder: Traversable) -> list[tuple[str, Traversable]]:
    """List the YAML files of a folder with their names less the suffix, sorted."""
    if not folder.is_dir():
        return []
    entries = [entry for entry in folder.iterdir() if entry.name.endswith(SUFFIX) and not entry.name.startswith(".")]
    return [(entry.name.removesuffix(SUFFIX), entry) for entry in sorted(entries, key=lambda entry: entry.name)]


def _load_pack(model: type[Model], data: bytes, path: str, name: str) -> Model:
    """Read one pack and give it its id."""
    return parse_model(model, data, path).model_copy(update={"id": name})


def _load_codebook(file: Traversable) -> Codebook:
    """Read the codebook."""
    data = file.read_bytes()
    codebook = _load_pack(Codebook, data, str(file), "codebook")
    _hold(list(check_codebook(codebook)), data, codebook.path)
    return codebook


def _load_source(file: Traversable, name: str, codebook: Codebook, languages: Mapping[str, object]) -> SourcePack:
    """Read one source pack."""
    data = file.read_bytes()
    pack = _load_pack(SourcePack, data, str(file), name)
    faults = list(check_source(pack, codebook))
    if pack.language and pack.language not in languages:
        unknown = UnknownName("language", pack.language, languages)
        faults.append(Fault(("language",), unknown.message, unknown.remedy))
    _hold(faults, data, pack.path)
    return pack


def _hold(faults: Sequence[Fault], data: bytes, path: str) -> None:
    """Raise what is wrong, if anything is."""
    if faults:
        raise faulty(faults, data, path)
