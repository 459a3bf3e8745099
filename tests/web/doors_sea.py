"""The doors of the post at sea; see ``doors``. The machine of the tests is of the demo, which stands in for a post."""

SAY, MEDIATION = "/post/say/{step}/", "/post/staff/mediation/{docket}/"
STAFF = {"who": "lin", "wrong": "zhao"}


def doors_of(door, case):
    """The rows, made with what ``doors`` makes rows with."""
    steps = tuple(SAY.replace("{step}", word) for word in ("nowhere", "%00", "a" * 500))
    return (
        door("sea_post:home", "/post/"),
        door("sea_post:begin", "/post/begin/", method="POST", status=302),
        door("sea_post:resume", "/post/resume/", method="POST", status=302),
        door("sea_post:leave", "/post/leave/", method="POST", status=302),
        door("sea_post:say", "/post/say/what/", status=302, bad=steps),
        door("sea_post:say", "/post/say/what/", method="POST", status=302),
        door("sea_post:receipt", "/post/receipt/", status=302),
        door("sea_post:sheet", "/post/receipt.pdf", status=404),
        door("sea_post:screen", "/post/screen/"),
        door("sea_post:staff", "/post/staff/", **STAFF),
        door("sea_post:back", "/post/staff/back/", method="POST", status=404, data={"docket": "\x00"}, **STAFF),
        door("sea_post:landing", "/post/staff/landing/", method="POST", status=302, data={"at": "\x00"}, **STAFF),
        case("sea_post:mediation", MEDIATION, status=404, **STAFF),
        case("sea_post:mediation", MEDIATION, method="POST", status=404, **STAFF),
    )  # fmt: skip
