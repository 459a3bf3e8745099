"""The doors of sittings over video; see ``doors``. Who has a seat there, and who has not: ``tests/web/video``."""

UNKNOWN = "01890000-0000-7000-8000-000000000000"


def doors_of(door, case, ids):
    """The rows, made with what ``doors`` makes rows with."""

    def room(name, path, **more):
        return door(name, path, bad=tuple(path.replace("{room}", one) for one in ids), **{"wrong": "fang", **more})

    recording = f"/desk/video/recordings/{{docket}}/{UNKNOWN}/"
    return (
        door("video:queue", "/desk/video/", who="lin", wrong="fang"),
        case("video:start", "/desk/video/start/{docket}/", method="POST", status=302, who="lin", wrong="fang"),
        case("video:recording", recording, status=404, who="lin", wrong="fang"),
        room("video:desk", "/desk/video/{room}/", who="lin"),
        room("video:invite", "/desk/video/{room}/invite/", method="POST", status=302, who="lin",
             data={"part": "relative", "name": "周敏", "way": "show"}),
        room("video:answer", "/desk/video/{room}/answer/", method="POST", status=302, who="lin", wrong="chen"),
        room("video:enter", "/desk/video/{room}/enter/", method="POST", status=302, who="lin"),
        room("video:close", "/desk/video/{room}/close/", method="POST", status=302, who="lin",
             data={"next": "nothing", "how": "nobody"}),
        room("video:record", "/video/{room}/recording/", method="POST", status=400, who="lin"),
        door("video:door", "/v/{seat_link}/", bad=("/v/guessed/", "/v/%00/", "/v/%ff/", f"/v/{'a' * 500}/")),
        door("video:door", "/v/{seat_link}/", method="POST", status=302, bad=("/v/guessed/",)),
        door("video:room", "/video/{room}/", status=404, bad=(f"/video/{UNKNOWN}/", "/video/%00/")),
        door("video:calendar", "/video/{room}/calendar/", status=404, bad=(f"/video/{UNKNOWN}/calendar/",)),
        door("video:sign", "/video/{room}/sign/dibao/", status=404, bad=(f"/video/{UNKNOWN}/sign/dibao/",)),
        door("video:still", "/video/{room}/still/", method="POST", status=404, bad=(f"/video/{UNKNOWN}/still/",)),
    )  # fmt: skip
