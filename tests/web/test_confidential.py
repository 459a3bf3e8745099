"""An accusation goes past the desk and the agents unopened; a stranger never learns whether a case exists."""

from tests.cast import key

from driftbox.apps.dockets.models import CaseRow

ACCUSATION = {"matter": "XF-JUBAO", "channel": "phone", "caller_name": "梅婶", "words": "有人收钱不办事"}


def test_a_clerk_registers_an_accusation_and_cannot_open_it(as_staff):
    answer = as_staff("lin").post("/desk/call/", ACCUSATION, follow=True)
    case = CaseRow.objects.get()
    assert "回执码" in answer.content.decode()
    for who in ("lin", "hu", "wang", "zhao", "chen"):
        client = as_staff(who)
        assert client.get(f"/desk/cases/{case.docket}/").status_code in {403, 404}
        assert "梅婶" not in client.get("/desk/", follow=True).content.decode()


def test_a_case_that_is_not_yours_reads_like_one_that_is_not_there(client, played):
    docket = played("case.accepted")
    theirs, nothing = client.get(f"/track/{docket.id}/"), client.get(f"/track/{key(404)}/")
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.content.replace(docket.id.encode(), b"") == nothing.content.replace(key(404).encode(), b"")
