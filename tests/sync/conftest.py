"""One world for all tests here: it takes half a minute to make, and each begins with it as it was."""

from contextlib import closing

import pytest
from tests.apps.conftest import played, stage  # noqa: F401 - fixtures shared with the actions' tests
from tests.sync.world import World
from tests.web.conftest import as_staff  # noqa: F401 - the same


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    with closing(World(tmp_path_factory.mktemp("world"))) as made:
        yield made
