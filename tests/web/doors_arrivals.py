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
        door("desk:nodes", "/desk/nodes/", who="hu", wrong="lin"),
        door("desk:nodes_meet", "/desk/nodes/meet/", method="POST", status=302, who="hu", wrong="lin"),
        door("desk:nodes_code", "/desk/nodes/code/", method="POST", who="hu", wrong="lin",
             data={"role": "station", "office": "C-BS"}),
        door("desk:nodes_revoke", "/desk/nodes/no-such/revoke/", status=404, who="hu", wrong="lin",
             bad=("/desk/nodes/%00/revoke/", f"/desk/nodes/{'a' * 500}/revoke/")),
        door("desk:nodes_revoke", "/desk/nodes/no-such/revoke/", method="POST", status=404, who="hu", wrong="lin"),
        case("desk:late_seen", "/desk/cases/{docket}/late/", method="POST", status=302, who="lin", wrong="chen"),
    )  # fmt: skip
