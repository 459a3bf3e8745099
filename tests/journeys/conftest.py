"""A real Chromium. Without one the journeys say so and do not run; in CI that is a failure."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.triggers import guard, lift

from driftbox.apps.errands.night_call import set_stage
from driftbox.apps.eventlog.actions import enrol_self

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


def chromium_path():
    """Where the browser is."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    path = named or (MAC_CHROME if MAC_CHROME.exists() else None)
    if path is None:
        assert not os.environ.get("CI"), "Chromium is missing; install it so that the journeys can run"
        pytest.skip("Chromium is missing; install it so that the journeys can run")
    return path


@pytest.fixture(scope="session")
def chromium():
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def harbour(transactional_db, live_server):
    """A running house with staff and one empty box at its pier."""
    guard()
    now = datetime.now(UTC)  # noqa: TID251 - the pages read the real clock, so the stage must be set by it
    enrol_self(now)
    yield live_server, set_stage(now, password="piaoliuxiang-test")
    lift()


@pytest.fixture
def visit(chromium, harbour):
    """Open a fresh visitor: ``visit(viewport, script=…, language=…, elder=…)`` returns their page."""
    contexts = []

    def fresh(viewport, *, script=True, language="zh-CN", elder=False):
        context = chromium.new_context(
            viewport=viewport, java_script_enabled=script, locale=language, base_url=harbour[0].url, bypass_csp=True
        )
        context.set_default_timeout(10_000)
        if elder:
            context.add_cookies([{"name": "driftbox_mode", "value": "elder", "url": harbour[0].url}])
        contexts.append(context)
        return context.new_page()

    yield fresh
    for context in contexts:
        context.close()
