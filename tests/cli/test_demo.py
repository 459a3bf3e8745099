"""The demo as ``./run demo`` opens it: filled and served from one start, and whole."""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest

TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')


@pytest.fixture
def demo(tmp_path):
    """The address of a demo without days behind it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DRIFTBOX_", "DJANGO_"))}
    home = clean | {"DRIFTBOX_HOME": str(tmp_path), "DRIFTBOX_DEMO": "1"}
    command = [sys.executable, "-m", "driftbox.cli.demo", port, "0"]
    with subprocess.Popen(command, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as served:
        for _try in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        served.terminate()


def test_who_opens_the_demo_can_sign_in_and_print_labels(demo):
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def page(path, **fields):
        ask = urllib.request.Request(f"{demo}{path}", headers={"Referer": f"{demo}{path}"})  # noqa: S310 - our own
        token = TOKEN.search(visitor.open(ask, timeout=60).read().decode())[1]
        return visitor.open(ask, urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode(), timeout=60)

    assert page("/in/staff/", username="hu", password="piaoliuxiang-demo").url.endswith("/desk/")
    assert page("/labels/", kind="parcel", count="3").read().startswith(b"%PDF")
