"""Signing a form: who may, what it ticks, and that papers are complete without a bag when nothing is left to bring."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CHEN, DAUGHTER, FATHER, LIN, STRANGER, TABLES, entry, key, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.effects import EFFECTS
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.form_entries import FormAsked, FormSigned
from driftbox.domain.docket.form_state import form_of, left_to_bring, signed_materials
from driftbox.domain.errors import Refused

TODAY = date(2026, 5, 13)
ERRAND = TABLES["errand"]
PAPER = "A" * 43
FORM = e.Item(code="aid_form", kind="form", count=3)
MANDATE = e.MandateGranted(principal=FATHER, agent=DAUGHTER, acts=("ask", "submit"), form="spoken")
PEOPLE = (FATHER, DAUGHTER, STRANGER, key(4))


def asked(signer):
    return FormAsked(form="aid", material="aid_form", signer=signer)


def signed(signer, others=0):
    return FormSigned(form="aid", material="aid_form", signer=signer, proof="signature", paper=PAPER, others=others)


def told(*items):
    """The case after a list of these items was told."""
    given_list = e.ChecklistGiven(items=items or (FORM, e.Item(code="id_card")), told=("voice",))
    return [*story(e.PartyNamed), entry(3, MANDATE, LIN, "clerk"), entry(4, given_list, LIN, "clerk")]


def after(log, *acts):
    docket = fold(log, TABLES)
    for number, (body, by, role) in enumerate(acts, start=50):
        check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
        docket = extend(docket, [entry(number, body, by, role)], TABLES)
    return docket


acts = st.one_of(
    st.builds(asked, st.sampled_from(PEOPLE)), st.builds(signed, st.sampled_from(PEOPLE), others=st.integers(0, 2))
)
roles = st.sampled_from(["resident", "helper", "member", "clerk", "agent"])


@given(st.lists(st.tuples(acts, st.sampled_from(PEOPLE), roles), max_size=8))
def test_what_is_let_through_folds_uncontested(tried):
    docket = fold(told(), TABLES)
    for number, (body, by, role) in enumerate(tried, start=50):
        try:
            check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
        except Refused:
            continue
        docket = extend(fork(docket), [entry(number, body, by, role)], TABLES)
        assert docket.contested == {}
    state = form_of(docket, "aid")
    assert state is None or len(set(state.signed)) == len(state.signed)


def test_it_is_complete_when_the_principal_and_all_others_have_signed():
    docket = after(told(), (signed(FATHER, others=1), FATHER, "resident"))
    assert signed_materials(docket) == frozenset()
    docket = after(told(), (asked(STRANGER), DAUGHTER, "helper"), (signed(FATHER, 1), FATHER, "resident"),
                   (signed(STRANGER), STRANGER, "member"))  # fmt: skip
    assert signed_materials(docket) == {"aid_form"}
    assert [item.code for item in left_to_bring(docket)] == ["id_card"]


def test_a_form_that_was_not_asked_for_is_not_signed():
    with pytest.raises(Refused, match="不要这张表"):
        after(told(e.Item(code="id_card")), (signed(FATHER), FATHER, "resident"))


def test_a_member_of_the_household_reaches_nothing_else():
    assert {arrow.kind for arrow in ERRAND.procedure.arrows if "member" in arrow.roles} == {"form.signed"}


def test_papers_are_complete_without_a_bag_only_when_nothing_is_left_to_bring():
    with pytest.raises(Refused, match="没有到"):
        after(told(), (e.MaterialsChecked(), CHEN, "agent"))
    docket = after(told(FORM), (signed(FATHER), FATHER, "resident"), (e.MaterialsChecked(), LIN, "clerk"))
    assert docket.stage == "checked"


def test_an_old_docket_folds_to_what_it_was():
    early = entry(60, e.MaterialsChecked(), CHEN, "agent")
    docket = fold([*told(), early], TABLES)
    assert docket.stage == "told"
    assert docket.contested[early.id].reason == "not_here"
    assert set(EFFECTS) >= {FormAsked, FormSigned}
