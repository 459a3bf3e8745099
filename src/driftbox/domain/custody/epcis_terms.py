"""Words of GS1 EPCIS 2.0 (ISO/IEC 19987) and its Core Business Vocabulary 2.0 (ISO/IEC 19988), and how events are put.

Identifiers are addresses below the site's own, in the shapes that the vocabulary gives: ``…/obj/…`` for things,
``…/loc/…`` for places; entries, parcels and cases are ``urn:uuid:``. Persons have none, because no event names one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Final, Literal

from msgspec import Struct

from driftbox.domain.docket.incident_entries import PATIENT, IncidentSettled, What
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant

CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
Action = Literal["OBSERVE", "ADD", "DELETE"]
BizStep = Literal[
    "accepting", "arriving", "commissioning", "decommissioning", "departing", "holding", "inspecting", "packing",
    "receiving", "storing", "unpacking",
]  # fmt: skip
Disposition = Literal[
    "", "active", "completeness_verified", "container_open", "damaged", "in_progress", "in_transit", "inactive",
    "mismatch_instance", "mismatch_quantity", "non_conformant", "returned", "unknown",
]  # fmt: skip
Event = dict[str, Any]
MARKS: Final[dict[What, Disposition]] = {  # how each incident marks a thing until it is settled; the others do not
    "shortage": "mismatch_quantity",
    "surplus": "mismatch_quantity",
    "damage": "damaged",
    "broken_seal": "non_conformant",
    "seal_twice": "mismatch_instance",
    "unknown_parcel": "mismatch_instance",
    "no_case": "mismatch_instance",
    "out_of_place": "non_conformant",
}


class Site(Struct, frozen=True):
    """Whose events these are: the address of the site, and the time zone of its pack."""

    address: str
    zone: tzinfo

    def thing(self, kind: str, number: str) -> str:
        """The address of a thing, such as a box by its label."""
        return f"{self.address.rstrip('/')}/epcis/obj/{kind}/{number}"

    def place(self, code: str) -> str:
        """The address of a pier, an office, or the door of a home (any home)."""
        return f"{self.address.rstrip('/')}/epcis/loc/{code}"

    @property
    def words(self) -> str:
        """Where the words of our own are, such as ``driftbox:seal``."""
        return f"{self.address.rstrip('/')}/epcis/voc#"


class Step(Struct, frozen=True):
    """What an act is in these words. ``place``: where it was told; ``stays``: the thing is there afterwards.

    ``sets`` and ``unsets`` are marks that outlast the event; ``told`` are words of our own, such as the seal.
    """

    step: BizStep
    disposition: Disposition = ""
    action: Action = "OBSERVE"
    place: str = ""
    stays: bool = True
    to: str = ""
    sets: Disposition = ""
    unsets: Disposition = ""
    told: Mapping[str, str] = {}


def urn(key: str) -> str:
    """An entry, a parcel or a case as a URI (RFC 9562)."""
    return f"urn:uuid:{key}"


def event(site: Site, entry: Entry, step: Step, ms: int, **about: object) -> Event:
    """What every event says: when, where, which step; ``about`` says of what, and of which type it is."""
    local = _local(instant(ms), site.zone)
    made: Event = {
        "type": "ObjectEvent", "eventID": urn(entry.id), "eventTime": local.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": local.isoformat()[-6:], "recordTime": utc(instant(entry.recorded_ms)), **about,
        "action": step.action, "bizStep": step.step,
    }  # fmt: skip
    if step.disposition:
        made["disposition"] = step.disposition
    marks = {"set": step.sets, "unset": step.unsets}
    if any(marks.values()):
        made["persistentDisposition"] = {name: [mark] for name, mark in marks.items() if mark}
    if step.place:
        made["readPoint"] = {"id": site.place(step.place)}
        made |= {"bizLocation": {"id": site.place(step.place)}} if step.stays else {}
    if step.to:
        made["destinationList"] = [{"type": "location", "destination": site.place(step.to)}]
    return made | {f"driftbox:{name}": value for name, value in sorted(step.told.items()) if value}


def document(site: Site, events: list[Event], made: datetime) -> Event:
    """The document that carries ``events``, oldest record first."""
    return {
        "@context": [CONTEXT, {"driftbox": site.words}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": utc(made),
        "epcisBody": {"eventList": sorted(events, key=lambda one: str(one["eventID"]))},
    }


def utc(moment: datetime) -> str:
    """An aware moment in UTC, with milliseconds (RFC 3339)."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """``moment`` in ``zone``, its offset in whole minutes: old ones have seconds, which RFC 3339 cannot say."""
    try:
        offset = moment.astimezone(zone).utcoffset() or timedelta()
        return moment.astimezone(timezone(timedelta(minutes=offset // timedelta(minutes=1))))
    except OverflowError:  # the first or the last hours that a calendar has
        return moment


def opened(what: What, place: str) -> Step | None:
    """An incident: the thing is set apart and marked; None when it is not about a thing."""
    if what not in MARKS:
        return None
    step: BizStep = "inspecting" if what in PATIENT else "holding"
    return Step(step, place=place, sets=MARKS[what], told={"incident": what})


def settled(what: str, body: IncidentSettled) -> Step | None:
    """An incident that a person decided: the mark is taken off, unless the thing is lost."""
    mark = {str(known): mark for known, mark in MARKS.items()}.get(what)
    if mark is None:
        return None
    told = {"incident": what, "settled": body.how}
    return (
        Step("inspecting", "unknown", told=told) if body.how == "lost" else Step("inspecting", unsets=mark, told=told)
    )
