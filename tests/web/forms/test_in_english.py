"""Forms, bundles and lists are read in English without a Chinese word but names."""

import re
from datetime import date

import pytest
from tests.web.test_english import english, read, visitor  # noqa: F401 - fixtures of the pages' own test
from tools.messages import is_chinese

from driftbox.apps.errands.forms import token_for
from driftbox.apps.pack import current_pack

ASIDE = re.compile(r'data-(?:say|dictate|dictating)="([^"]*)"')
BUNDLES = sorted(current_pack().bundles)


def aside(page):
    return [words for words in ASIDE.findall(page) if is_chinese(words)]


@pytest.mark.parametrize("code", BUNDLES)
def test_a_bundle_reads_and_sounds_english(visitor, stage, code):  # noqa: F811 - pytest hands fixtures in by name
    query = "&".join(f"matter={one}" for one in current_pack().bundles[code].matters)
    address = f"/together/?bundle={code}&{query}&answer=someone_acts&answer=papers_kept"
    found = read(visitor, "/together/") + read(visitor, address)
    found += read(visitor, f"/together/start/?{query}") + read(visitor, "/together/?matter=XF-JUBAO&matter=MZ-DIBAO")
    found += read(visitor, "/matters/GA-SHENFEN/list/?large=1")
    assert found == []
    assert aside(visitor.get(address).text) == aside(visitor.get("/matters/MZ-DIBAO/").text) == []
    assert aside(visitor.get("/").text) == []


def test_forms_read_english_at_every_step(english, played, visitor):  # noqa: F811 - see above
    docket = played("form.asked")
    clerk, family = english("lin"), visitor
    session = family.session
    session["cases"] = [docket.id]
    session.save()
    found = []
    for client in (clerk, family):
        found += read(client, f"/forms/{docket.id}/") + read(client, f"/forms/{docket.id}/aid/")
        found += read(client, f"/forms/{docket.id}/aid/", proof="fingerprint")
        found += read(client, f"/forms/{docket.id}/aid/ask/", name="", phone="1")
    link = f"/sign/{token_for(docket.id, 'aid', docket.forms[0].asked[0], date.max)}/"
    found += read(family, link) + read(family, f"/track/{docket.id}/")
    session = family.session
    session["signs"] = [link.removeprefix("/sign/").removesuffix("/")]
    session.save()
    found += read(family, link) + read(family, link, proof="witness")
    assert [one for one in found if is_chinese(one[1].replace("沈阿妹", ""))] == []
