"""A running demonstration city and the browsers of the people in it."""
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.request

from playwright.sync_api import Page, sync_playwright

PASSWORD = "yichuang-2018"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FIRM = "91350100MADEM0054D"


class City:
    """The server in a temporary folder, on a free port of 127.0.0.1; gone when the test ends."""

    def __init__(self, binary):
        self.folder = tempfile.TemporaryDirectory(prefix="onewindow-browser-")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        subprocess.run([binary, "demo", "--data", self.folder.name], check=True, stderr=subprocess.DEVNULL)
        self.server = subprocess.Popen(
            [binary, "serve", "--data", self.folder.name, "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()

    def _wait(self):
        for _ in range(100):
            try:
                urllib.request.urlopen(self.home + "/health/live", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def close(self):
        self.server.terminate()
        assert self.server.wait(timeout=20) == 0, "a graceful stop exits 0"
        self.folder.cleanup()


class People:
    """Browsers, one context a person."""

    def __init__(self, city):
        self.city = city
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    def close(self):
        self.browser.close()
        self.playwright.stop()

    def page(self, width=1440, script=True, look=None) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        context.set_default_timeout(20_000)
        if look:
            context.add_cookies([{"name": "look", "value": look, "url": self.city.home}])
        return context.new_page()

    def sign_in(self, login, staff=False, **kind) -> Page:
        page = self.page(**kind)
        page.goto(self.city.home + ("/staff/sign-in" if staff else "/sign-in"))
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        press(page, page.locator("main button[type=submit]"))
        assert "sign-in" not in page.url, f"{login} is let in"
        return page


# Whether deeds are done by the keyboard alone in this walk.
KEYBOARD = False


def press(page, target):
    """Follows a link or sends a form and waits for the page that answers; by keyboard: focus and Enter."""
    if KEYBOARD:
        target.first.focus()
    with page.expect_navigation():
        if KEYBOARD:
            page.keyboard.press("Enter")
        else:
            target.first.click()


def choose(page, target):
    """Chooses a radio button or ticks a box; by keyboard: focus and space."""
    if KEYBOARD:
        target.focus()
        page.keyboard.press("Space")
        assert target.is_checked(), "space chooses"
    else:
        target.check(force=True)


def answer_all(page, scope):
    """Fills in what is still open, as somebody would who has everything at hand."""
    for group in page.locator(f"{scope} fieldset").all():
        for kind in ("radio", "checkbox"):
            options = group.locator(f"input[type={kind}]").all()
            if options and not any(option.is_checked() for option in options):
                choose(page, options[0])
    for box in page.locator(f"{scope} input[type=checkbox]:visible").all():
        if not box.is_checked() and box.get_attribute("value") == "yes":
            choose(page, box)
    fields = f"{scope} input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), {scope} textarea"
    for field in page.locator(fields).all():
        if field.is_visible() and not field.input_value():
            field.fill(sample(page, field))
    for choice in page.locator(f"{scope} select").all():
        if not choice.input_value():
            choice.select_option(index=1)
    for upload in page.locator(f"{scope} input[type=file]").all():
        upload.set_input_files({"name": "材料.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 sample"})


def sample(page, field):
    label = page.locator(f'label[for="{field.get_attribute("id")}"]').first
    text = label.inner_text() if label.count() else ""
    for words, value in [
        (r"日期|date", "2026-12-01"), (r"代码|credit code", FIRM), (r"电话|手机|phone|[Mm]obile", "13800000002"),
        (r"身份证|identity", "350102188501010019"), (r"人数|（年）|\(年\)|年限|number of|years", "2"),
    ]:
        if re.search(words, text):
            return value
    return "示例内容"
