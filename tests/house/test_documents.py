"""Documents are tested: links lead somewhere, commands exist, versions agree, every dependency has its reason."""

import argparse
import re
import tomllib

import pytest
from tests.house.walk import ROOT, SOURCE

import driftbox
from driftbox.cli.main import COMMANDS

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def names_of_commands():
    subparsers = argparse.ArgumentParser().add_subparsers()
    for command in COMMANDS:
        command.register(subparsers)
    return set(subparsers.choices)


def chores():
    return set(re.findall(r"^  ([a-z]+)\)", text("run"), re.MULTILINE))


def absent_commands(words):
    """Chores of the script and commands of the program that ``words`` name and that do not exist."""
    named = set(re.findall(r"(?:`|^|\./run )driftbox ([a-z]\w*)", words, re.MULTILINE))
    return (set(re.findall(r"\./run ([a-z]\w*)", words)) - chores()) | (named - names_of_commands())


def is_there(path, name):
    for place in (ROOT / path, SOURCE / path):
        if place.exists():
            return not name or re.search(rf"^(def|class) {name}\b", place.read_text(encoding="utf-8"), re.MULTILINE)
    return False


def absent_paths(words):
    """Files, folders and ``file.py:name`` of the house that ``words`` name in backticks and that do not exist."""
    storeys = "src|tests|tools|docs|domain|apps|web|cli|gateways|config|packs"
    named = re.findall(rf"`((?:{storeys})/[\w./-]*)(?::(\w+))?`", words)
    return {path for path, name in named if not is_there(path, name)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_paths_named_in_a_document_exist(document):
    words = document.read_text(encoding="utf-8")
    assert absent_commands(words) == set()
    assert absent_paths(words) == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_each_readme_says_the_two_commands_and_stays_short(readme):
    assert "./run demo" in text(readme)
    assert "./run test" in text(readme)
    assert len(text(readme).splitlines()) <= 120


@pytest.mark.parametrize("offence", ["./run dance", "./run driftbox dance", "`driftbox dance`", "driftbox dance"])
def test_a_command_that_does_not_exist_is_noticed(offence):
    assert absent_commands(offence) == {"dance"}


def test_a_path_that_does_not_exist_is_noticed():
    assert absent_paths("see `domain/dance.py` and `domain/docket/`") == {"domain/dance.py"}
    assert absent_paths("see `domain/docket/fold.py:dance`") == {"domain/docket/fold.py"}


def test_both_readmes_have_the_same_rooms():
    count = [len(re.findall(r"^#", text(name), re.MULTILINE)) for name in ("README.md", "README.zh-CN.md")]
    assert count[0] == count[1]


def test_the_newest_version_is_this_one():
    assert re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)[1] == driftbox.__version__


def test_every_decision_is_in_the_index_and_short():
    decisions = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    assert [p.name for p in decisions] == re.findall(r"\((0[^)]+)\)", text("docs/adr/README.md"))
    for path in decisions:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {path.name[:4]} ")
        assert len(lines) <= 35


def test_every_dependency_has_its_reason_and_none_has_left():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    names = {re.match(r"[\w-]+", line)[0] for line in wanted}
    told = {
        name.strip()
        for row in re.findall(r"^\| ([^|]+) \|", text("docs/dependencies.md"), re.MULTILINE)
        for name in row.split(",")
    }
    assert names == told - {"library", "---"}


def test_the_lock_names_no_address():
    assert "://" not in text("requirements.lock")


def test_the_glossary_has_one_word_for_one_thing():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text("docs/glossary.md"), re.MULTILINE)
    for words in zip(*rows, strict=True):
        assert len(words) == len(set(words))
