"""What a text, a name or a pack may hold that nobody wants: commands to a terminal, code for a page, formulas."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml
from conftest import MINISTRY, ROOT

from migstats.loading.load import load_packs

HIDDEN = "\xad\u061c\u180e\u200b\u200d\u200e\u2028\u202a\u202e\u2060\u2066\ufeff\ufff9\U000e0041"
"""Characters without a shape of their own."""

COMMANDS = (
    "\x1b[5;41mred\x1b[2J\x1b]0;title\x1b\\\x1b]8;;https://evil.example/\x1b\\link\x1b]8;;\x1b\\\x1bP+q\x1b\\\x1bc"
    f"\x9b5;41m\x9d0;title\x9c\x90q\x9c\x7f\r{HIDDEN}"
)
"""What a terminal would obey: colours, erasing, titles, links, questions, in seven bits and in eight."""

BELLS = "\x05\x07\x08\x0e"
"""Signs that make a text no text where there are many of them."""

NAME = BELLS + COMMANDS.replace("/", ":") + "\nmigstats: all is well"
"""The same as a name of a file."""

RUN = "(window.ran=window.ran||[]).push({})"
"""What a page that runs a text would remember."""
FAR = "http://127.0.0.1:9"
"""A server that is not there."""
INJECTIONS = tuple(
    written.replace("RUN", RUN.format(number)).replace("FAR", FAR)
    for number, written in enumerate((
        '<script>RUN</script>', '</script><script>RUN</script>', '</style><script>RUN</script>',
        '</title><script>RUN</script>', '</textarea><script>RUN</script>', '<ScRiPt\n>RUN</sCrIpT\n>',
        '<script src=FAR/js></script>', '<script src=data:,RUN></script>', '<<script>RUN//<</script>',
        '<img src=x onerror=RUN>', '<img/src=x/onerror=RUN>', '<IMG SRC=FAR/pixel>', '<svg onload=RUN>',
        '<svg><script>RUN</script></svg>', '<svg><use href=FAR/x.svg#x /></svg>',
        '<svg><a xlink:href=javascript:RUN>x</a>', '<svg><animate onbegin=RUN attributeName=x dur=1s>',
        '<math><mtext><table><mglyph><style><img src=x onerror=RUN>', '<details open ontoggle=RUN>',
        '<input autofocus onfocus=RUN>', '<video><source onerror=RUN></video>', '<body onload=RUN>',
        '<marquee onstart=RUN>', "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
        '<iframe src=javascript:parent.RUN></iframe>', '<object data=FAR/object></object>', '<embed src=FAR/embed>',
        '<base href=FAR/base/>', '<link rel=stylesheet href=FAR/css>', "<style>@import 'FAR/import'</style>",
        "<meta http-equiv=refresh content='0;url=FAR/next'>",
        '<form action=FAR/form><button autofocus>x</button></form>', "<div style='background:url(FAR/bg)'>x</div>",
        "<a href='javascript:RUN'>x</a>", '<a href=FAR ping=FAR/ping>x</a>', 'javascript:RUN',
        'JaVaScRiPt&colon;RUN', 'java\tscript:RUN', '\x01javascript:RUN', 'data:text/html,<script>RUN</script>',
        'vbscript:RUN', '" onmouseover=RUN x="', "' onmouseover=RUN x='", ' onmouseover=RUN ', 'x\nonmouseover=RUN',
        '" autofocus tabindex=0 onfocus="RUN', '"><script>RUN</script>', "'><script>RUN</script>",
        'x><script>RUN</script>', '--><script>RUN</script>', ']]><script>RUN</script>', '<!--<script>RUN</script>',
        '<![CDATA[<script>RUN</script>]]>', "<?xml-stylesheet href='FAR/xsl'?>",
        "<noscript><p title='</noscript><img src=x onerror=RUN>'>", "{{ ''.__class__ }}{% if 1 %}RUN{% endif %}",
        '${RUN}', '`${RUN}`', '\\"-RUN-\\"', '&lt;script&gt;RUN&lt;/script&gt;',
        '&#60;script&#62;RUN&#60;/script&#62;', '+ADw-script+AD4-RUN+ADw-/script+AD4-',
        '\uff1cscript\uff1eRUN\uff1c/script\uff1e', '\u2028<script>RUN</script>\u2029', '\x00<script>RUN</script>',
        '<scr\x00ipt>RUN</scr\x00ipt>', '\ud800<script>RUN</script>',
        '</div></td></table></article></main><script>RUN</script>', '</svg></figure><script>RUN</script>',
    ))
)  # fmt: skip
"""Code for a page, in all the places where one might take it for its own."""

SENTENCE = (
    f"In 2023 the navy rescued 1,200 migrants {COMMANDS} off Ceuta{COMMANDS}, 35 % more than in 2022. {COMMANDS}\n"
    f"In 2022 it rescued 700 migrants{COMMANDS}, of whom 75 were women {COMMANDS}. 12 {COMMANDS} and 1{COMMANDS}3.\n"
    f"Of the 900 migrants, 300 were women and 500{BELLS} were men."
)
"""Figures, and numbers that are none, amid commands."""


def make_texts(folder: Path, sign: str = COMMANDS, sentence: str = SENTENCE) -> Path:
    """Make a folder of documents whose names, heads and texts hold what nobody wants, some of them past reading."""
    texts = folder / "texts"
    texts.mkdir()
    name = sign.replace("/", ":")[:60]
    said = json.dumps(sign)
    head = f"---\ntitle: {said}\nurl: {said}\nsource: {said}\ndate: 2024-01-01\n---\n"
    (texts / f"{name}\n.txt").write_text(head + sentence, newline="", errors="replace")
    (texts / f"{name}.md").write_text(f"# {sign}\n\n{sentence}\n", newline="", errors="replace")
    (texts / f"{name}.html").write_text(
        f"<title>{sign}</title><article><p>{sentence}</p></article>", newline="", errors="replace"
    )
    rows = [{"id": f"{sign}\0", "text": sentence, "title": sign, "url": sign, sign: sign}, {sign: 1}, 3]
    (texts / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (texts / f"{name}.pdf").write_bytes(b"%PDF-1.4 no more")
    (texts / f"{name}.csv").write_text(f'id,text,"{name}"\n"{name}","In 2023 the navy rescued 9 migrants at sea."\n4\n')
    (texts / f"{name}.zip").write_bytes(b"PK\x03\x04 no more")
    return texts


def make_packs(folder: Path, sign: str = COMMANDS) -> Path:
    """Make packs that hold, with what nobody wants in every free text of codebook and source."""
    packs = folder / "packs"
    shutil.copytree(ROOT / "migstats" / "packs", packs)
    shutil.rmtree(packs / "sources")
    (packs / "sources").mkdir()
    for path in packs.rglob("*.yaml"):
        content = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        if path.stem == "codebook":
            for entry in content["indicators"].values():
                entry["says"] = sign
        else:
            content["name"] = sign
        path.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False))
    content = yaml.safe_load(MINISTRY)
    content["name"] = content["rules"][0]["says"] = sign
    (packs / "sources" / f"{sign.replace('/', ':')[:60]}\n.yaml").write_text(yaml.dump(content))
    assert not load_packs([packs]).problems
    return packs


def make_bad_packs(folder: Path, sign: str = COMMANDS) -> Path:
    """Make packs that do not hold, so that what is wrong with them is told."""
    packs = folder / "bad"
    packs.mkdir()
    name = sign.replace("/", ":")[:60]
    content = yaml.safe_load(MINISTRY)
    content["rules"][0]["examples"][1]["text"] = f"12 boats were stopped{sign}."
    content["rules"][0]["examples"][1]["because"] = sign
    (packs / f"failing{name}.yaml").write_text(yaml.dump(content))
    content |= {sign: sign, "language": sign}
    content["rules"][0] |= {"id": sign, "indicator": sign, "pattern": f"$number ({sign}", sign: 1}
    (packs / f"unknown{name}.yaml").write_text(yaml.dump(content))
    (packs / f"broken{name}.yaml").write_bytes(b"name: [" + sign.encode())
    return packs


FORMULAS = (
    "=1+1", "=cmd|'/C calc'!A0", "@SUM(1)", "+1+1", "-1+1", "-cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1",
    '=HYPERLINK("http://127.0.0.1:9","x")', "=WEBSERVICE(\"http://127.0.0.1:9\")", "\uff1d1+1", "\uff0b1", "\uff0d1",
    "\uff201", '=1+1";=1+1', "=1,\n=2", "#REF!", "#N/A",
)  # fmt: skip
"""What a spreadsheet would run, or take for an error of its own."""

PATHS_OUT = (
    "../../out",
    "/out",
    "..",
    ".",
    "...",
    "a/../../../out",
    "..\\..\\out",
    "C:\\out",
    "\\\\server\\out",
    "out\0x",
    "",
)
"""Names that lead elsewhere, or nowhere."""
