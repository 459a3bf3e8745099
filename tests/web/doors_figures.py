"""The doors of figures and of results; see ``doors``."""

ODD = ("no-such", "%00", "%ff", "a" * 500)


def doors_of(door):
    """The rows, made with what ``doors`` makes rows with."""
    page, cases = "/figures/asked_once/", "/figures/asked_once/cases/?office=C-BS&month=2026-05"
    odd_cases = (
        *(cases.replace("asked_once", one) for one in ODD), *(cases.replace("C-BS", one) for one in ODD),
        *(cases.replace("2026-05", one) for one in (*ODD, "2026-13", "")), cases.replace("asked_once", "reception"),
    )  # fmt: skip
    return (
        door("figures:listed", "/figures/", who="zhao", wrong="lin"),
        door("figures:one", page, who="zhao", wrong="lin", bad=tuple(page.replace("asked_once", one) for one in ODD)),
        door("figures:cases", cases, who="hu", wrong="lin", bad=odd_cases),
        door("figures:topics", "/figures/topics/", who="zhao", wrong="lin"),
        door("figures:propose", "/figures/topics/propose/", method="POST", status=302, who="zhao", wrong="lin",
             data={"word": "光伏", "matter": "MZ-DIBAO"}),
        door("figures:results", "/results/", bad=("/results/?quarter=1999-01", "/results/?quarter=%00")),
    )  # fmt: skip
