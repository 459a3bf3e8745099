"""Settings of the suite: the house's own, in a data folder that is thrown away, with quick password hashes."""

import os
import tempfile
from pathlib import Path

os.environ["DRIFTBOX_HOME"] = tempfile.mkdtemp(prefix="driftbox-test-")
os.environ["DRIFTBOX_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's own thread

from driftbox.config.settings import *  # noqa: F403 - the environment must stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - see above
    # A file, as in the product: in the shared memory that Django would take, two who write at once wait for nobody.
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["DRIFTBOX_HOME"], "test.sqlite3")}  # noqa: F405 - see above
