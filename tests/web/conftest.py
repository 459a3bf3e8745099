"""A house with staff, one case, and signed-in visitors."""

import pytest
from django.test import Client
from tests.apps.conftest import EVENING, played, stage  # noqa: F401 - fixtures shared with the actions' tests


@pytest.fixture
def as_staff(stage):  # noqa: F811 - pytest hands the fixture in by its name
    """A browser signed in as this member of staff."""

    def signed_in(username):
        client = Client()
        client.force_login(stage.staff[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
