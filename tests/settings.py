"""Settings of the suite: the house's own, in a data folder that is thrown away, with quick password hashes."""

import os
import tempfile

os.environ["DRIFTBOX_HOME"] = tempfile.mkdtemp(prefix="driftbox-test-")
os.environ["DRIFTBOX_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's own thread

from driftbox.config.settings import *  # noqa: F403 - the environment must stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
