"""The independent judge of what we export: the published JSON schema of EPCIS 2.0, with formats checked."""

import json

import pytest
from jsonschema import Draft7Validator, FormatChecker
from tools.epcis_schema import MISSING, SCHEMA, is_here


def judge() -> Draft7Validator:
    """The validator. Without network the schema cannot be had: then the test says so and does not run."""
    if not is_here():
        pytest.skip(MISSING)
    return Draft7Validator(json.loads(SCHEMA.read_text()), format_checker=FormatChecker())


def faults(validator: Draft7Validator, document: object) -> list[str]:
    """What the schema says against ``document``; it must have been through JSON."""
    return [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in validator.iter_errors(document)]
