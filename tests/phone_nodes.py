"""A phone in Python: makes the bytes that the scripts make, and sends them as the app does."""

import json

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from driftbox.domain.log.entry import Entry, digest_of, encode64, sign_entry
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance, node_name

BASE = "/pocket/app/"


class PhoneInHand:
    """One phone of one person, with the browser in which they are signed in."""

    def __init__(self, client, person):
        self.client, self.person = client, person
        self._key = generate_private_key(SECP256R1())
        self.point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.node, self.last, self.prev = node_name(self.point), "", ""

    def sign(self, data):
        r, s = decode_dss_signature(self._key.sign(data, ECDSA(SHA256())))
        return encode64(r.to_bytes(32) + s.to_bytes(32))

    def post(self, path, body, **headers):
        words = f"driftbox phone\nPOST\n{path}\n{digest_of(body)}".encode()
        mine = {"x-driftbox-phone": self.node, "x-driftbox-signature": self.sign(words), "accept-language": "zh-CN"}
        return self.client.post(path, body, content_type="application/json", headers={**mine, **headers})

    def enrol(self):
        return self.post(f"{BASE}enrol/", json.dumps({"public": encode64(self.point)}).encode())

    def entry(self, docket, kind, body, *, now, role="agent", by=""):
        """A signed entry, chained to this phone's last one."""
        self.last = next_id(self.last or docket.last, now, chance())
        made = Entry(id=self.last, docket=docket.id, kind=kind, by=by or self.person, role=role, node=self.node,
                     body=body, prev=self.prev, for_=docket.beneficiary, alg="p256")  # fmt: skip
        signed = sign_entry(made, self.sign)
        self.prev = signed.digest
        return signed.raw

    def hand_in(self, *raws):
        body = msgspec.json.encode({"entries": [raw.decode() for raw in raws]})
        return self.post(f"{BASE}entries/", body)

    def send(self, docket, digest, piece, offset, total, media="text/plain; charset=utf-8"):
        told = {"x-docket": docket, "x-media": media, "x-offset": str(offset), "x-total": str(total)}
        return self.post(f"{BASE}paper/{digest}/", piece, **told)
