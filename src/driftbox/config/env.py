"""Environment variables, typed and loud: a wrong value stops the start and says what to set."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class BadEnvironment(SystemExit):
    """An environment variable that cannot be used; the message says which and why."""


def text(name: str, default: str) -> str:
    """The variable ``name``, or ``default`` when it is not set or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """The variable ``name`` as yes (1) or no (0).

    Raises:
        BadEnvironment: any other value.
    """
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise BadEnvironment(f"{name} must be 0 or 1, not {value!r}")
    return default if not value else value == "1"


def choice(name: str, *allowed: str) -> str:
    """The variable ``name``, one of ``allowed``; the first of them when it is not set or empty.

    Raises:
        BadEnvironment: any other value.
    """
    value = text(name, allowed[0])
    if value not in allowed:
        raise BadEnvironment(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def home() -> Path:
    """The data folder ``DRIFTBOX_HOME``; ``var/data`` in the working folder when it is not set."""
    return Path(text("DRIFTBOX_HOME", "var/data")).absolute()


def database(url: str, folder: Path) -> dict[str, object]:
    """Django's database settings from ``DRIFTBOX_DATABASE_URL``; SQLite in ``folder`` when it is empty.

    Raises:
        BadEnvironment: the address is neither ``postgres://…`` nor ``sqlite:///path``.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        return _sqlite(Path(parts.path) if url else folder / "driftbox.sqlite3")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadEnvironment("DRIFTBOX_DATABASE_URL must start with postgres:// or sqlite:///")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
    }


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a write takes its lock at once instead of failing half-way
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def secret_key(folder: Path) -> str:
    """The key that signs sessions, kept in ``folder`` and made on first use; readable by its owner alone."""
    path = folder / "session.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
