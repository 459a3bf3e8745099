"""Documents are tested: links lead somewhere, commands exist, versions agree, every dependency has its reason."""

import re
import tomllib

import pytest
from tests.house.walk import ROOT

import driftbox
from driftbox.cli.main import COMMANDS

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
BACKEND = {"hatchling"}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_commands_of_the_readme_exist(readme):
    chores = set(re.findall(r"\./run (\w+)", text(readme)))
    assert {chore for chore in chores if not re.search(rf"^  {chore}\)", text("run"), re.MULTILINE)} == set()
    names = {module.__name__.rsplit(".", 1)[1] for module in COMMANDS} | {"verify", "rebuild", "migrate"}
    commands = set(re.findall(r"\./run driftbox (\w+)", text(readme)))
    assert commands
    assert commands <= names


def test_both_readmes_have_the_same_rooms():
    count = [len(re.findall(r"^#", text(name), re.MULTILINE)) for name in ("README.md", "README.zh-CN.md")]
    assert count[0] == count[1]


def test_the_newest_version_is_this_one():
    assert re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)[1] == driftbox.__version__


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in folder.glob("0*.md") if p.name not in index] == []


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
