"""What a phone writes, byte by byte; its scripts are held to the same vectors in ``tests/journeys``."""

import json
from pathlib import Path

import msgspec
import pytest

from driftbox.apps.eventlog.queries import DECODERS
from driftbox.domain.log.entry import Entry, digest_of, unsigned_bytes
from driftbox.domain.log.ids import instant, next_id

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "phone_entries.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", VECTORS["entries"], ids=lambda case: case["entry"]["kind"])
def test_the_bytes_of_a_phone_s_entry_are_ours(case):
    told = {("for_" if name == "for" else name): value for name, value in case["entry"].items()}
    body = DECODERS[told["kind"]].decode(msgspec.json.encode(told["body"]))
    raw = unsigned_bytes(Entry(**{**told, "body": body, "alg": "p256"}))
    assert raw.decode() == case["unsigned"]
    assert digest_of(raw) == case["digest"]
    assert told["id"] == next_id(case["after"], instant(case["ms"]), int(case["chance"]))


@pytest.mark.parametrize("case", VECTORS["ids"], ids=lambda case: case["id"])
def test_the_ids_of_a_phone_are_ours(case):
    assert case["id"] == next_id(case["after"], instant(case["ms"]), int(case["chance"]))


@pytest.mark.parametrize("case", VECTORS["canonical"], ids=range(len(VECTORS["canonical"])))
def test_every_letter_has_one_spelling(case):
    told = {"b": case["text"], "a": [True, 0, -7]}
    assert msgspec.json.Encoder(order="sorted").encode(told).decode() == case["canonical"]
