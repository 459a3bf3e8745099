"""Small tails: no file, no function grows beyond what one can hold in mind."""

import ast

import pytest
from tests.house.walk import ROOT, SOURCE, files, functions, share, tree

CLOCK_READERS = {"cli/clock_now.py", "web/base/middleware.py"}


def name(path):
    return str(path.relative_to(SOURCE))


def test_files_stay_short():
    lengths = {name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in files()}
    assert {f: n for f, n in lengths.items() if n > 400} == {}
    assert share(lengths.values(), 50) <= 120


def test_functions_stay_short():
    long = {f"{name(p)}:{node.name}": n for p in files() for node, n in functions(p) if n > 50}
    assert long == {}
    assert share([n for p in files() for _node, n in functions(p)], 90) <= 20


def test_tests_stay_short():
    folders = files(ROOT / "tests"), files(ROOT / "tools")
    lines = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for folder in folders for p in folder}
    assert {f: n for f, n in lines.items() if n > 400} == {}
    lengths = [n for p in files(ROOT / "tests") for node, n in functions(p) if node.name.startswith("test")]
    assert share(lengths, 90) <= 25


def late_imports(module):
    return [
        inner.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def broad_catches(module):
    broad = {"Exception", "BaseException"}
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in broad))
    ]


def clock_reads(module):
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "timezone"}
    ]  # fmt: skip


def door_breakers(module):
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr == "objects"]


@pytest.mark.parametrize("rule", [late_imports, broad_catches])
def test_nothing_is_imported_late_or_caught_broadly(rule):
    assert {name(p): lines for p in files() if (lines := rule(tree(p)))} == {}


def test_the_clock_is_read_at_two_places_only():
    assert {name(p) for p in files() if clock_reads(tree(p))} <= CLOCK_READERS


@pytest.mark.parametrize("storey", ["web", "cli"])
def test_faces_go_through_the_guarded_doors(storey):
    assert {name(p): lines for p in files(SOURCE / storey) if (lines := door_breakers(tree(p)))} == {}


@pytest.mark.parametrize(
    ("rule", "offence"),
    [
        (late_imports, "def f():\n    import os\n"),
        (broad_catches, "try:\n    pass\nexcept Exception:\n    pass\n"),
        (clock_reads, "x = datetime.now()\n"),
        (door_breakers, "CaseRow.objects.all()\n"),
    ],
)
def test_each_rule_catches_its_offence(rule, offence):
    assert rule(ast.parse(offence))


def public(module):
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node for node in module.body if isinstance(node, kinds) and not node.name.startswith("_")]


def test_everything_public_says_what_it_is_for():
    silent = [name(p) for p in files() if ast.get_docstring(tree(p)) is None]
    silent += [
        f"{name(p)}:{node.name}"
        for p in files()
        for node in public(tree(p))
        if ast.get_docstring(node) is None and not is_act_form(node)
    ]
    assert silent == []


def is_act_form(node):
    """An act's form says what it is by its button."""
    bases = {base.id for base in getattr(node, "bases", []) if isinstance(base, ast.Name)}
    return bool(bases & {"ActForm", "Words"})
