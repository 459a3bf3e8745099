"""``driftbox migrate`` and ``driftbox account``: prepare the database, make a staff account."""

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.pack import current_pack
from driftbox.apps.people.actions import write_account
from driftbox.cli.clock_now import now


def register(subparsers: Any) -> None:
    """Add the commands."""
    migrate = subparsers.add_parser("migrate", help="make or update the database")
    migrate.set_defaults(func=run_migrate)
    account = subparsers.add_parser("account", help="make a staff account; asks for the password")
    account.add_argument("username")
    account.add_argument("--name", required=True)
    account.add_argument("--office", required=True, help="office code of the pack")
    account.add_argument("--role", action="append", required=True, help="clerk, director, agent, officer, crew …")
    account.add_argument("--phone", default="")
    account.set_defaults(func=run_account)


def prepare() -> None:
    """Bring the database up to date, and enrol this node with itself."""
    call_command("migrate", verbosity=0, interactive=False)
    enrol_self(now())


def run_migrate(_arguments: argparse.Namespace) -> int:
    """Make or update the database."""
    prepare()
    sys.stdout.write("数据库好了 The database is ready.\n")
    return 0


def run_account(arguments: argparse.Namespace) -> int:
    """Make one staff account; refuses an unknown office and a weak password."""
    if arguments.office not in current_pack().offices:
        sys.stderr.write(f"没有这个机构 No such office: {arguments.office}\n")
        return 2
    password = getpass.getpass("密码 Password: ")
    try:
        validate_password(password)
    except ValidationError as weak:
        sys.stderr.write(" ".join(weak.messages) + "\n")
        return 2
    write_account(
        arguments.username, password, name=arguments.name, office=arguments.office, roles=arguments.role,
        kind="", phone=arguments.phone, now=now(),
    )  # fmt: skip
    return 0
