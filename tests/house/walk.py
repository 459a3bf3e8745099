"""Walks the source of the house for the tests about it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "driftbox"


def files(folder=SOURCE):
    """Python files of the product, without migrations."""
    return sorted(p for p in folder.rglob("*.py") if "migrations" not in p.parts)


def tree(path):
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    """Every function of a file with its length in lines, docstring and decorators not counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body
            said = ast.get_docstring(node) is not None
            start = body[1].lineno if said and len(body) > 1 else body[0].lineno
            yield node, (node.end_lineno or start) - start + 2


def share(values, percent):
    """The value below which ``percent`` of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
