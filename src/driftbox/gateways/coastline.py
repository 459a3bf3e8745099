"""The coast and the ways of the boats of a pack, as they lie on disk: GeoJSON (RFC 7946) and ``shapes.txt`` of GTFS."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from driftbox.domain.errors import BadPack
from driftbox.domain.ferry.chart import Spot


class _Polygon(Struct):
    coordinates: list[list[tuple[float, float]]]
    type: Literal["Polygon"]


class _Feature(Struct):
    geometry: _Polygon
    properties: dict[str, object]


class _Collection(Struct):
    features: list[_Feature]
    attribution: str = ""


class Land(Struct, frozen=True):
    """One island: its outer line, its Chinese and its English name or nothing, and how large it is (km²)."""

    ring: tuple[Spot, ...]
    zh: str
    en: str
    km2: float


class Coast(Struct, frozen=True):
    """The land of a pack; ``credit`` has to stand on every map."""

    lands: tuple[Land, ...]
    credit: str


def read_coast(path: Path) -> Coast:
    """The coast of a pack; a pack without the file has none, and maps show the sea alone.

    Raises:
        BadPack: the file is not what it should be.
    """
    if not path.exists():
        return Coast((), "")
    try:
        read = msgspec.json.decode(path.read_bytes(), type=_Collection)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadPack("coast", "海岸线的文件读不出来：{fault}", (), fault=f"{path.name}: {error}") from error
    return Coast(tuple(_land(one) for one in read.features if one.geometry.coordinates), read.attribution)


def _land(one: _Feature) -> Land:
    said = one.properties
    size = said.get("km2")
    ring = tuple((x, y) for x, y in one.geometry.coordinates[0])
    return Land(ring, str(said.get("name_zh") or ""), str(said.get("name_en") or ""),
                float(size) if isinstance(size, int | float) else 0.0)  # fmt: skip


def read_ways(folder: Path) -> Mapping[str, tuple[Spot, ...]]:
    """The way over water of each trip of a timetable, by trip; nothing where the feed draws none."""
    shapes: dict[str, list[tuple[int, Spot]]] = {}
    for row in _rows(folder / "shapes.txt"):
        spot = float(row["shape_pt_lon"]), float(row["shape_pt_lat"])
        shapes.setdefault(row["shape_id"], []).append((int(row["shape_pt_sequence"]), spot))
    lines = {shape: tuple(spot for _at, spot in sorted(points)) for shape, points in shapes.items()}
    return {row["trip_id"]: lines[row["shape_id"]] for row in _rows(folder / "trips.txt")
            if row.get("shape_id") in lines}  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
