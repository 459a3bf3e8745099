"""The doors of what comes from elsewhere; see ``doors``."""


def doors_of(door, case):
    """The rows, made with what ``doors`` makes rows with."""
    alarm = "/desk/arrivals/alarms/1/"
    return (
        door("desk:arrivals", "/desk/arrivals/", who="hu", wrong="lin"),
        door("desk:release", "/desk/arrivals/release/", status=302, who="hu", wrong="lin"),
        door("desk:release", "/desk/arrivals/release/", method="POST", status=302, who="hu", wrong="lin",
             data={"d": "x" * 43}),
        door("desk:alarm_seen", alarm, method="POST", status=404, who="hu", wrong="lin",
             bad=tuple(alarm.replace("1", one) for one in ("0", "-1", "x", "9" * 30, "%00"))),
        case("desk:late_seen", "/desk/cases/{docket}/late/", method="POST", status=302, who="lin", wrong="chen"),
    )  # fmt: skip
