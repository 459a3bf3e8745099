"""``driftbox migrate`` and ``driftbox account``: prepare the database; make a staff account, reset a second factor."""

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.pack import current_pack
from driftbox.apps.people.actions import drop_factor, write_account
from driftbox.apps.people.queries import account_named
from driftbox.cli.clock_now import now
from driftbox.domain.errors import NotFound


def register(subparsers: Any) -> None:
    """Add the commands."""
    migrate = subparsers.add_parser("migrate", help="make or update the database")
    migrate.set_defaults(func=run_migrate)
    account = subparsers.add_parser("account", help="make a staff account (asks for the password), or reset one")
    account.add_argument("username")
    account.add_argument("--name")
    account.add_argument("--office", help="office code of the pack")
    account.add_argument("--role", action="append", help="clerk, director, agent, officer, crew …")
    account.add_argument("--phone", default="")
    account.add_argument("--reset-second-factor", action="store_true", help="take a lost second factor off an account")
    account.set_defaults(func=run_account, refuse=account.error)


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
    """Make one staff account, or reset its second factor; refuses an unknown office and a weak password."""
    if arguments.reset_second_factor:
        return _reset(arguments.username)
    if not (arguments.name and arguments.office and arguments.role):
        arguments.refuse("--name, --office, --role are needed to make an account")
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


def _reset(username: str) -> int:
    try:
        was_on = drop_factor(account_named(username).person)
    except NotFound:
        sys.stderr.write(f"没有这个工号 No such account: {username}\n")
        return 2
    said = "第二道验证去掉了 The second factor is off" if was_on else "本来就没有第二道验证 There was no second factor"
    sys.stdout.write(f"{said}: {username}\n")
    return 0
