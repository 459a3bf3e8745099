"""The doors of agents: register, giving out, coverage, ledger; see ``doors``."""

AGENT = "{agent}"


def doors_of(door, case, cases):
    """The rows, made with what ``doors`` makes rows with."""
    keeper = {"who": "hu", "wrong": "lin"}

    def one(name, path, **more):
        return door(name, path, bad=tuple(path.replace(AGENT, bad) for bad in cases), **{**keeper, **more})

    reader = {"who": "chen", "wrong": "lin"}
    return (
        door("agents:register", "/agents/?station=ST01", **keeper),
        door("agents:new", "/agents/new/", **keeper),
        door("agents:new", "/agents/new/", method="POST", status=400, data={"name": "谁"}, **keeper),
        door("agents:import", "/agents/import/", **keeper),
        door("agents:import", "/agents/import/", method="POST", status=400, **keeper),
        door("agents:cover", "/agents/cover/", who="zhao", wrong="chen"),
        door("agents:day", "/agents/day/", who="zhao", wrong="chen"),
        door("agents:day", "/agents/day/", method="POST", status=302, data={"give": "x:y"}, **keeper),
        case("agents:give", "/agents/case/{docket}/?language=english", **keeper),
        case("agents:give", "/agents/case/{docket}/", method="POST", status=400,
             data={"to": AGENT, "reason": "dispatch"}, **keeper),
        one("agents:agent", "/agents/{agent}/"),
        one("agents:agent", "/agents/{agent}/", method="POST", status=400, data={"name": "谁"}),
        one("agents:standing", "/agents/{agent}/standing/", method="POST", status=302, data={"do": "revoke"}),
        one("agents:ledger", "/agents/{agent}/ledger/?since=2026-01-01&until=nonsense", **reader),
        one("agents:allowance_csv", "/agents/{agent}/ledger/allowance.csv", **reader),
        one("agents:allowance_pdf", "/agents/{agent}/ledger/allowance.pdf", **reader),
        one("agents:service_pdf", "/agents/{agent}/ledger/service.pdf", **reader),
    )  # fmt: skip
