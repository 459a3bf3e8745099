"""The architecture is a test: arrows point down, and each contract notices when one does not."""

import shutil
import subprocess
import sys

import pytest
from tests.house.walk import ROOT

PLANTED = [
    ("domain/log/ids.py", "import random\n", "The domain is pure"),
    ("domain/log/ids.py", "from driftbox.domain.docket import state\n", "Domain packages"),
    ("apps/dockets/access.py", "from driftbox.apps.custody import queries as q\n", "Apps stand on the log"),
    ("web/track/views.py", "from driftbox.web.desk import views as v\n", "Screens do not import"),
    ("gateways/sms.py", "from driftbox.apps import node\n", "One way down"),
]


def lint(folder):
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("packs", "__pycache__", "*.egg-info"))
    (tmp_path / "src/driftbox/packs").mkdir()
    (tmp_path / "src/driftbox/packs/__init__.py").write_text('"""Data."""\n')
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_arrows_point_down(house):
    code, said = lint(house)
    assert code == 0, said


@pytest.mark.parametrize(("file", "offence", "contract"), PLANTED)
def test_a_contract_notices_an_arrow_that_points_up(house, file, offence, contract):
    path = house / "src" / "driftbox" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"""\n\n', f'"""\n\n{offence}', 1), encoding="utf-8")
    code, said = lint(house)
    assert code != 0, said
    broken = next(line for line in said.splitlines() if line.startswith(contract))
    assert broken.endswith("BROKEN"), said
