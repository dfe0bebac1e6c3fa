"""The documents of the product, and what they say that can be checked."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "layers" / "core" / "python" / "offhook"
BASES = (ROOT, PACKAGE, PACKAGE.parent)  # what a path in a document may be relative to
CODE = ("layers/core", "functions", "infra", "local", "cli", "tests", "bench")

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_FILE = re.compile(r"[\w.*-]+(/[\w.*-]+)*/[\w.*-]+\.(py|md|json|toml|txt|in|sh|html)")
_FOLDER = re.compile(r"[\w.-]+(/[\w.-]+)*/")
_CITED = re.compile(r"docs/[\w/-]+\.md(?:#[\w-]+)?")
_MERMAID = re.compile(r"^```mermaid\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EDGE = re.compile(r"^\s*(\w+) --> (\w+)(?: ?:.*)?$", re.MULTILINE)
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


def pages() -> list[Path]:
    """Every page, the first one at the root included."""
    found = [*sorted((ROOT / "docs").glob("**/*.md")), ROOT / "README.md"]
    return [page for page in found if page.exists()]


def prose(page: Path) -> str:
    """The text without its code blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Targets of links to other pages and places of this repository."""
    return [target for target in _LINK.findall(prose(page)) if "://" not in target and not target.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """The places that headings make, as GitHub names them."""
    found: set[str] = set()
    for heading in _HEADING.findall(prose(page)):
        words = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(words if words not in found else f"{words}-1")
    return found


def named_paths(page: Path) -> list[str]:
    """Files, and folders of this repository, that the page names in backticks."""
    spans = _SPAN.findall(prose(page))
    return [span for span in spans if _FILE.fullmatch(span) or (_FOLDER.fullmatch(span) and _is_ours(span))]


def exists(path: str) -> bool:
    """Whether a named path leads to something; `*` stands for any part of a name. A run's own state comes with it."""
    return path.startswith(".local/") or any(next(base.glob(path.rstrip("/")), None) for base in BASES)


def cited() -> Iterator[tuple[Path, str]]:
    """Pages, with or without a place, that code refers to."""
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield from ((file, target) for target in _CITED.findall(file.read_text(encoding="utf-8")))


def diagram(page: Path, number: int) -> set[tuple[str, str]]:
    """The arrows of a page's state diagram (0 = the first); beginning and end of a life are not counted."""
    found = [d for d in _MERMAID.findall(page.read_text(encoding="utf-8")) if d.startswith("stateDiagram")]
    return set(_EDGE.findall(found[number]))


def first_cells(page: Path, heading: str) -> list[str]:
    """The first column of the first table below a heading, without backticks."""
    _, _, below = page.read_text(encoding="utf-8").partition(f"# {heading}\n")
    assert below, f"{page.name} has no heading {heading!r}"
    table = below.partition("\n|")[2].partition("\n\n")[0]
    cells = [row.split("|")[0].strip().strip("`") for row in _ROW.findall(f"|{table}")]
    return cells[2:]


def _is_ours(folder: str) -> bool:
    return any((base / folder.split("/")[0]).is_dir() for base in BASES)
