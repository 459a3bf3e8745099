"""``driftbox node``: make a node, let it in, carry bundles as files or over the network, see how it stands."""

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec

from driftbox.apps.directory.enrolling import application, enrol, enrol_code
from driftbox.apps.figures.actions import recount
from driftbox.apps.node import keep_node_config, keys, node_config
from driftbox.apps.sync.files import take_file, write_file
from driftbox.apps.sync.intake import join, revoke
from driftbox.apps.sync.meeting import meet
from driftbox.apps.sync.peers import node_row
from driftbox.apps.sync.queries import PeerLine, Standing, standing
from driftbox.apps.sync.rebuilding import rebuild_all
from driftbox.apps.sync.taking import Outcome
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.log.entry import encode64, moment_text
from driftbox.gateways.node_file import NodeConfig
from driftbox.gateways.peer_wire import knock
from driftbox.gateways.sentences import sentence_of

ROLES = ("station", "sea-post")


def register(subparsers: Any) -> None:
    """Add the commands."""
    node = subparsers.add_parser("node", help="nodes: make one, let it in, meet, carry bundles as files")
    commands = node.add_subparsers(required=True, metavar="WHAT")
    _register_joining(commands)
    show = commands.add_parser("show", help="keys, what it holds, what it waits for, whom it met when")
    show.add_argument("--json", action="store_true")
    show.set_defaults(func=run_show)
    export = commands.add_parser("export", help="write everything that another node lacks to a file only it can open")
    export.add_argument("peer", help="name of the node, or how it begins")
    export.add_argument("file", type=Path)
    export.add_argument("--piece-bytes", type=int, default=0, help="cut in pieces of this size: FILE.001, FILE.002 …")
    export.set_defaults(func=run_export)
    taken = commands.add_parser("import", help="take in bundles, or pieces of them in any order")
    taken.add_argument("files", type=Path, nargs="+", metavar="FILE")
    taken.set_defaults(func=run_import)
    sync = commands.add_parser("sync", help="meet the hub over the network; goes on where the line was cut")
    sync.add_argument("url", nargs="?", default="", metavar="URL", help="of the hub; where this node was let in")
    sync.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
    sync.set_defaults(func=run_sync)
    rebuild = commands.add_parser("rebuild", help="make every list anew from the log; what was not sent yet is kept")
    rebuild.set_defaults(func=run_rebuild)
    revoked = commands.add_parser("revoke", help="on the hub: believe a node no longer from now on")
    revoked.add_argument("node")
    revoked.set_defaults(func=run_revoke)


def _register_joining(commands: Any) -> None:
    init = commands.add_parser("init", help="make this DRIFTBOX_HOME a station or a post at sea")
    init.add_argument("--role", choices=ROLES, required=True)
    init.add_argument("--hub", metavar="URL", help="address of the hub, as https://hub.example.cn")
    init.add_argument("--code", help="one-time code of the hub")
    init.add_argument("--request", type=Path, help="write what the hub has to be shown to this file")
    init.set_defaults(func=run_init)
    code = commands.add_parser("code", help="on the hub: a one-time code for a new node")
    code.add_argument("--role", choices=ROLES, required=True)
    code.add_argument("--office", required=True, help="office code of the pack")
    code.set_defaults(func=run_code)
    let_in = commands.add_parser("enrol", help="on the hub: let in the node behind a request file")
    let_in.add_argument("request", type=Path)
    let_in.add_argument("answer", type=Path, help="write the answer for that node to this file")
    let_in.add_argument("--code", required=True)
    let_in.set_defaults(func=run_enrol)
    joined = commands.add_parser("join", help="on the new node: take the answer of the hub")
    joined.add_argument("answer", type=Path)
    joined.add_argument("--code", required=True)
    joined.set_defaults(func=run_join)


def run_init(arguments: argparse.Namespace) -> int:
    """Make the keys and the database of a new node, and let it in by a code, or write what the hub has to be shown."""
    _require_new()
    prepare()
    if arguments.hub and arguments.code:
        told = {"code": arguments.code, "request": encode64(application(keys()))}
        return join_with(arguments.code, knock(arguments.hub, "/sync/enrol", msgspec.json.encode(told)), arguments.hub)
    if arguments.request is None:
        raise Refused("how_to_join", "还没说怎么登记。请给 --hub 和 --code，或者用 --request 写一个申请文件带去总站。")
    arguments.request.write_bytes(application(keys()))
    sys.stdout.write(f"{keys().node}\n申请写好了，带去总站 The request for the hub: {arguments.request}\n")
    return 0


def _require_new() -> None:
    config = node_config()
    if config.role != "hub":
        raise Refused("joined_already", "本机已经是{role}了，什么都没变。", role=config.role)


def run_code(arguments: argparse.Namespace) -> int:
    """Make a one-time code."""
    prepare()
    sys.stdout.write(f"{enrol_code(arguments.role, arguments.office, now=now())}\n")
    return 0


def run_enrol(arguments: argparse.Namespace) -> int:
    """Let in the node behind a request."""
    prepare()
    arguments.answer.write_bytes(enrol(arguments.code, arguments.request.read_bytes(), now=now()))
    sys.stdout.write(f"登记好了，把回复带回去 Enrolled; the answer for that node: {arguments.answer}\n")
    return 0


def run_join(arguments: argparse.Namespace) -> int:
    """Take the answer of the hub."""
    prepare()
    return join_with(arguments.code, arguments.answer.read_bytes(), "")


