"""What this node knows of the others: how far each has come, what each holds of ours, what is still under way."""

from django.db import models


class StoreRow(models.Model):
    """The life 库龄 of this store: made by chance with its database, another when that is made anew."""

    life = models.CharField(max_length=16, primary_key=True)
    made = models.DateTimeField()

    class Meta:
        db_table = "sync_store"

    def __str__(self) -> str:
        return self.life


class PeerRow(models.Model):
    """Another node 对端 as this one knows it; the cursors are those of ``domain/sync/cursors.py``."""

    node = models.CharField(max_length=40, primary_key=True)
    life = models.CharField(max_length=16, default="")
    acked = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    returns = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    compared = models.BigIntegerField(default=0)  # up to where of our table it has all but what LackRow says
    checked = models.DateTimeField(null=True)  # when both last compared what they hold
    differing = models.BigIntegerField(null=True)  # how many entries one of both lacked then
    scanned = models.BigIntegerField(default=0)  # up to where it was asked what concerns it
    scope = models.CharField(max_length=43, default="")  # digest of what that depended on
    directory = models.PositiveIntegerField(default=0)  # the version that it holds
    offset_ms = models.BigIntegerField(null=True)  # its clock minus ours when we last met face to face
    met = models.DateTimeField(null=True)  # when something of it was last taken in, or we met
    tried = models.DateTimeField(null=True)  # when a meeting was last begun from here
    failed = models.CharField(max_length=40, default="")  # why that did not come about; empty: it did
    entries_in = models.BigIntegerField(default=0)
    bytes_in = models.BigIntegerField(default=0)
    bytes_out = models.BigIntegerField(default=0)

    class Meta:
        db_table = "sync_peer"

    def __str__(self) -> str:
        return self.node


class ShareRow(models.Model):
    """That a docket goes to a peer: whole when it ``begun`` behind what is acknowledged, no further than ``ended``."""

    peer = models.CharField(max_length=40)
    docket = models.CharField(max_length=36)
    begun = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)

    class Meta:
        db_table = "sync_share"
        constraints = [models.UniqueConstraint(fields=["peer", "docket"], name="sync_share_once")]
        indexes = [models.Index(fields=["peer", "begun"], name="sync_share_begun")]

    def __str__(self) -> str:
        return f"{self.docket} for {self.peer}"


class GivenRow(models.Model):
    """What goes once to a peer: a key, a person, a paper, an erasure; had once ``upto`` is acknowledged."""

    peer = models.CharField(max_length=40)
    what = models.CharField(max_length=44)  # one letter as the frame has, then a docket, person or digest
    upto = models.BigIntegerField()

    class Meta:
        db_table = "sync_given"
        constraints = [models.UniqueConstraint(fields=["peer", "what"], name="sync_given_once")]

    def __str__(self) -> str:
        return f"{self.what} for {self.peer}"


class ArrivalRow(models.Model):
    """A run of places of the entry table that came from one peer, so that it is not sent back there."""

    peer = models.CharField(max_length=40)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "sync_arrival"
        indexes = [models.Index(fields=["peer", "last"], name="sync_arrival_last")]

    def __str__(self) -> str:
        return f"{self.first}-{self.last} from {self.peer}"


class BundleRow(models.Model):
    """A bundle that was taken in, so that it is not taken in again, and two under one number are noticed."""

    id = models.CharField(max_length=32, primary_key=True)
    peer = models.CharField(max_length=40)
    number = models.BigIntegerField()
    taken = models.DateTimeField()
    entries = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)

    class Meta:
        db_table = "sync_bundle"
        indexes = [models.Index(fields=["peer", "number"], name="sync_bundle_number")]

    def __str__(self) -> str:
        return self.id


class WantRow(models.Model):
    """A paper that is known and whose bytes are not here yet."""

    digest = models.CharField(max_length=43, primary_key=True)
    docket = models.CharField(max_length=36)
    size = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        db_table = "sync_want"
        indexes = [models.Index(fields=["size"], name="sync_want_size")]

    def __str__(self) -> str:
        return self.digest


class AskedRow(models.Model):
    """A paper that a peer said it lacks."""

    peer = models.CharField(max_length=40)
    digest = models.CharField(max_length=43)

    class Meta:
        db_table = "sync_asked"
        constraints = [models.UniqueConstraint(fields=["peer", "digest"], name="sync_asked_once")]

    def __str__(self) -> str:
        return f"{self.digest} for {self.peer}"


class RefusedRow(models.Model):
    """An entry of ours that a peer did not let in, and why: here until it says that it is in."""

    peer = models.CharField(max_length=40)
    digest = models.CharField(max_length=43)  # of the bytes as they travelled
    code = models.CharField(max_length=40)
    docket = models.CharField(max_length=36, default="")
    entry = models.CharField(max_length=36, default="")
    told = models.DateTimeField()

    class Meta:
        db_table = "sync_refused"
        constraints = [models.UniqueConstraint(fields=["peer", "digest"], name="sync_refused_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.entry}"


class OfferedKeyRow(models.Model):
    """Another key that a peer gave for a docket whose key has opened nothing yet; see ``offered.py``."""

    context = models.CharField(max_length=36)
    peer = models.CharField(max_length=40)
    wrapped = models.BinaryField()

    class Meta:
        db_table = "sync_offered_key"
        constraints = [models.UniqueConstraint(fields=["context", "peer"], name="sync_offered_key_once")]

    def __str__(self) -> str:
        return f"{self.context} from {self.peer}"


class LackRow(models.Model):
    """An entry of ours that a peer was found to lack when both compared what they hold."""

    peer = models.CharField(max_length=40)
    digest = models.CharField(max_length=43)  # of the entry
    sent = models.BooleanField(default=False)  # it is in a bundle that was made since

    class Meta:
        db_table = "sync_lack"
        constraints = [models.UniqueConstraint(fields=["peer", "digest"], name="sync_lack_once")]

    def __str__(self) -> str:
        return f"{self.digest} lacks {self.peer}"


class NonceRow(models.Model):
    """A request that was heard, so that nobody says it a second time."""

    nonce = models.CharField(max_length=80, primary_key=True)
    heard = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "sync_nonce"

    def __str__(self) -> str:
        return self.nonce
