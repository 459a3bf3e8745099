"""``driftbox labels`` from the outside: a file, or one sentence and no file."""

import pytest

from driftbox.apps.labels.models import LabelSerialRow
from driftbox.cli.main import main

pytestmark = pytest.mark.django_db
SITE = ("--site", "https://box.example.cn/")


@pytest.mark.parametrize("what", ["--boxes", "--parcels", "--seals"])
def test_a_sheet_lies_in_the_file(what, tmp_path, capsys):
    out = tmp_path / "sheet.pdf"
    assert main(["labels", what, "5", "--out", str(out), *SITE]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr().out.strip() == str(out)


def test_a_file_that_is_there_is_left_alone(tmp_path, capsys):
    out = tmp_path / "sheet.pdf"
    out.write_text("mine")
    assert main(["labels", "--boxes", "5", "--out", str(out), *SITE]) == 2
    assert out.read_text() == "mine"
    assert "没有盖掉" in capsys.readouterr().err
    assert not LabelSerialRow.objects.exists()


def test_what_cannot_be_printed_is_a_sentence_and_no_file(tmp_path, capsys):
    out = tmp_path / "sheet.pdf"
    assert main(["labels", "--boxes", "0", "--out", str(out), *SITE]) == 2
    assert "1 到 1000" in capsys.readouterr().err
    assert main(["labels", "--boxes", "5", "--out", str(out)]) == 2
    assert "--site" in capsys.readouterr().err
    assert main(["labels", "--boxes", "5", "--out", str(tmp_path / "no" / "sheet.pdf"), *SITE]) == 2
    assert not out.exists()
    assert not LabelSerialRow.objects.exists()
