"""Packs on their way from the driver to the workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from migstats.errors import MigstatsError
from migstats.loading.load import SUFFIX, Packs, load_packs
from migstats.runs.fingerprint import digest_packs
from migstats.value import dataclass


@dataclass(frozen=True)
class Shipment:
    """The packs that are not the program's own, and a hash of all of them."""

    files: Mapping[str, bytes]
    digest: str


def pack_up(folders: Sequence[Path]) -> Shipment:
    """Gather the packs of the driver; those that do not hold are an error here, not on every worker."""
    packs = load_packs([Path(folder) for folder in folders])
    if packs.problems:
        raise packs.problems[0]
    contents = {key: file.read_bytes() for key, file in packs.files.items()}
    own = {key: file.read_bytes() for key, file in load_packs().files.items()}
    alike = own["codebook"] == contents["codebook"] and own.keys() <= contents.keys()
    files = {key: data for key, data in contents.items() if not alike or own.get(key) != data}
    return Shipment(files, digest_packs(packs))


def unpack(shipment: Shipment) -> Packs:
    """Load the packs on a worker, once in each process."""
    return _unpack(shipment.digest, tuple(shipment.files.items()))[0]


@lru_cache(maxsize=2)
def _unpack(digest: str, files: tuple[tuple[str, bytes], ...]) -> tuple[Packs, object]:
    """Write the packs where they can be read while the process lives, and make sure that they are the driver's."""
    folder = TemporaryDirectory(prefix="migstats-")
    for key, data in files:
        path = Path(folder.name, key + SUFFIX)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    packs = load_packs([Path(folder.name)] if files else [])
    if digest_packs(packs) != digest:
        raise MigstatsError("a worker has other packs than the driver", remedy="install the same version on both")
    return packs, folder
