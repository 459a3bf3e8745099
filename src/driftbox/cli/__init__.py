"""Storey 4, the command line: one file per command. Django starts here, before any command imports its models."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driftbox.config.settings")
django.setup()
