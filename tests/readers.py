"""The reader of photographs. Where it cannot be installed the tests that need it say so; in CI that is a failure."""

import os

import pytest

from driftbox.gateways.ocr import is_installed


@pytest.fixture(scope="session")
def installed():
    """The extra ``ocr`` is there."""
    if not is_installed():
        assert not os.environ.get("CI"), "The extra `ocr` is missing; install it so that reading is tested"
        pytest.skip("The extra `ocr` is missing: reading of photographs is not tested")


@pytest.fixture(scope="session")
def reader(installed):
    """The real reader, loaded once."""
    from driftbox.gateways.ocr_rapid import RapidReader  # noqa: PLC0415 - it needs what may not be installed

    return RapidReader()
