"""The packs: found by file name, read when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from migstats.caching.cache import keep, make_key, read_kept
from migstats.caching.snapshot import freeze, thaw
from migstats.errors import MigstatsError, PackError, UnknownName
from migstats.value import dataclass, field

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from migstats.loading.schema import Codebook, LanguagePack, Pack, SourcePack
    from migstats.loading.yamlfile import Fault

Shape = TypeVar("Shape", bound="Pack")

SUFFIX = ".yaml"
_BOOK = "book"
"""The name under which that of packs is kept that were all found to hold."""


class Lazy(Mapping[str, Shape]):
    """Packs of one kind by id, each read when it is first asked for."""

    def __init__(self, found: Iterable[str], read: Callable[[str], Shape]) -> None:
        self._found = list(found)
        self._read_one = read
        self._read: dict[str, Shape] = {}

    def __getitem__(self, name: str) -> Shape:
        """Read one pack."""
        if name not in self._found:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._read_one(name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a pack; nothing is read for that."""
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        """Go through the ids; nothing is read for that."""
        return iter(self._found)

    def __len__(self) -> int:
        """Count the packs."""
        return len(self._found)

    def leave_out(self, name: str) -> None:
        """Forget a pack."""
        self._found.remove(name)


@dataclass(frozen=True, slots=True)
class Book:
    """What of codebook and sources every run needs; the packs themselves have all, and take longer to read."""

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Those of each indicator."""
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    acts: tuple[str, ...] = ()
    sites: tuple[tuple[str, str, str | None], ...] = ()
    """The addresses of the sources, each with the source and its language."""


class Packs:
    """All that is known of the world: codebook, languages, sources; each is read when it is first asked for."""

    def __init__(self, found: Mapping[str, Traversable]) -> None:
        self.files = found
        """The file of each pack, by `codebook`, `languages/<id>` or `sources/<id>`."""
        self.contents = {key: file.read_bytes() for key, file in found.items()}
        self.book = Book()
        """What of the codebook every run needs."""
        self.problems: tuple[MigstatsError, ...] = ()
        """What is wrong with the packs that had to be left out."""
        self.languages: Mapping[str, LanguagePack] = Lazy(self._list("languages"), self._read_language)
        self.sources: Mapping[str, SourcePack] = Lazy(self._list("sources"), self._read_source)

    @cached_property
    def codebook(self) -> Codebook:
        """What is counted."""
        from migstats.loading.codes import check_codebook
        from migstats.loading.schema import Codebook

        codebook = self._parse(Codebook, "codebook")
        self._hold("codebook", list(check_codebook(codebook)))
        return codebook

    def read_book(self) -> Book:
        """Read codebook and sources, and give what of them every run needs."""
        units = {code: indicator.units for code, indicator in self.codebook.indicators.items()}
        sites = tuple((site, one.id, one.language) for one in self.sources.values() for site in one.recognise.sites)
        return Book(units, self.codebook.together, self.codebook.apart, self.codebook.acts, sites)

    @cached_property
    def key(self) -> str:
        """What is made of all these packs is kept by this key; an empty one keeps nothing."""
        return make_key(part for key in sorted(self.contents) for part in (key.encode(), self.contents[key]))

    def key_of(self, language: str) -> str:
        """What is made of one language alone is kept by this key."""
        return make_key([language.encode(), self.contents["codebook"], self.contents[f"languages/{language}"]])

    def peek(self, language: str, section: str) -> Mapping[str, Any]:
        """One section of a language pack as written, the rest unparsed: quick enough to ask every pack."""
        from migstats.loading.yamlfile import read_yaml

        key = f"languages/{language}"
        found = re.search(rf"^{section}:.*?(?=^\w|\Z)".encode(), self.contents[key], re.DOTALL | re.MULTILINE)
        content = read_yaml(found.group(), str(self.files[key])) if found else None
        value = content.get(section) if isinstance(content, dict) else None
        return value if isinstance(value, dict) else {}

    def check(self, keys: Iterable[str]) -> None:
        """Read packs now; those that do not hold are left out and told."""
        for key in keys:
            kind, _, name = key.partition("/")
            packs: Mapping[str, object] = self.languages if kind == "languages" else self.sources
            try:
                _ = packs[name]
            except PackError as error:
                cast("Lazy[Any]", packs).leave_out(name)
                self.problems += error.problems

    def with_source(self, pack: SourcePack) -> Packs:
        """The same packs but for one source, to try it; nothing that is made of them is kept."""
        made = Packs(self.files)
        made.book, made.key = self.book, ""
        made.sources = {**self.sources, pack.id: pack}
        return made

    def _list(self, kind: str) -> list[str]:
        return [key.partition("/")[2] for key in self.files if key.startswith(f"{kind}/")]

    def _read_language(self, name: str) -> LanguagePack:
        from migstats.loading.codes import check_language
        from migstats.loading.schema import LanguagePack

        pack = self._parse(LanguagePack, f"languages/{name}")
        self._hold(f"languages/{name}", list(check_language(pack, self.codebook)))
        return pack

    def _read_source(self, name: str) -> SourcePack:
        from migstats.loading.codes import check_source
        from migstats.loading.schema import SourcePack
        from migstats.loading.yamlfile import Fault

        pack = self._parse(SourcePack, f"sources/{name}")
        faults = list(check_source(pack, self.codebook))
        if pack.language and pack.language not in self.languages:
            unknown = UnknownName("language", pack.language, self.languages)
            faults.append(Fault(("language",), unknown.message, unknown.remedy))
        self._hold(f"sources/{name}", faults)
        return pack

    def _parse(self, model: type[Shape], key: str) -> Shape:
        """Read one pack and give it its id."""
        from migstats.loading.yamlfile import parse_model

        name = key.rpartition("/")[2]
        return parse_model(model, self.contents[key], str(self.files[key])).model_copy(update={"id": name})

    def _hold(self, key: str, faults: Sequence[Fault]) -> None:
        """Raise what is wrong, if anything is."""
        if faults:
            from migstats.loading.yamlfile import faulty

            raise faulty(faults, self.contents[key], str(self.files[key]))


def load_packs(extra: Sequence[Path] = ()) -> Packs:
    """Find the packs of the package and of further folders.

    A pack of the same id takes the place of an earlier one, a folder with a codebook that of all earlier ones. Packs
    that do not hold are left out and told; our own languages are not read before they are asked for, and packs that
    were found to hold are not read again for that.
    """
    own = _scan(Path(__file__).parents[1] / "packs")
    found = own
    for root in extra:
        further = _scan(root)
        found = further if "codebook" in further else {**found, **further}
    packs = Packs(found)
    kept = read_kept(packs.key, _BOOK)
    if kept is not None:
        packs.book = thaw(kept)
        return packs
    _ = packs.codebook
    others = [key for key in found if key != "codebook"]
    packs.check(key for key in others if key.startswith("sources/") or found[key] is not own.get(key))
    packs.book = packs.read_book()
    if packs.problems:
        packs.key = ""
    else:
        keep(packs.key, _BOOK, freeze(packs.book))
    return packs


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
