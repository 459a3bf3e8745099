"""One row per entry, never changed and never removed: triggers refuse UPDATE and DELETE in both databases.

The rows beside it say what of it counts and what waits. They are decisions and positions of this node; none is signed.
"""

from django.db import models


class EntryRow(models.Model):
    """A signed entry as it was received, keyed by docket first so that the table can be partitioned by it.

    Two facts under one id are both kept, told apart by their digest; at most one of them counts (``AsideRow``).
    """

    seq = models.BigAutoField(primary_key=True)
    docket = models.CharField(max_length=36)
    id = models.CharField(max_length=36, db_index=True)
    node = models.CharField(max_length=40)
    digest = models.CharField(max_length=43, unique=True)
    prev = models.CharField(max_length=43, default="")
    raw = models.BinaryField()

    class Meta:
        db_table = "entry"
        indexes = [models.Index(fields=["docket", "seq"], name="entry_docket_seq")]

    def __str__(self) -> str:
        return self.id


class NodeRow(models.Model):
    """A node 节点 whose signatures are believed, or were until it was revoked 吊销; its keys stay, so that what it
    signed before can be proved.
    """

    name = models.CharField(max_length=40, primary_key=True)
    public = models.BinaryField()
    enrolled = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    role = models.CharField(max_length=12, default="hub")  # hub, station, sea-post, phone
    office = models.CharField(max_length=40, default="")
    person = models.CharField(max_length=36, default="")  # whose phone it is
    alg = models.CharField(max_length=10, default="ed25519")
    sealing = models.BinaryField(default=b"")  # X25519; phones have none
    directory = models.PositiveIntegerField(default=0)  # the version by which it came here; 0: by hand

    class Meta:
        db_table = "node"

    def __str__(self) -> str:
        return self.name


class QuarantineRow(models.Model):
    """Bytes that could not be taken in 隔离, and why: kept and shown until they are in or a person has looked."""

    digest = models.CharField(max_length=43, primary_key=True)  # of the bytes as they came
    raw = models.BinaryField()
    code = models.CharField(max_length=40)
    received = models.DateTimeField()
    via = models.CharField(max_length=40, default="")  # the peer that brought it; empty: a file by hand
    node = models.CharField(max_length=40, default="")  # as far as it can be read, as the two below
    docket = models.CharField(max_length=36, default="")
    entry = models.CharField(max_length=36, default="")
    tried = models.CharField(max_length=40, default="")  # the version of this software that judged it last
    released = models.DateTimeField(null=True)  # when it was let in
    by = models.CharField(max_length=36, default="")  # who let it in; empty: it came right by itself

    class Meta:
        db_table = "quarantine"

    def __str__(self) -> str:
        return f"{self.code} {self.digest}"


class WaitingRow(models.Model):
    """A believed entry whose cause has not come 积压: it enters when that comes, or, marked, after a set time."""

    digest = models.CharField(max_length=43, primary_key=True)  # of the entry
    raw = models.BinaryField()
    docket = models.CharField(max_length=36, db_index=True)
    node = models.CharField(max_length=40)
    entry = models.CharField(max_length=36)
    prev = models.CharField(max_length=43, db_index=True)  # the cause it waits for
    via = models.CharField(max_length=40)
    received = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "entry_waiting"

    def __str__(self) -> str:
        return self.entry


class AsideRow(models.Model):
    """A stored entry that does not count 搁置: of a revoked node, or of the second line of a cloned one."""

    digest = models.CharField(max_length=43, primary_key=True)  # of the entry
    entry = models.CharField(max_length=36)
    docket = models.CharField(max_length=36, db_index=True)
    node = models.CharField(max_length=40, db_index=True)
    code = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        db_table = "entry_aside"

    def __str__(self) -> str:
        return f"{self.code} {self.entry}"


class ReleaseRow(models.Model):
    """A decision 放行 of a person that an entry counts, whatever its signer; it is never set aside again."""

    digest = models.CharField(max_length=43, primary_key=True)  # of the entry
    released = models.DateTimeField()
    by = models.CharField(max_length=36)
    code = models.CharField(max_length=40, default="")  # what had kept it

    class Meta:
        db_table = "entry_release"

    def __str__(self) -> str:
        return self.digest


class TurnRow(models.Model):
    """How often what counts in a docket was judged anew; whoever keeps folded states in memory compares it."""

    docket = models.CharField(max_length=36, primary_key=True)
    turn = models.PositiveIntegerField()

    class Meta:
        db_table = "docket_turn"

    def __str__(self) -> str:
        return f"{self.docket} {self.turn}"


class AlarmRow(models.Model):
    """A node that is there twice 一机两身, by its two lines or by its cursor: shown until a person saw it."""

    node = models.CharField(max_length=40)
    docket = models.CharField(max_length=36, default="")
    code = models.CharField(max_length=40)
    entry = models.CharField(max_length=36, default="")
    raised = models.DateTimeField()
    seen = models.DateTimeField(null=True)
    by = models.CharField(max_length=36, default="")

    class Meta:
        db_table = "node_alarm"
        constraints = [models.UniqueConstraint(fields=["node", "docket", "code"], name="node_alarm_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.node}"


class LateRow(models.Model):
    """An entry that came after somebody had decided without it 迟到; shown to them until they have seen it."""

    entry = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    kind = models.CharField(max_length=40)
    decided = models.CharField(max_length=36)  # the entry by which it was decided
    decided_kind = models.CharField(max_length=40)
    decider = models.CharField(max_length=36, db_index=True)  # empty: the node itself decided
    arrived = models.DateTimeField()
    seen = models.DateTimeField(null=True)

    class Meta:
        db_table = "entry_late"

    def __str__(self) -> str:
        return self.entry
