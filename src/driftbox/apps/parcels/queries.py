"""The only readers of parcel, incident and original rows."""

from collections.abc import Iterable

from django.db.models import Model

from driftbox.apps.parcels.models import IncidentRow, OriginalRow, ParcelRow
from driftbox.apps.parcels.projector import Row, Rows

AT_REST = ("resident", "office", "department", "returned")  # here it is opened, and its seal is cut


def rows_of(docket: str) -> Rows:
    """The rows of a docket as they stand in the tables."""
    return Rows(_rows(ParcelRow, docket), _rows(IncidentRow, docket), _rows(OriginalRow, docket))


def _rows(model: type[Model], docket: str) -> tuple[Row, ...]:
    return tuple(model._default_manager.filter(docket=docket).order_by("pk").values())  # noqa: SLF001 - public in Django


def differing(docket: str, fresh: Rows) -> list[str]:
    """Names of the tables whose rows of ``docket`` are not what a fresh fold gives."""
    held = rows_of(docket)
    pairs = (
        ("parcels", held.parcels, fresh.parcels),
        ("incidents", held.incidents, fresh.incidents),
        ("originals", held.originals, fresh.originals),
    )
    return [name for name, here, there in pairs if _sorted(here) != _sorted(there)]


def _sorted(rows: Iterable[Row]) -> list[list[tuple[str, str | int | bool]]]:
    return sorted(sorted(row.items()) for row in rows)


def under_way_with_seal(seal: str) -> list[ParcelRow]:
    """Parcels that are still under way under this seal number; two of them are one too many."""
    return list(ParcelRow.objects.filter(seal=seal).exclude(where__in=AT_REST)) if seal else []


def under_way_labelled(label: str) -> list[ParcelRow]:
    """Parcels that are still under way in a bag with this label, the latest first."""
    rows = ParcelRow.objects.filter(label=label).exclude(where__in=AT_REST) if label else ParcelRow.objects.none()
    return list(rows.order_by("-moved"))


def parcel_row(parcel: str) -> ParcelRow | None:
    """One parcel by its id."""
    return ParcelRow.objects.filter(pk=parcel).first()


def open_incidents(dockets: Iterable[str] | None = None) -> list[IncidentRow]:
    """Incidents that are not settled, oldest first; only those of ``dockets`` when given."""
    rows = IncidentRow.objects.order_by("opened", "entry")
    return list(rows if dockets is None else rows.filter(docket__in=list(dockets)))


def held_originals(since: int | None = None) -> list[OriginalRow]:
    """Originals that we hold, longest first; only those held since ``since`` (milliseconds) or longer."""
    rows = OriginalRow.objects.order_by("since", "key")
    return list(rows if since is None else rows.filter(since__lte=since))
