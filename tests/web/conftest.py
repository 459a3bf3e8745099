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


@pytest.fixture
def do(as_staff):
    """Do one act on the page of its own."""

    def done(who, docket, kind, **data):
        return as_staff(who).post(f"/desk/cases/{docket}/do/{kind}/", data, headers={"accept-language": "zh-CN"})

    return done


@pytest.fixture
def party():
    """A browser that opened this case with its receipt."""

    def opened(docket):
        client = Client(headers={"accept-language": "zh-CN"})
        session = client.session
        session["cases"] = [docket]
        session.save()
        return client

    return opened
