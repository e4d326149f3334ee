"""A running demonstration city and the browsers of the people in it."""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from playwright.sync_api import Page, sync_playwright

PASSWORD = "yichuang-2018"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
FIRM = "91350100MADEM0054D"


# When the demonstration was filled in whose copies cities with a clock of their own begin: before the first of them.
FILLED = "2026-11-06T09:00"
filled = {}


def demonstration(binary, clock):
    """The folder of a demonstration, filled once and copied by every city of its kind, since filling takes longer."""
    if clock not in filled:
        filled[clock] = tempfile.TemporaryDirectory(prefix="onewindow-filled-")
        subprocess.run(
            [binary, "demo", "--data", filled[clock].name], check=True, stderr=subprocess.DEVNULL,
            env={**os.environ, **({"ONEWINDOW_DEMO_CLOCK": clock} if clock else {})})
    return filled[clock].name


class City:
    """The server in a temporary folder, on a free port of 127.0.0.1; gone when the test ends. A clock of its own (`clock`) goes
    on from there, so that halls are open whenever the test runs; `settings` are further ones of its environment."""

    def __init__(self, binary, clock=None, settings=None):
        self.settings = {**(settings or {}), **({"ONEWINDOW_DEMO_CLOCK": clock} if clock else {})}
        self.folder = tempfile.TemporaryDirectory(prefix="onewindow-browser-")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        self.binary = binary
        shutil.copytree(demonstration(binary, FILLED if clock else None), self.folder.name, dirs_exist_ok=True)
        self._serve()

    def _environment(self):
        return {**os.environ, **self.settings}

    def _serve(self):
        self.server = subprocess.Popen(
            [self.binary, "serve", "--data", self.folder.name, "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self._environment())
        self._wait()

    def go_on_at(self, clock):
        """The same city at a later time: the server stops, and starts with its clock there."""
        self.server.terminate()
        assert self.server.wait(timeout=20) == 0, "a graceful stop exits 0"
        self.settings["ONEWINDOW_DEMO_CLOCK"] = clock
        self._serve()

    def go_on_with(self, settings):
        """The same city under further settings."""
        self.server.terminate()
        assert self.server.wait(timeout=20) == 0, "a graceful stop exits 0"
        self.settings.update(settings)
        self._serve()

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
    """Browsers, one context a person; those of another city beside share the program."""

    def __init__(self, city, beside=None):
        self.city = city
        # Pages that other walks left behind, worth a look: (who, path).
        self.cases = []
        # Every kind of page, once it was looked for.
        self.scenes = []
        if beside:
            self.playwright, self.browser = None, beside.browser
            return
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    def close(self):
        if self.playwright:
            self.browser.close()
            self.playwright.stop()

    def page(self, width=1440, script=True, look=None) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        context.set_default_timeout(60_000)
        if look:
            context.add_cookies([{"name": "look", "value": look, "url": self.city.home}])
        return context.new_page()

    def sign_in(self, login, staff=False, **kind) -> Page:
        page = self.page(**kind)
        page.goto(self.city.home + ("/staff/sign-in" if staff else "/sign-in"))
        if KEYBOARD:
            skip_link_comes_first(page)
        write(page, page.locator("[name=login]"), login)
        write(page, page.locator("[name=password]"), PASSWORD)
        press(page, page.locator("main button[type=submit]"))
        assert "sign-in" not in page.url, f"{login} is let in"
        return page


def in_a_city(binary, clock, beside, walk):
    """A walk in a city of its own with a clock of its own."""
    place = City(binary, clock)
    people = People(place, beside)
    try:
        walk(people)
    finally:
        people.close()
        place.close()


# Whether deeds are done by the keyboard alone in this walk, and who looks at every stop of the Tab key then.
KEYBOARD = False
WATCH = None
# LIMIT: presses of Tab until something has the focus; more means that it cannot be reached.
TABS_MAX = 300
IS_FOCUSED = "element => document.activeElement === element"
IN_GROUP = """element => document.activeElement?.type === "radio" && document.activeElement.name === element.name
    && document.activeElement.form === element.form"""
# Whether whoever looks sees where the focus is: at the element, its label or what stands for it.
SHOWS_FOCUS = """element => {
    const shows = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        || style.boxShadow !== "none";
    const places = [element, element.nextElementSibling, element.parentElement, ...(element.labels ?? [])];
    return places.some(place => place && [null, "::before", "::after"].some(part => shows(getComputedStyle(place, part))));
}"""


def tab_to(page, target, reached=IS_FOCUSED):
    """Presses Tab until the target has the focus, as somebody without a mouse would; it must be seen there."""
    element = target.first.element_handle()
    for _ in range(TABS_MAX):
        if WATCH:
            WATCH(page)
        if page.evaluate(reached, element):
            assert page.evaluate(SHOWS_FOCUS, page.evaluate_handle("document.activeElement")), \
                f"the focus is not seen at {element.evaluate('element => element.outerHTML')[:200]}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {element.evaluate('element => element.outerHTML')[:200]} on {page.url}")


def skip_link_comes_first(page):
    """The first Tab on a fresh page offers to skip what stands on every page."""
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href') ?? ''")
    assert first.startswith("#"), f"the first stop is {first or 'no link'}, not the skip link"


def press(page, target):
    """Follows a link or sends a form and waits for the page that answers; by keyboard: Tab and Enter."""
    if KEYBOARD:
        tab_to(page, target)
    with page.expect_navigation():
        if KEYBOARD:
            page.keyboard.press("Enter")
        else:
            target.first.click()


def choose(page, target):
    """Chooses a radio button or ticks a box; by keyboard: Tab, then the arrows or the space bar."""
    if not KEYBOARD:
        target.check(force=True)
        return
    if target.get_attribute("type") == "radio":
        tab_to(page, target, IN_GROUP)
        page.keyboard.press("Space")
        for _ in range(30):
            if target.is_checked():
                break
            page.keyboard.press("ArrowDown")
    else:
        tab_to(page, target)
        page.keyboard.press("Space")
    assert target.is_checked(), "the keyboard chooses"


def write(page, field, text):
    """Writes into a field; by keyboard: Tab and type. A date's parts are typed by the browser's own rules, so it is filled."""
    if KEYBOARD:
        tab_to(page, field)
    if KEYBOARD and field.get_attribute("type") != "date":
        page.keyboard.insert_text(text)
    else:
        field.fill(text)


def select(page, choice):
    """Takes the first choice of a list; by keyboard: Tab and the arrow."""
    if KEYBOARD:
        tab_to(page, choice)
        page.keyboard.press("ArrowDown")
        assert choice.input_value(), "the arrow chooses"
    else:
        choice.select_option(index=1)


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
            write(page, field, sample(page, field))
    for choice in page.locator(f"{scope} select").all():
        if choice.is_visible() and not choice.input_value():
            select(page, choice)
    for upload in page.locator(f"{scope} input[type=file]").all():
        upload.set_input_files({"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 sample"})


def sample(page, field):
    label = page.locator(f'label[for="{field.get_attribute("id")}"]').first
    text = label.inner_text() if label.count() else ""
    for words, value in [
        (r"日期|date", "2026-12-01"), (r"代码|credit code", FIRM), (r"电话|手机|phone|[Mm]obile", "13800000002"),
        (r"身份证|身份号码|identity", "350102188501010019"), (r"人数|（年）|\(年\)|年限|number of|years", "2"),
        (r"元|yuan", "2000000"), (r"面积|数(?:$|[（(])|数量|area|[Nn]umber", "20"),
    ]:
        if re.search(words, text):
            return value
    return "示例内容"


def paper_of(page, case, title):
    """The address of a case's paper by its name, as the page of the case links it; without the door."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + case)
    link = page.locator("a[href*='/papers/']", has_text=title).last
    return link.get_attribute("href")
