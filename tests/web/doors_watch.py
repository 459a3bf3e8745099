"""The doors of supervision and of the mailbox; see ``doors``."""

ABOUT = "{other}"


def doors_of(door, case, cases, letters):
    """The rows, made with what ``doors`` makes rows with; ``letters`` is who has a mailbox open."""
    act, two = "/watch/{docket}/act/supervision.opened/", f"/watch/{{docket}}/beside/{ABOUT}/"
    asking = {"number": "baisha-2026-0001", "reason": "handling"}
    forcing = {"number": "baisha-2026-0001", "reason": "life_at_risk", "words": "有人有危险。"}
    registered, secret = {"until": "petition.registered"}, {"until": "accusation", "who": "su", "wrong": "lin"}
    pressing = {"who": "zhao", "wrong": "chen", **registered,
                "bad": (*(act.replace("{docket}", one) for one in cases), "/watch/{docket}/act/no.such/",
                        "/watch/{docket}/act/%00/")}  # fmt: skip
    side = {"who": "lin", "wrong": "zhao", "until": "petition.twice",
            "bad": tuple(two.replace(gap, one) for gap in ("{docket}", ABOUT) for one in cases)}  # fmt: skip
    answered = {"who": "party", "until": "opinion.served"}
    return (
        door("watch:board", "/watch/", who="zhao", wrong="chen"),
        door("watch:annual_newest", "/watch/annual/", status=302, who="zhao", wrong="lin"),
        door("watch:annual", "/watch/annual/2026/", who="zhao", wrong="lin", bad=("/watch/annual/1999/",)),
        door("watch:figures", "/watch/annual/2026/figures.csv", who="zhao", wrong="lin",
             bad=("/watch/annual/99999/figures.csv",)),
        door("watch:secrets", "/watch/secret/", who="su", wrong="lin"),
        door("watch:ask", "/watch/secret/ask/", who="lin", wrong="chen"),
        door("watch:ask", "/watch/secret/ask/", method="POST", status=302, who="lin", wrong="chen", data=asking),
        door("watch:force", "/watch/secret/open/", who="zhao", wrong="lin"),
        door("watch:force", "/watch/secret/open/", method="POST", who="zhao", wrong="lin", data=forcing),
        case("watch:secret", "/watch/secret/{docket}/", **secret),
        case("watch:grant", "/watch/secret/{docket}/grant/", method="POST", status=302, **secret,
             data={"person": "{colleague}", "asked": "handling", "reason": "handling"}),
        case("watch:revoke", "/watch/secret/{docket}/revoke/", method="POST", status=302, **secret),
        case("watch:petition", "/watch/{docket}/", who="lin", wrong="chen", **registered),
        door("watch:act", act, **pressing),
        door("watch:act", act, method="POST", status=302, data={"ground": "art40-1"}, **pressing),
        case("watch:beside", "/watch/{docket}/beside/", who="lin", wrong="zhao", **registered),
        door("watch:decide", two, **side),
        door("watch:decide", two, method="POST", status=302, data={"what": "apart"}, **side),
        case("track:reopen", "/track/{docket}/reopen/", **answered),
        case("track:reopen", "/track/{docket}/reopen/", method="POST", status=302, data={"reason": "not_done"},
             **answered),
        case("track:recusal", "/track/{docket}/recusal/", **answered),
        case("track:recusal", "/track/{docket}/recusal/", method="POST", status=302, data={"reason": "kin"},
             **answered),
        case("track:letters", "/track/{docket}/letters/", **answered),
        case("track:letters", "/track/{docket}/letters/", method="POST", status=302, data={"words": "哪年修？"},
             **answered),
        door("mailbox:enter", "/mailbox/"),
        door("mailbox:enter", "/mailbox/", method="POST", status=400, data={"code": "12"}),
        door("mailbox:new", "/mailbox/new/"),
        door("mailbox:new", "/mailbox/new/", method="POST", status=400, data={"sort": "accusation"}),
        door("mailbox:kept", "/mailbox/kept/", method="POST", status=400, data={"code": "12"}),
        door("mailbox:box", "/mailbox/box/", who=letters, until="accusation"),
        door("mailbox:say", "/mailbox/box/say/", method="POST", status=302, who=letters, until="accusation",
             data={"words": "还有一件。"}),
        door("mailbox:close", "/mailbox/close/", method="POST", status=302),
    )  # fmt: skip
