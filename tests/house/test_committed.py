"""What is committed names no third party's server in a page, no machine's folder and no secret."""

import re
import subprocess

import pytest
from tests.house.walk import ROOT, SOURCE

FACES = ("*.html", "*.css", "*.js", "*.svg", "*.txt")
NAMESPACES = ("http://www.w3.org/",)  # names of vocabularies, never fetched
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"')]*", re.IGNORECASE)
FOLDER = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+|tmp|work|mnt)/\w+")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30}"
    r"|(?i:secret_?key|api_?key|token)\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']"
)


def outside(text):
    return [found for found in ADDRESS.findall(text) if not found.startswith(NAMESPACES)]


def committed():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: nothing is committed here")
    for name in done.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and name != "tests/house/test_committed.py":
            yield name, path.read_bytes().decode("utf-8", "replace")


def test_pages_fetch_nothing_from_third_parties():
    pages = [path for kind in FACES for path in (SOURCE / "web").rglob(kind)]
    assert pages
    assert {p.name: found for p in pages if (found := outside(p.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize("pattern", [FOLDER, SECRET], ids=["folder of a machine", "secret"])
def test_nothing_committed_names_a_machine_or_a_secret(pattern):
    assert {name: found for name, text in committed() if (found := pattern.findall(text))} == {}


def test_scripts_can_be_run_from_a_fresh_clone():
    command = ["git", "ls-files", "--stage", "run", ".ci/run"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: nothing is committed here")
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"100755"}


@pytest.mark.parametrize(
    ("rule", "offence"),
    [
        (outside, '<script src="//cdn.example.org/htmx.js"></script>'),
        (outside, "@import url(https://fonts.example.org/a.css);"),
        (FOLDER.findall, "home = '/Users/ada/driftbox'"),
        (FOLDER.findall, "open('/home/ada/notes')"),
        (SECRET.findall, "-----BEGIN EC PRIVATE KEY-----"),
        (SECRET.findall, "SECRET_KEY = 'h8Zk2mQ0pLrT5vX9cB1nW4yD7fG3jS6a'"),
    ],
)
def test_each_rule_catches_its_offence(rule, offence):
    assert rule(offence)


@pytest.mark.parametrize("fine", ['xmlns="http://www.w3.org/2000/svg"', "// a comment", "{# see docs #}", "1//2"])
def test_an_ordinary_line_is_no_address(fine):
    assert outside(fine) == []
