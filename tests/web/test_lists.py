"""Lists ask the database the same number of times, however many cases there are; a thick docket stays quick."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.people.queries import Particulars
from driftbox.domain.docket.entries import NoteWritten


def open_cases(stage, count, *, first):
    clerk = stage.staff["lin"]
    for number in range(first, first + count):
        caller = Particulars(name=f"邻居{number}", phone=f"138000{number:05}")
        call = Call(matter="GA-SHENFEN", words="身份证掉了", caller=caller, office=clerk.office)
        docket = take_call(call, recorder=clerk.person, now=EVENING)
    return docket


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_a_fixed_number_of_questions(stage, as_staff):
    desk, pocket = as_staff("lin"), as_staff("chen")
    open_cases(stage, 2, first=1)
    few = [queries(desk, "/desk/"), queries(desk, "/desk/find/?q=baisha"), queries(pocket, "/pocket/")]
    open_cases(stage, 9, first=10)
    many = [queries(desk, "/desk/"), queries(desk, "/desk/find/?q=baisha"), queries(pocket, "/pocket/")]
    assert many == few


def test_a_docket_page_asks_no_more_with_two_hundred_entries(stage, as_staff):
    docket = open_cases(stage, 1, first=1)
    address = f"/desk/cases/{docket.id}/"
    few = queries(as_staff("lin"), address)
    clerk = stage.staff["lin"].person
    record(docket.id, [NoteWritten(paper="x" * 43)] * 200, by=clerk, role="clerk", now=EVENING)
    assert queries(as_staff("lin"), address) == few
