"""The doors of the district page and of acts of supervision; see ``doors``."""


def doors_of(door, case, cases):
    """The rows, made with what ``doors`` makes rows with."""
    act = "/district/{docket}/act/supervision.reminded/"
    above = {"who": "zhao", "wrong": "lin"}
    acting = {**above, "bad": (*(act.replace("{docket}", one) for one in cases), "/district/{docket}/act/no.such/")}
    return (
        door("district:page", "/district/", **above),
        door("district:page", "/district/?wall=1", **above),
        door("district:live", "/district/live/", **above),
        door("district:list", "/district/list/?what=%00&place=%00", **above),
        door("district:list", "/district/list/?what=late&place=ST09", **above),
        case("district:case", "/district/{docket}/", who="zhao", wrong="fang"),
        door("district:act", act, **acting),
        door("district:act", act, method="POST", status=302, data={"ground": "stands_still"}, **acting),
    )
