"""A text message that does not go out stops nothing, is seen at the desk, and is sent again."""

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.notices.actions import Outgoing, send_again, send_text, send_texts, start_otp
from driftbox.apps.notices.queries import count_unsent, outbox
from driftbox.domain.errors import Refused
from driftbox.gateways.sms import MemorySms

DEAD = "13800000002"


class Carrier(MemorySms):
    """Takes no message to the dead number while it is down."""

    down = True

    def send(self, phone, text):
        if self.down and phone == DEAD:
            raise ConnectionRefusedError
        super().send(phone, text)


@pytest.fixture
def carrier(monkeypatch):
    made = Carrier()
    monkeypatch.setattr("driftbox.apps.notices.actions.sms", lambda: made)
    return made


def test_one_text_that_fails_in_a_storm_stops_none_of_the_others(
    played, carrier, django_capture_on_commit_callbacks
):  # fmt: skip
    docket = played("case.opened").id
    storm = [Outgoing(docket, f"1380000000{n}", "船停了。") for n in (1, 2, 3)]
    with django_capture_on_commit_callbacks(execute=True):
        send_texts(storm, now=EVENING)
    assert [phone for phone, _text in carrier.sent] == ["13800000001", "13800000003"]
    assert [one.phone for one in outbox() if one.unsent] == [DEAD]
    still = send_again()
    assert (still.sent, still.left) == (0, 1)
    carrier.down = False
    assert (send_again().sent, count_unsent()) == (1, 0)
    assert carrier.sent[-1] == (DEAD, "船停了。")
    assert send_again().sent == 0


def test_the_act_stands_whose_text_fails_and_whoever_waits_for_digits_is_told(played, carrier):
    docket = played("case.opened").id
    send_text(docket, DEAD, "收到了。", now=EVENING)
    assert (count_unsent(), carrier.sent) == (1, [])
    with pytest.raises(Refused):
        start_otp(DEAD, now=EVENING)
