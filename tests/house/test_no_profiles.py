"""Nobody who petitions is counted, ranked or listed: no row is kept per petitioner, and no question groups by one."""

import ast

import pytest
from django.apps import apps
from tests.house.walk import SOURCE, files, tree

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.petitions.queries import GROUPED, SUMMED, Annual

PERSONS = {
    "beneficiary", "applicant", "parties", "person", "by", "petitioner", "for_", "phone_index", "id_number_index",
}  # fmt: skip
COUNTING = {"annotate", "aggregate", "Count", "Sum", "Counter"}
PASSING = {"attempt", "otp"}  # tries at a door and one-time codes, by a blind index, for minutes
KEPT_OF_PEOPLE = {"PersonRow", "KeyRow", "Account", "FactorRow", "RecoveryRow", "AgentRow"}  # no figure of anybody


def strings_in(node):
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def groups_by_person(module):
    """Calls that both count and name a person's column, in one chain."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            names = {one.attr for one in ast.walk(node.func) if isinstance(one, ast.Attribute)}
            names |= {one.id for one in ast.walk(node.func) if isinstance(one, ast.Name)}
            if names & COUNTING and strings_in(node) & PERSONS:
                found.append(node.lineno)
    return found


def test_no_query_groups_or_counts_by_petitioner():
    assert {str(p.relative_to(SOURCE)): lines for p in files() if (lines := groups_by_person(tree(p)))} == {}


@pytest.mark.parametrize(
    "offence",
    ["CaseRow.objects.values('beneficiary').annotate(n=Count('pk'))", "Counter(getattr(r, 'applicant') for r in rows)"],
)
def test_such_a_query_would_be_noticed(offence):
    assert groups_by_person(ast.parse(offence))


def test_a_case_row_is_kept_per_case_and_holds_no_figure_of_a_person():
    assert CaseRow._meta.pk.name == "docket"
    numbers = {"trips", "contested", "second_asks", "opened", "touched", "tier", "pressed"}  # by whoever supervises
    found = {f.name for f in CaseRow._meta.concrete_fields if "Integer" in f.get_internal_type()}
    assert found == numbers


def test_no_table_counts_by_person():
    for model in apps.get_models():
        if not model.__module__.startswith("driftbox.") or model.__name__ in KEPT_OF_PEOPLE:
            continue
        unique = {f.name for f in model._meta.concrete_fields if f.unique or f.primary_key}
        assert not unique & PERSONS or model._meta.db_table in PASSING, model.__name__


def test_the_annual_report_names_no_person():
    assert set(GROUPED) | set(SUMMED) | {"year"} == set(Annual.__struct_fields__)
    assert not set(Annual.__struct_fields__) & PERSONS
