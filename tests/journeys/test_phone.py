"""A day at sea with a phone: load, no signal, work, close, open again, come home; everything arrives once."""

import io
import os
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from tests.journeys.phones import Pocket, draw

from driftbox.apps.custody.queries import load_box
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.night_call import play
from driftbox.apps.eventlog.models import EntryRow, NodeRow, QuarantineRow
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.phones.models import IntakeRow
from driftbox.apps.sync.intake import revoke
from driftbox.domain.log.ids import millis
from driftbox.web.phone import shell

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def played_until(stage, kind):
    """The story up to this kind of entry, begun so long ago that all of it is over by today."""
    stage.start -= timedelta(days=40)
    for scene in play(stage):
        if any(moment.kind == kind for moment in scene.docket.moments):
            return scene.docket
    raise AssertionError(kind)


@pytest.fixture
def a_phone(chromium, harbour, tmp_path):
    """Hand out phones, each with a store of its own."""
    made, path = [], os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

    def fresh(name="phone"):
        pocket = Pocket(chromium.browser_type, path, tmp_path / name, harbour[0].url)
        made.append(pocket)
        pocket.open(goto=False)
        return pocket

    yield fresh
    for pocket in made:
        pocket.close()
    assert [error for pocket in made for error in pocket.errors] == []


def a_photo(tmp_path):
    path, exif = tmp_path / "photo.jpg", Image.Exif()
    exif[0x010F] = "Camera maker"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(path, "JPEG", exif=exif, quality=95)
    return path


def at_the_case(phone, docket):
    """The phone of chen, enrolled, without signal, with this case open."""
    phone.sign_in("chen")
    phone.enrol()
    phone.cut()
    phone.page.goto(f"/pocket/app/#case/{docket.id}")
    phone.page.locator("section[data-kind]").first.wait_for(state="attached")


def note(phone, words):
    form = phone.act("note.written")
    form.locator("textarea").fill(words)
    form.locator("button.go").click()


def hand_over(phone, tmp_path):
    """A photograph, and the delivery with a drawn signature."""
    photo = phone.act("photo")
    photo.locator("input[type=file]").set_input_files(a_photo(tmp_path))
    photo.locator("img.shot").wait_for()
    photo.locator("button.go").click()
    phone.keeps(1)
    door = phone.act("result.delivered")
    draw(phone.page, door.locator(".pad"))
    door.locator("#f-signed").fill("周大海")
    door.locator("button.go").click()
    phone.page.wait_for_selector("aside.offline:not([data-kept='1'])")


def something_new(phone):
    page = phone.page
    page.locator("a[data-tab=intake]").click()
    page.select_option("#f-matter", "MZ-DIBAO")
    page.fill("#f-words", "老伴走了，一个人过日子，问问低保。")
    page.fill("#f-name", "何阿婆")
    page.locator("button.go").click()
    page.locator("section.act-form").wait_for(state="detached")


def test_a_day_at_sea_arrives_whole_and_once(a_phone, harbour, tmp_path):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    hand_over(phone, tmp_path)
    kept = phone.kept()
    something_new(phone)
    phone.close()
    phone.open(goto=False)
    phone.cut()
    phone.page.goto("/pocket/app/")
    phone.unlock()
    phone.keeps(kept + 1)
    phone.cut(off=False)
    phone.page.evaluate("() => { dispatchEvent(new Event('online')); }")
    phone.met()
    again = phone.page.evaluate(
        "async () => (await driftboxSend.send((await driftboxStore.shared.all('people'))[0].person, {})).state"
    )
    assert again in {"met", "busy"}
    assert load(docket.id).docket.stage == "delivered"
    assert not load(docket.id).docket.contested
    assert verify_docket(docket.id) == []
    node = NodeRow.objects.get(role="phone").name
    ids = Counter(EntryRow.objects.filter(node=node).values_list("id", flat=True))
    assert set(ids.values()) == {1}
    assert sum(ids.values()) == kept
    intake = IntakeRow.objects.get()
    assert CaseRow.objects.get(pk=intake.docket).number == intake.number
    as_it_was_taken(docket)


def as_it_was_taken(docket):
    entries = entries_of(docket.id)
    delivered = next(one for one in entries if one.kind == "result.delivered")
    assert open_paper(docket.id, delivered.body.picture).media_type == "image/svg+xml"
    assert open_paper(docket.id, delivered.body.paper).content.decode() == "周大海"
    shot = next(one for one in entries if one.kind == "note.written" and one.body.about == "photograph")
    with Image.open(io.BytesIO(open_paper(docket.id, shot.body.paper).content)) as picture:
        assert max(picture.size) == 1600
        assert not picture.getexif()


def test_a_bag_is_scanned_collected_opened_and_counted_without_signal(a_phone, harbour):
    docket = played_until(harbour[1], "parcel.landed")
    phone = a_phone()
    at_the_case(phone, docket)
    bag = next(iter(docket.parcels.values()))
    out = phone.act("parcel.collected")
    out.locator("#scan-typed").fill(bag.seal.lower())
    out.locator("#scan-typed").press("Tab")
    out.locator(f"input[value='{bag.id}']:checked").wait_for()
    out.locator("input[value=intact]").check()
    out.locator("button.go").click()
    phone.keeps(2)
    phone.act("parcel.opened").locator("button.go").click()
    phone.keeps(3)
    count = phone.act("materials.counted")
    for tick in count.locator("[data-field=found] input").all():
        tick.check()
    count.locator("button.go").click()
    phone.keeps(4)
    phone.cut(off=False)
    phone.page.evaluate("() => { dispatchEvent(new Event('online')); }")
    phone.met()
    state = load(docket.id).docket
    assert state.stage == "counted"
    assert not state.contested
    assert state.parcels[bag.id].shortage() == ()
    assert bag.id not in load_box(bag.box).parcels


