"""``driftbox read`` reads what waits and ends; beside the pages a watch starts it."""

import io

import pytest
from PIL import Image
from tests.apps.conftest import EVENING, played, stage  # noqa: F401 - fixtures
from tests.readers import installed  # noqa: F401 - a fixture

from driftbox.apps.recognition.actions import send_photo
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.cli.main import main
from driftbox.gateways.ocr import MemoryOcr

pytestmark = pytest.mark.usefixtures("installed")


def test_it_reads_what_waits_and_ends(played, settings):  # noqa: F811 - pytest hands the fixture in by its name
    settings.DRIFTBOX_OCR = f"{MemoryOcr.__module__}.{MemoryOcr.__name__}"
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "JPEG")
    docket = played("checklist.given")
    for _ in range(3):
        send_photo(docket.id, "", out.getvalue(), now=EVENING)
    RecognitionRow.objects.update(made="2090-01-01T00:00:00Z")  # later than the clock: not to be forgotten
    assert main(["read"]) == 0
    assert set(RecognitionRow.objects.values_list("state", flat=True)) == {"read"}


def test_without_a_reader_it_says_so(db, settings, capsys):
    settings.DRIFTBOX_OCR = ""
    assert main(["read"]) == 2
    assert "没装认字的" in capsys.readouterr().err
