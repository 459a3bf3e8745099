"""The doors of the agent's phone; see ``doors``."""

PAPER, BASE = "/pocket/app/paper/{digest}/", "/pocket/app/"
TAKERS = {"who": "chen", "wrong": "lin"}


def doors_of(door):
    """The rows, made with what ``doors`` makes rows with. What is handed in comes from an enrolled phone: see
    ``tests/web/phone``; from anything else it is turned away.
    """
    return (
        door("phone:app", BASE),
        door("phone:worker", f"{BASE}sw.js"),
        door("phone:manifest", f"{BASE}manifest.webmanifest"),
        door("phone:icon", f"{BASE}icon.png"),
        door("phone:words", f"{BASE}words/en/", bad=(f"{BASE}words/xx/", f"{BASE}words/%00/")),
        door("phone:hello", f"{BASE}hello/?node=%00&kept=x&clock=9", **TAKERS),
        door("phone:day", f"{BASE}day/?node=%00&lang=xx", status=404, until="materials.sent", **TAKERS),
        door("phone:enrol", f"{BASE}enrol/", method="POST", status=400, **TAKERS),
        door("phone:entries", f"{BASE}entries/", method="POST", status=404, **TAKERS),
        door("phone:intake", f"{BASE}intake/", method="POST", status=404, **TAKERS),
        door("phone:paper", PAPER, method="POST", status=404, **TAKERS,
             bad=(PAPER.replace("{digest}", "no"), PAPER.replace("{digest}", "%00"))),
        door("phone:phones", f"{BASE}phones/", **TAKERS),
        door("phone:revoke", f"{BASE}phones/no-such/revoke/", method="POST", status=404, **TAKERS,
             bad=(f"{BASE}phones/%00/revoke/", f"{BASE}phones/{'a' * 500}/revoke/")),
    )  # fmt: skip
