"""A phone in the hand: its browser with a folder of its own, so that it can be closed and opened again."""

import re

from tests.journeys.conftest import FLAGS, PHONE

PIN = "271828"


class Pocket:
    """One phone. ``open`` starts its browser again, as it was left; ``cut`` takes the signal away."""

    def __init__(self, browser_type, path, folder, url):
        self._type, self._path, self._folder, self._url = browser_type, path, folder, url
        self.context = self.page = None
        self.errors = []

    def open(self, *, script="", goto=True):
        self.context = self._type.launch_persistent_context(
            self._folder, executable_path=self._path, args=FLAGS, viewport=PHONE, locale="zh-CN", base_url=self._url
        )
        self.context.set_default_timeout(10_000)
        if script:
            self.context.add_init_script(script)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        if goto:
            self.page.goto("/pocket/app/")
        return self.page

    def close(self):
        if self.context:
            self.context.close()
        self.context = None

    def cut(self, *, off=True):
        self.context.set_offline(off)

    def sign_in(self, who):
        page = self.page
        page.goto("/in/staff/?next=/pocket/app/")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", "piaoliuxiang-test")
        page.click("main button, .enter button")
        page.wait_for_url(re.compile("/pocket/app/"))
        return page

    def enrol(self, pin=PIN):
        page = self.page
        page.fill("#pin", pin)
        page.fill("#again", pin)
        page.click("button.go")
        page.wait_for_selector("body[data-sheet^='20']")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return page

    def unlock(self, pin=PIN):
        self.page.fill("#pin", pin)
        self.page.click("button.go")
        self.page.wait_for_selector("aside.offline")
        return self.page

    def met(self):
        self.page.wait_for_selector("aside.offline[data-kept='0'][data-papers='0']")

    def kept(self):
        return int(self.page.locator("aside.offline").get_attribute("data-kept"))

    def keeps(self, n):
        self.page.wait_for_selector(f"aside.offline[data-kept='{n}']")

    def act(self, kind):
        """The form of an act, unfolded."""
        form = self.page.locator(f"section[data-kind='{kind}']")
        form.wait_for(state="attached")
        if not form.is_visible():
            self.page.locator("details", has=form).locator("summary").first.click()
        return form


def draw(page, pad):
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 30, steps=5)
    page.mouse.up()