def join_with(code: str, answer: bytes, url: str) -> int:
    """Become what the hub's answer says, and write it down."""
    joined = join(code, answer, now=now())
    told = {"role": joined.role, "office": joined.office, "hub": joined.hub, "url": url}
    keep_node_config(msgspec.convert(told, NodeConfig))
    sys.stdout.write(f"本机现在是 This node is now: {joined.role} {joined.office}\n总站 Hub: {joined.hub}\n")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Say how this node stands."""
    prepare()
    found = standing(now())
    sys.stdout.write(msgspec.json.encode(found).decode() + "\n" if arguments.json else _told(found))
    return 0


def _told(found: Standing) -> str:
    lines = [
        f"{found.node}  {found.role} {found.office}",
        f"名录 Directory: {found.directory}{'  旧了 old' if found.directory_old else ''}",
        f"存着 Holds: {found.entries} 条 entries, {found.dockets} 卷 dockets, {found.cases} 件事 cases",
        f"等着 Waits for: {found.papers_missing} 份材料 papers ({found.papers_missing_bytes} B)",
        f"  {found.waiting} 条等前一条 entries for their cause, {found.quarantined} 条待看 in quarantine",
    ]
    lines += [f"警报 Alarms: {found.alarms}"] if found.alarms else []
    return "\n".join(lines + [_peer(peer) for peer in found.peers]) + "\n"


def _peer(peer: PeerLine) -> str:
    offset = "?" if peer.offset_ms is None else f"{peer.offset_ms / 1000:+.1f} s"
    met = moment_text(peer.met) if peer.met else "—"
    gone = "  已吊销 revoked" if peer.revoked else ""
    first = f"· {peer.node}  {peer.role} {peer.office}  上次见面 last met {met}  钟差 clock {offset}"
    return f"{first}  待送 to send ≤ {peer.unsent}  对方没收 refused {peer.refused}{gone}"


def run_export(arguments: argparse.Namespace) -> int:
    """Write a bundle."""
    prepare()
    try:
        written = write_file(arguments.peer, arguments.file, piece_bytes=arguments.piece_bytes, now=now())
    except OSError as fault:
        sys.stderr.write(f"写不了，什么都没丢 Cannot write, nothing was lost: {fault}\n")
        return 2
    made = written.made
    for path, size in written.files:
        sys.stdout.write(f"{path}  {size} B\n")
    sys.stdout.write(f"{made.entries} 条 entries · {made.papers} 份材料 papers · 给 for {made.peer}\n")
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Take in files one after the other; what one of them refuses does not keep the others out."""
    prepare()
    wrong = 0
    for path in arguments.files:
        try:
            took = take_file(path, now=now())
        except (DriftboxError, OSError) as refusal:
            wrong += 1
            said = sentence_of(refusal) if isinstance(refusal, DriftboxError) else str(refusal)
            sys.stderr.write(f"{path}: {said}\n")
            continue
        sys.stdout.write(f"{path}: {_came(took.outcome) if took.outcome else _still(took.missing)}\n")
    return 2 if wrong else 0


def _came(outcome: Outcome) -> str:
    if outcome.again:
        return "以前收过了 known already"
    return (
        f"新 new {outcome.new} · 已有 known {outcome.known} · 待看 quarantined {outcome.quarantined} · "
        f"等前一条 waiting {outcome.waiting} · 材料 papers {outcome.papers}"
    )


def _still(missing: tuple[int, ...]) -> str:
    some = ", ".join(f"{index + 1:03d}" for index in missing[:8])
    return f"收下了，还差 kept, still missing: {some}{' …' if len(missing) > 8 else ''}"  # noqa: PLR2004 - see the slice


def run_sync(arguments: argparse.Namespace) -> int:
    """Meet the hub."""
    prepare()
    met = meet(arguments.url, clock=now, say=_silent if arguments.quiet else _progress)
    if arguments.quiet:
        return 0
    sys.stdout.write(f"收到 came: {_came(met.came)}\n送出 gone: {_came(met.gone)}\n")
    sys.stdout.write(
        f"材料 papers: 收 in {met.papers_in}, 送 out {met.papers_out} · 字节 bytes: {met.sent} ↑ {met.received} ↓ · "
        f"钟差 clock {met.offset_ms / 1000:+.1f} s\n"
    )
    return 0


def _silent(_what: str, _have: int, _size: int) -> None:
    pass


def _progress(what: str, have: int, size: int) -> None:
    sys.stderr.write(f"{what} {have}/{size}\n")


def run_revoke(arguments: argparse.Namespace) -> int:
    """Believe a node no longer."""
    prepare()
    name, moment = node_row(arguments.node).name, now()
    revoke(name, since=moment, now=moment)
    sys.stdout.write(f"{name}\n从现在起不再认它。What it records from now on waits in quarantine.\n")
    return 0


def run_rebuild(_arguments: argparse.Namespace) -> int:
    """Make every list anew; everything that waits for somebody stays."""
    prepare()
    done = rebuild_all(now=now(), say=lambda count: _progress("rebuild", count, 0))
    recount()
    waiting = standing(now())
    sys.stdout.write(
        f"重算了 {done.dockets} 卷，还等 {done.papers} 份材料 "
        f"Rebuilt {done.dockets} dockets, {done.papers} papers awaited\n"
        f"没送出的都在 Kept: {waiting.waiting} 条等前一条 waiting, {waiting.quarantined} 条待看 in quarantine\n"
    )
    return 0
