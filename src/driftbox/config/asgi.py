"""The ASGI entry point: signalling of calls only, under ``/ws``. Pages are served over WSGI (see ``wsgi``)."""

import os

import django
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driftbox.config.settings")
django.setup()
application = import_string("driftbox.web.video.routing.application")  # its rows need what was set up just now
