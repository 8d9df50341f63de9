"""Templates folders that a stranger could hand in: each does its worst with few bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

CLOSING = "parts/closing.html.j2"


def closing(text: str) -> dict[str, bytes]:
    return {CLOSING: text.encode("utf-8")}


def picture(width: int, height: int) -> bytes:
    """A PNG of one colour: a few bytes for very many dots."""
    row = b"\0" * (1 + 3 * width)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def multiplied() -> bytes:
    """An SVG in which every group shows the one before it ten times."""
    groups = ['<g id="g0"><rect width="9" height="9"/></g>']
    groups += [f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)]
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{"".join(groups)}</svg>'.encode()


def doubled(times: int) -> bytes:
    """CSS variables that each hold the one before them ten times."""
    lines = ["--v0: a a a a a a a a a a;"]
    lines += [f"--v{n}: {' '.join([f'var(--v{n - 1})'] * 10)};" for n in range(1, times)]
    return (f".closing {{ {' '.join(lines)} font-family: var(--v{times - 1}) }}").encode()


ENDLESS: dict[str, Callable[[], dict[str, bytes]]] = {
    "a loop without end": lambda: closing(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    ),
    "use upon use": lambda: closing('<img alt="x" src="bomb.svg">') | {"bomb.svg": multiplied()},
    "variable upon variable": lambda: {"brief.css": doubled(12)},
    "twenty thousand pages": lambda: closing(
        '{% for a in range(20000) %}<p style="break-after: page">x</p>{% endfor %}'
    ),
    "a text of gigabytes": lambda: closing('{{ "x" * 10 ** 10 }}'),
    "a text that grows": lambda: closing('{% set x = "x" * 10 ** 8 %}{% for a in range(99) %}{{ x }}{% endfor %}'),
    "a picture of 900 million dots": lambda: (
        closing('<img alt="x" src="dots.png" style="width: 50mm">') | {"dots.png": picture(30_000, 30_000)}
    ),
    "a hundred thousand nested boxes": lambda: closing("{% for a in range(99999) %}<div>{% endfor %}"),
}
"""What takes more time or memory than there is, or more than anybody would wait for."""

WRONG: dict[str, tuple[dict[str, bytes], str]] = {
    "a macro that calls itself": (
        closing("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        f"template {CLOSING}, line 1: it calls itself without end",
    ),
    "a template that includes itself": (
        closing("{% include 'parts/closing.html.j2' %}"),
        f"template {CLOSING}, line 1: it calls itself without end",
    ),
    "a template in Latin-1": ({CLOSING: "Zürich".encode("latin-1")}, f"template {CLOSING}: it is not UTF-8 text"),
    "a style sheet in Latin-1": ({"brief.css": "/* Zürich */".encode("latin-1")}, "brief.css: "),
    "a chart of something else": (closing('{{ charts.ribbon(5, alt="x") }}'), f"template {CLOSING}, line 1"),
    "a number and a text": (closing('{{ 5 + "x" }}'), f"template {CLOSING}, line 1: unsupported operand"),
    "a name that leads out": (
        closing("{% include '../../etc/passwd' %}"),
        "template ../../etc/passwd: '../../etc/passwd' is outside the templates folder",
    ),
}
"""What does not work, and what is said of it."""


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
