"""The doors of the roster and of the reception log; see ``doors``."""

UNKNOWN = "01890000-0000-7000-8000-000000000000"
ODD = ("NO-SUCH", "%00", "%ff", "a" * 500)


def doors_of(door):
    """The rows, made with what ``doors`` makes rows with."""
    month, notes, act = "/roster/C-BS/2026-05/", "/roster/C-BS/notes/", "/roster/C-BS/act/feed_close/"
    contact = {"channel": "phone", "words": "明天有船吗", "name": "贺阿根", "answer": "有。"}
    return (
        door("roster:home", "/roster/", status=302, who="lin", wrong="wang"),
        door("roster:mine", "/roster/mine/", who="lin", wrong="su"),
        door("roster:feed", "/roster/feed/no-such.ics", status=404),
        door("roster:notes", notes, who="lin", wrong="wang",
             bad=tuple(notes.replace("C-BS", one) for one in ODD)),
        door("roster:month", month, who="lin", wrong="wang",
             bad=(*(month.replace("C-BS", one) for one in ODD),
                  *(month.replace("2026-05", one) for one in ("2026-13", "x", "%00", "9" * 40)))),
        door("roster:month", month, method="POST", who="hu", wrong="lin", data={"do": "check"}),
        door("roster:act", act, method="POST", status=302, who="lin", wrong="wang",
             bad=(*(act.replace("C-BS", one) for one in ODD), "/roster/C-BS/act/no.such/", "/roster/C-BS/act/%00/")),
        door("reception:log", "/reception/", who="lin", wrong="wang"),
        door("reception:new", "/reception/new/?number=13800000713&code=ABC", who="lin", wrong="wang"),
        door("reception:new", "/reception/new/", method="POST", status=302, who="lin", wrong="wang", data=contact),
        door("reception:called", f"/reception/{UNKNOWN}/called/", method="POST", status=404, who="lin", wrong="wang",
             data={"reached": "1"}, bad=("/reception/not-an-id/called/", "/reception/%00/called/")),
    )  # fmt: skip
