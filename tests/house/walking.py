"""The house's own files, as the rules about them read them.

A rule is a function from a file to sentences, one for each breach. Each is asked of every file,
and of a small piece of writing that breaks it: a rule without teeth is found out.
"""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "stillroom"
CORES = ("access", "kernel", "law", "ledger", "vault")


@dataclass(frozen=True)
class File:
    """One file: where it is, seen from the root, and its words."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax, when it is Python."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    def at(self, node: ast.AST) -> str:
        """Where something in it stands."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Everything of these kinds in it."""
        return (node for node in self._nodes if isinstance(node, kinds))

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        """Walked once, for some fifty rules."""
        return list(ast.walk(self.tree))


Rule = Callable[[File], Iterable[str]]


@cache
def all_files() -> tuple[File, ...]:
    """Every text file that git keeps or would keep: nothing built, nothing downloaded."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found = []
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        try:
            found.append(File(name, (ROOT / name).read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, a typeface, or a file that was just removed
    return tuple(found)


def files(*folders: str, ends: str = ".py") -> list[File]:
    """The files below these folders; migrations are Django's writing, not ours."""
    return [
        file
        for file in all_files()
        if file.path.startswith(folders)
        and file.path.endswith(ends)
        and "/migrations/" not in file.path
    ]


def source() -> list[File]:
    """The package itself."""
    return files("src/stillroom/")


def breaches(rule: Rule, given: Iterable[File]) -> list[str]:
    """What a rule says of these files."""
    return [said for file in given for said in rule(file)]


def piece(text: str, path: str = "src/stillroom/desk/piece.py") -> File:
    """A piece of writing, as if it stood in the house."""
    return File(path, text)


def name_of(node: ast.AST) -> str:
    """A dotted name as it is written (`a.b.c`); empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def imported(file: File) -> Iterator[tuple[ast.AST, str]]:
    """Every module and every `module.name` that a file imports."""
    for node in file.walk(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
