"""The repository's Python sources and what they import, read without running them."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CORE = ROOT / "layers" / "core" / "python"
SHIPPED = ("layers/core/python/offhook", "functions", "infra")
OURS = (*SHIPPED, "local", "cli", "bench", "tests")


@dataclass(frozen=True)
class Source:
    """One file. name: as it is imported (offhook.web.app, functions.ivr.app)."""

    path: Path
    name: str
    text: str

    @property
    def shown(self) -> str:
        """The path in the repository."""
        return str(self.path.relative_to(ROOT))

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return parsed(self.path)

    def imports(self) -> Sequence[tuple[str, bool]]:
        """Everything imported, and whether it is needed to run (not only to check types)."""
        return imported(self.path)


@cache
def imported(path: Path) -> Sequence[tuple[str, bool]]:
    """What the file imports: each name, and whether it is needed to run."""
    tree = parsed(path)
    checked = {id(n) for top in ast.walk(tree) if _for_types(top) for n in ast.walk(top)}
    return [(name, id(node) not in checked) for node in ast.walk(tree) for name in _named(node)]


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        return [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return []


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(*folders: str) -> list[Source]:
    """The files below these folders of the repository."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if _is_ours(path))
    return [Source(path, _name(path), path.read_text(encoding="utf-8")) for path in found]


def _is_ours(path: Path) -> bool:
    return not {".venv", "node_modules", "cdk.out", "build", "__pycache__", ".chalice"} & set(path.parts)


def _name(path: Path) -> str:
    base = CORE if path.is_relative_to(CORE) else ROOT
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
