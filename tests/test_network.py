"""Nothing is fetched: no test, no program that one starts, and no document can make anybody reach the network."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import NETWORK, OUTSIDE
from network import take_attempts

FAR = "192.0.2.1"
"""An address that is nobody's."""
SENTENCE = "In 2023 the navy rescued 1,200 migrants off the coast, and 15 smugglers were arrested."
TRIES = {
    "connect": f"socket.create_connection(('{FAR}', 80), timeout=5)",
    "connect_ex": f"socket.socket().connect_ex(('{FAR}', 80))",
    "sendto": f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('{FAR}', 53))",
    "name": "socket.getaddrinfo('example.org', 80)",
    "host": "socket.gethostbyname('example.org')",
    "urllib": "__import__('urllib.request').request.urlopen('http://example.org/', timeout=5)",
}


@pytest.mark.parametrize("trial", TRIES.values(), ids=TRIES)
def test_what_a_test_tries_is_refused_and_told(trial: str) -> None:
    """Here, and in a process of its own."""
    with pytest.raises((PermissionError, OSError), match="outside this machine"):
        eval(trial, {"socket": socket})
    assert len(take_attempts(OUTSIDE)) == 1
    done = subprocess.run(
        [sys.executable, "-c", f"import socket\n{trial}"], capture_output=True, text=True, check=False
    )
    assert "outside this machine" in done.stderr
    assert len(take_attempts(OUTSIDE)) == 1


def test_what_is_hidden_is_told() -> None:
    """A program that swallows the error."""
    code = f"import socket\ntry: {TRIES['name']}\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert take_attempts(OUTSIDE) == ["socket.getaddrinfo example.org"]


def test_python_is_not_started_without_its_guard() -> None:
    """With settings of a test's own, that is."""
    with pytest.raises(AssertionError, match="PYTHONPATH"):
        subprocess.run([sys.executable, "-c", ""], env={"PATH": os.environ["PATH"]}, check=False)


def test_this_machine_can_be_reached(tmp_path: Path) -> None:
    """Browser and Spark are driven so."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


@pytest.mark.skipif(os.environ.get("MIGSTATS_NETWORK") != "none", reason="there may be a network")
def test_there_is_none() -> None:
    """Where it was asked for, and the system let it go."""
    if NETWORK != "there is none":
        pytest.skip("the system does not let this process leave its network")
    assert [name for _, name in socket.if_nameindex()] == ["lo"]


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine, and what it was asked for."""
    heard: list[bytes] = []

    class Hear(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.request.recv(1000))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


def make_html(url: str) -> str:
    """Make a page that refers to an address in every way."""
    return (
        f"<!DOCTYPE html [<!ENTITY far SYSTEM '{url}/entity'>]><html><head><base href='{url}/'>"
        f"<link rel=stylesheet href='{url}/css'><link rel=canonical href='{url}/page'><script src='{url}/js'></script>"
        f"<meta http-equiv=refresh content='0; url={url}/next'></head><body><article><p>{SENTENCE} &far;</p>"
        f"<img src='{url}/img'><iframe src='{url}/frame'></iframe><object data='{url}/object'></object></article>"
    )


def make_docx(url: str, secret: Path) -> bytes:
    """Make a Word document with entities and pictures from elsewhere."""
    import docx

    made, changed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.add_paragraph("FAR NEAR")
    document.save(made)
    head = f"<!DOCTYPE d [<!ENTITY far SYSTEM '{url}/docx'><!ENTITY near SYSTEM '{secret.as_uri()}'>]>"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                data = data.replace("?>", f"?>{head}", 1).replace("FAR", "&far;").replace("NEAR", "&near;")
            elif name.endswith(".rels"):
                relation = f"<Relationship Id='far' Type='{url}/image' Target='{url}/picture' TargetMode='External'/>"
                data = data.replace("</Relationships>", f"{relation}</Relationships>")
            new.writestr(name, data.encode("utf-8", "surrogateescape"))
    return changed.getvalue()


def test_no_document_has_anything_fetched(canary: tuple[str, list[bytes]], tmp_path: Path) -> None:
    """Pages, Word documents, dumps and archives that refer to a server; nor is a file of this machine read for one."""
    url, heard = canary
    secret = tmp_path / "secret"
    secret.write_text("In 2023 the navy rescued 31,337 migrants off the coast.")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.html").write_text(make_html(url))
    (texts / "a.md").write_text(f"---\nurl: {url}/md\n---\n![x]({url}/img)\n\n{SENTENCE} <img src={url}/html>\n")
    if find_spec("docx"):
        (texts / "a.docx").write_bytes(make_docx(url, secret))
    (texts / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": SENTENCE, "url": f"{url}/row"}).encode()))
    with zipfile.ZipFile(texts / "a.zip", "w") as archive:
        archive.writestr("b.html", make_html(url))
    for words in (["extract"], ["check"], ["report", "-o", str(tmp_path / "a.html")], ["series"]):
        command = [sys.executable, "-m", "migstats", *words, str(texts)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode in (0, 1, 2)
        assert "31,337" not in done.stdout
        assert len(done.stdout.splitlines()) >= 4 or words[0] in ("report", "series")
    page = (tmp_path / "a.html").read_text()
    assert "31,337" not in page
    assert page.count(">1,200</a>") >= 2
    assert heard == []


def test_a_run_has_no_need_of_a_network() -> None:
    """What could fetch is not even imported where there is nothing but text."""
    code = (
        "import sys\nfrom migstats.cli import migstats\n"
        "migstats.main(['extract', '-', '-f', 'jsonl'], standalone_mode=False)\n"
        "print(*{'socket', 'ssl', 'http.client', 'urllib.request', 'ftplib'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=SENTENCE, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 2
    assert done.stderr == "\n"
