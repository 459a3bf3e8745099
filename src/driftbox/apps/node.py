"""This installation as a node: its keys, its store of papers, its text messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from driftbox.domain.log.entry import digest_of
from driftbox.gateways.keys import NodeKeys, load_keys
from driftbox.gateways.node_file import NodeConfig, read_node_config, write_node_config
from driftbox.gateways.ocr import Ocr, is_installed
from driftbox.gateways.octets import is_rehearsal
from driftbox.gateways.paper_parts import PartStore
from driftbox.gateways.paper_store import FolderStore, PaperStore
from driftbox.gateways.pdf import Pdf, TypstPdf
from driftbox.gateways.rounds import RoundsSolver
from driftbox.gateways.rounds import is_installed as has_pyvrp
from driftbox.gateways.sms import MemorySms, Sms

_silent: ContextVar[bool] = ContextVar("text messages go nowhere", default=False)


@cache
def _keys(home: Path) -> NodeKeys:
    return load_keys(home / "node")


def keys() -> NodeKeys:
    """The keys of this node, made on first use under ``DRIFTBOX_HOME/node``."""
    return _keys(settings.DRIFTBOX_HOME)


@cache
def _is_rehearsal(home: Path) -> bool:
    return is_rehearsal(home)


def node_config() -> NodeConfig:
    """What this node is: hub, station or post at sea, of which office, and which hub it meets."""
    return read_node_config(settings.DRIFTBOX_HOME / "node")


def keep_node_config(config: NodeConfig) -> None:
    """Write down what this node is from now on."""
    write_node_config(settings.DRIFTBOX_HOME / "node", config)


def sync_folder() -> Path:
    """Where bundles and their pieces lie until they are whole, under ``DRIFTBOX_HOME/sync``."""
    folder: Path = settings.DRIFTBOX_HOME / "sync"
    return folder


def paper_store() -> PaperStore:
    """Where sealed papers lie, under ``DRIFTBOX_HOME/papers``."""
    return FolderStore(settings.DRIFTBOX_HOME / "papers", hasty=_is_rehearsal(settings.DRIFTBOX_HOME))


def paper_parts(sender: str) -> PartStore:
    """Where papers of one sender lie that have not come whole yet, under ``DRIFTBOX_HOME/parts``."""
    return PartStore(settings.DRIFTBOX_HOME / "parts" / digest_of(sender.encode()))


def sms() -> Sms:
    """The gateway for text messages (setting ``DRIFTBOX_SMS``)."""
    if _silent.get():
        return MemorySms()
    gateway: Sms = import_string(settings.DRIFTBOX_SMS)()
    return gateway


@contextmanager
def silent_phones() -> Iterator[None]:
    """Inside, text messages are kept and go nowhere: nobody whom a simulation invents has a phone."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def can_read() -> bool:
    """Whether photographs can be read here: the extra ``ocr`` is installed, and the setting names a reader."""
    return bool(settings.DRIFTBOX_OCR) and is_installed()


def ocr() -> Ocr:
    """The reader of photographs (setting ``DRIFTBOX_OCR``); loading it takes a second. Ask ``can_read`` first."""
    reader: Ocr = import_string(settings.DRIFTBOX_OCR)()
    return reader


def pdf() -> Pdf:
    """Sets documents in type with the house's templates."""
    return TypstPdf()


def rounds_solver() -> RoundsSolver:
    """The solver of rounds: PyVRP, which takes a second to load; the plain one where it is not installed."""
    name = "rounds_pyvrp.PyvrpRounds" if has_pyvrp() else "rounds.PlainRounds"
    solver: RoundsSolver = import_string(f"driftbox.gateways.{name}")()
    return solver