def test_a_phone_that_dies_in_mid_form_has_every_word(a_phone, harbour):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    phone.act("note.written").locator("textarea").fill("写到一半")
    phone.page.wait_for_timeout(300)
    phone.close()
    phone.open(goto=False)
    phone.cut()
    phone.page.goto("/pocket/app/")
    phone.unlock()
    phone.page.locator(f"a[href='#case/{docket.id}']").click()
    assert phone.act("note.written").locator("textarea").input_value() == "写到一半"


def test_two_people_on_one_phone_never_see_or_send_each_other_s_work(a_phone, harbour):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    note(phone, "陈海燕的话")
    phone.keeps(1)
    phone.cut(off=False)
    phone.context.clear_cookies()
    phone.sign_in("hu")
    phone.enrol("314159")
    phone.page.wait_for_selector("aside.offline[data-kept='0']")
    assert "记了一笔" not in phone.page.locator("body").inner_text()
    theirs = phone.page.evaluate("""async () => {
      const mine = (await driftboxSend.hello(null, 0)).person;
      const other = (await driftboxStore.shared.all("people")).find((one) => one.person !== mine).person;
      return (await driftboxSend.send(other, {})).state;
    }""")
    assert theirs == "somebody_else"
    assert not EntryRow.objects.filter(node__in=NodeRow.objects.filter(role="phone").values("name")).exists()
    phone.page.goto("/pocket/app/")
    phone.page.fill("#pin", "271828")
    phone.page.click("button.go")
    phone.page.get_by_text("数字不对").wait_for()


def test_what_was_refused_is_shown_with_who_can_mend_it_and_survives(a_phone, harbour):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    note(phone, "手机丢了以后才写的")
    phone.keeps(1)
    now = datetime.now(UTC)  # noqa: TID251 - the pages read the real clock
    revoke(NodeRow.objects.get(role="phone").name, since=now, now=now)
    phone.cut(off=False)
    phone.page.evaluate("() => { dispatchEvent(new Event('online')); }")
    for _again in range(2):
        phone.page.locator("aside.offline a[href='#mine']").wait_for(state="attached")
        phone.page.goto("/pocket/app/#mine")
        phone.page.locator("#refused").get_by_text("停用").wait_for()
        assert phone.page.locator("#refused").get_by_text("请站长来定").is_visible()
        phone.close()
        phone.open()
        phone.unlock()
    assert QuarantineRow.objects.get().code == "revoked_signer"


def test_a_clock_a_day_ahead_is_measured_and_set_right_before_anybody_sees_it(a_phone, harbour):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    phone.close()
    phone.open(script="const real = Date.now; Date.now = () => real() + 86400000;", goto=False)
    phone.cut()
    phone.page.goto(f"/pocket/app/#case/{docket.id}")
    phone.unlock()
    note(phone, "钟快了一天")
    phone.keeps(1)
    phone.cut(off=False)
    phone.page.evaluate("() => { dispatchEvent(new Event('online')); }")
    phone.met()
    assert phone.page.get_by_text("手机的钟快了").is_visible()
    last = entries_of(docket.id)[-1]
    assert abs(last.happened_ms - millis(datetime.now(UTC))) < 120_000  # noqa: TID251 - the pages read the real clock


def test_a_store_that_was_cleared_is_told_honestly(a_phone, harbour):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    at_the_case(phone, docket)
    phone.cut(off=False)
    note(phone, "交上去的")
    phone.page.locator("ol.docket").get_by_text("站里收到了").wait_for()
    phone.page.evaluate("""async () => {
      for (const {name} of await indexedDB.databases()) indexedDB.deleteDatabase(name);
      for (const name of await caches.keys()) await caches.delete(name);
    }""")
    phone.page.goto("/pocket/app/")
    phone.page.locator("#before").get_by_text("站里收到过 1 条").wait_for()


def test_a_new_version_waits_and_takes_no_open_draft(a_phone, harbour, monkeypatch):
    docket = played_until(harbour[1], "result.collected")
    phone = a_phone()
    phone.sign_in("chen")
    phone.enrol()
    phone.page.reload()
    phone.unlock()
    phone.page.goto(f"/pocket/app/#case/{docket.id}")
    phone.act("note.written").locator("textarea").fill("旧版里写的")
    monkeypatch.setattr(shell, "version", lambda: "a-newer-one")
    phone.page.evaluate(
        "() => navigator.serviceWorker.getRegistration('/pocket/app/').then((one) => one.update()).then(() => true)"
    )
    phone.page.locator("#new-version button").wait_for()
    assert phone.act("note.written").locator("textarea").input_value() == "旧版里写的"
    phone.page.locator("#new-version button").click()
    phone.page.locator("#pin").wait_for()
    phone.unlock()
    assert phone.act("note.written").locator("textarea").input_value() == "旧版里写的"
