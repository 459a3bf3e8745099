"""The phone's scripts and the station's code make the same bytes, and each believes what the other made."""

import json
from pathlib import Path

import pytest

from driftbox.apps.eventlog.queries import DECODERS
from driftbox.domain.log.entry import decode64, decode_entry, encode64
from driftbox.gateways.keys import node_name, read_public, seal, unseal, verify

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "phone_entries.json").read_text(encoding="utf-8"))
KEY, DOCKET = bytes(range(32)), "01890000-0000-7000-8000-000000000001"
MAKE = """async (vectors) => {
  const {canonical, digestOf, utf8} = await import("/static/phone/canon.js");
  const {nextId, unsignedText} = await import("/static/phone/entry.js");
  return {
    entries: await Promise.all(vectors.entries.map(async (one) => {
      const id = nextId(one.after, one.ms, BigInt(one.chance)), unsigned = unsignedText({...one.entry, id});
      return {...one, unsigned, digest: await digestOf(utf8(unsigned)), entry: {...one.entry, id}};
    })),
    ids: vectors.ids.map((one) => ({...one, id: nextId(one.after, one.ms, BigInt(one.chance))})),
    canonical: vectors.canonical.map((one) => ({...one, canonical: canonical({b: one.text, a: [true, 0, -7]})})),
  };
}"""
SIGN = """async ([entry, raw, docket, theirs]) => {
  const {decode64, encode64, text} = await import("/static/phone/canon.js");
  const {makeSigningKey, nodeName, signEntry} = await import("/static/phone/entry.js");
  const {docketKey, openPaper, sealPaper} = await import("/static/phone/papers.js");
  const key = await makeSigningKey(), point = new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
  const node = await nodeName(point), sealing = await docketKey(raw);
  const paper = await sealPaper(sealing, docket, new TextEncoder().encode("海上"), "text/plain");
  return {point: encode64(point), node, ...await signEntry({...entry, node}, key.privateKey),
    sealed: encode64(paper.data), named: paper.digest, extractable: key.privateKey.extractable,
    opened: text(await openPaper(sealing, {docket, data: decode64(theirs)}))};
}"""


@pytest.fixture
def scripts(visit):
    page = visit({"width": 390, "height": 844})
    page.goto("/pocket/app/")
    return page


def test_the_scripts_make_the_bytes_of_the_vectors(scripts):
    assert scripts.evaluate(MAKE, VECTORS) == VECTORS


def test_each_believes_and_opens_what_the_other_signed_and_sealed(scripts):
    ours = seal(KEY, "站里".encode(), DOCKET)
    made = scripts.evaluate(SIGN, [VECTORS["entries"][0]["entry"], encode64(KEY), DOCKET, encode64(ours)])
    sealed = decode_entry(made["raw"].encode(), DECODERS)
    point = decode64(made["point"])
    verify(read_public("p256", point), sealed.signature, sealed.unsigned)
    assert made["node"] == node_name(point)
    assert made["digest"] == sealed.digest
    assert unseal(KEY, decode64(made["sealed"]), DOCKET).decode() == "海上"
    assert made["opened"] == "站里"
    assert made["extractable"] is False
