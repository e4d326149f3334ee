"""A walk with the keyboard alone. At every stop of the Tab key somebody who sees finds the focus, and a screen reader
has a role and a name to say; what a journey needs can be reached, in the order in which it is read, and nothing loses
the focus. What is said at each stop is written down where TRANSCRIPT names a file."""
import json
import os

from playwright.sync_api import expect

import city
import hall
import trained
from city import City, People, press, tab_to

# LIMIT: stops of one page; more means that the Tab key goes round in a part of it.
STOPS_MAX = 400
# Roles that say nothing to whoever hears them.
MUTE = {"none", "generic", "presentation", "Ignored", ""}
# What may be reached by Tab and is seen, and was not: of a group of radio buttons one is a stop.
MISSED = """() => {
    const seen = element => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0
    const groups = new Set([...document.querySelectorAll("input[type=radio][data-walked]")].map(radio => radio.name))
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
        .filter(element => seen(element) && !element.disabled && element.tabIndex >= 0 && !("walked" in element.dataset))
        .filter(element => element.type !== "radio" || !groups.has(element.name))
        .map(element => element.outerHTML.slice(0, 160))
}"""
# Whether what has the focus is on the screen, and not wholly under something that floats over it (WCAG 2.4.11).
IN_SIGHT = """() => {
    const element = document.activeElement
    const own = [element, ...(element.labels ?? [])]
    const belongs = top => own.some(part => top === part || part.contains(top) || top.contains(part))
    return own.map(part => part.getBoundingClientRect()).some(box => {
        const [left, right] = [Math.max(0, box.left), Math.min(innerWidth - 1, box.right)]
        const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight - 1, box.bottom)]
        if (right <= left || bottom <= top) return false
        return [0.5, 0.1, 0.9].some(share => {
            const met = document.elementFromPoint(left + (right - left) * share, top + (bottom - top) * share)
            return met && belongs(met)
        })
    })
}"""
# What is said beside name and role, in the words of the accessibility tree.
STATES = ("checked", "expanded", "pressed", "selected", "required", "invalid", "readonly", "disabled", "hasPopup")


class Ear:
    """A screen reader's ear at one page: what is said of whatever has the focus."""

    def __init__(self, page):
        self.page = page
        self.devtools = page.context.new_cdp_session(page)

    def hear(self):
        """Role, name, description and states of what has the focus, as the browser gives them to a screen reader."""
        found = self.devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        tree = self.devtools.send(
            "Accessibility.getPartialAXTree", {"objectId": found["objectId"], "fetchRelatives": False})
        node = tree["nodes"][0]
        said = {key: node.get(key, {}).get("value", "") for key in ("role", "name", "description")}
        states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        said["states"] = {name: states[name] for name in STATES if states.get(name) not in (None, False, "false", "")}
        return said

    def stop(self):
        """The same, and whatever is wrong with the stop."""
        page = self.page
        said = self.hear()
        what = page.evaluate("document.activeElement.outerHTML").replace("\n", " ")[:160]
        if said["role"] in MUTE or not said["name"].strip():
            yield f"nothing is said ({said['role']} “{said['name']}”) at {what}"
        if not page.evaluate(city.SHOWS_FOCUS, page.evaluate_handle("document.activeElement")):
            yield f"the focus is not seen at {what}"
        if not page.evaluate(IN_SIGHT):
            yield f"the focus is out of sight at {what}"


def watch(page, ears={}):
    """Looks at a stop on the way of a journey; the focus may be on the page as a whole, where it has just come."""
    if page.evaluate("document.activeElement.matches('body, main')"):
        return
    if page not in ears:
        ears[page] = Ear(page)
    wrong = list(ears[page].stop())
    assert not wrong, f"{page.url}: {wrong[0]}"


def by_keyboard(journey):
    """Does a journey by keys alone, every stop looked at."""
    city.KEYBOARD, city.WATCH = True, watch
    try:
        return journey()
    finally:
        city.KEYBOARD, city.WATCH = False, None


def stops(page, wrong):
    """Every stop of the Tab key, from the first to the last; what is wrong goes to the list."""
    ear, heard = Ear(page), []
    place = page.url.split("/", 3)[-1]
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
            const element = document.activeElement
            if (element === document.body) return "between"
            if ("walked" in element.dataset) return "end"
            element.dataset.walked = ""
            return "on"
        }""")
        if state == "end":
            break
        # A page that sets the focus itself begins in its middle: after the last stop comes the first.
        if state == "between":
            continue
        wrong += [f"/{place}: {one}" for one in ear.stop()]
        heard.append(ear.hear())
    else:
        wrong.append(f"/{place}: Tab goes round")
    wrong += [f"/{place}: Tab never comes to {one}" for one in page.evaluate(MISSED)]
    if page.evaluate("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length"):
        wrong.append(f"/{place}: an order of its own")
    ear.devtools.detach()
    return heard


def doors(people, ticket, item):
    """The pages that are walked from their first stop to their last: (door, who, path)."""
    jinan = hall.JINAN
    return [
        ("portal", None, "/"), ("portal", None, "/items?q=许可"), ("portal", None, item),
        ("portal", None, "/sign-in"), ("portal", "chen", "/business"),
        ("ticket", None, ticket), ("halls", "lin", jinan), ("verifier", None, "/verify"),
        ("queue", "window-jinan", "/window/queue"), ("window", "window-jinan", "/window"),
        ("intake", "window-jinan", f"/window/intake?number={city.FIRM}&q=特殊工时"),
        ("issuing", "issue-city", "/issuing"), ("office", "review-hrss", "/office"),
        ("assist", "assist-city", "/assist"), ("assist", "assist-city", f"/assist/authorities?number={city.FIRM}&q=特殊工时"),
    ]


def every_stop(people, ticket, item):
    """Chinese and wide, English and narrow: at each stop of each door there is something to hear and to see."""
    wrong, heard = [], {}
    for language, width in (("zh", 1440), ("en", 360)):
        visitors = {}
        for door, who, path in doors(people, ticket, item):
            if who not in visitors:
                kind = {"width": width, "look": f"{language}.light.usual.keys"}
                staff = who not in (None, "chen", "lin")
                visitors[who] = people.sign_in(who, staff=staff, **kind) if who else people.page(**kind)
            page = visitors[who]
            page.goto(people.city.home + path)
            heard[f"{door} {path.split('?')[0]} {language}"] = stops(page, wrong)
        kiosk = hall.kiosk(people, hall.JINAN)
        kiosk.context.add_cookies(
            [{"name": "look", "value": f"{language}.light.usual.keys", "url": people.city.home}])
        for path in ("/kiosk", "/kiosk?elder=1", "/kiosk/ticket?need=comprehensive"):
            kiosk.goto(people.city.home + hall.JINAN + path)
            heard[f"kiosk {path.split('?')[0]} {language}"] = stops(kiosk, wrong)
        for page in (*visitors.values(), kiosk):
            page.context.close()
    if os.environ.get("TRANSCRIPT"):
        with open(os.environ["TRANSCRIPT"], "w", encoding="utf-8") as file:
            json.dump(heard, file, ensure_ascii=False, indent=1)
    print(f"     {sum(map(len, heard.values()))} stops", flush=True)
    assert not wrong, f"{len(wrong)} findings\n" + "\n".join(wrong[:40])


def skip_and_menus(people):
    """The skip link leads into the page; Escape closes what was opened and leaves the focus where it was opened from."""
    page = people.page()
    page.goto(people.city.home + "/")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link moves the focus"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "and Tab goes on from there"
    summary = page.locator("details.menu > summary").first
    tab_to(page, summary)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details.menu[open]') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY" and not page.locator("details.menu[open]").count()
    box = page.locator("#search-main")
    tab_to(page, box)
    page.keyboard.insert_text("建造师")
    page.wait_for_selector("[role=option]")
    ear = Ear(page)
    said = ear.hear()
    assert said["role"] == "combobox" and said["states"].get("expanded") is True, said
    expect(page.locator("#live")).not_to_be_empty()
    page.keyboard.press("Escape")
    assert page.locator("[role=option]:visible").count() == 0 and box.input_value() == "建造师"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-main", "Escape loses no focus on a page without keys"
    page.context.close()


def after_an_error(people):
    """Errors have the focus when they come; each leads to its field, which says what is wrong with it."""
    page = people.sign_in("assist-city", staff=True)
    page.goto(f"{people.city.home}/assist/authorities?number={city.FIRM}&q=特殊工时")
    page.locator("[name=items]").first.check()
    press(page, page.get_by_role("button", name="生成授权委托书"))
    tab_to(page, page.locator("main form button.primary"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.error-summary')"), "the summary has the focus"
    assert page.title().startswith("有误"), page.title()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = Ear(page).hear()
    assert said["states"].get("invalid") == "true", f"the field says that it is wrong: {said}"
    assert "没有上传签名的授权委托书" in said["description"], f"and why: {said}"
    page.context.close()


def looks(people):
    """Reduced motion moves nothing; in colours of the reader's own, what is chosen still differs."""
    page = people.page()
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    page.goto(people.city.home + "/")
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element)
        return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none"
    }).length""")
    assert moving == 0, f"{moving} elements move"
    page.context.close()
    kiosk = hall.kiosk(people, hall.JINAN)
    kiosk.emulate_media(forced_colors="active")
    kiosk.goto(people.city.home + hall.JINAN + "/kiosk/ticket?need=comprehensive")
    widths = kiosk.evaluate("""() => [...document.querySelectorAll(".answers input")].map(input =>
        [input.checked, parseFloat(getComputedStyle(input.nextElementSibling).borderTopWidth)])""")
    chosen = [width for checked, width in widths if checked]
    assert chosen and all(chosen[0] > width for checked, width in widths if not checked), widths
    kiosk.context.close()


def journeys(people):
    """From the kiosk to the ticket, and from the next number to the intake, by keys alone. Answers the ticket's page."""
    kiosk = hall.kiosk(people, hall.CITY)
    _, address = by_keyboard(lambda: hall.ticket_at(kiosk, "办理业务"))
    kiosk.context.close()
    window = by_keyboard(lambda: hall.sit(people, "window-city", "350100 1"))
    hands = trained.Hands(window)
    hands.key("c", opens=True)
    hands.key("s", opens=True)
    # From here to the slip the hands of `trained` go on, in the morning of two halls.
    watch(window)
    assert hands.focus() == "number", "the intake begins where the number goes"
    window.goto(people.city.home + "/window/queue")
    hall.deed(window, "办理完毕")
    window.context.close()
    return address


def walk(beside, binary):
    """The whole walk, in a city whose halls are open."""
    place = City(binary, hall.CLOCK)
    people = People(place, beside)
    try:
        page = people.page()
        page.goto(place.home + "/items?q=建造师")
        item = page.locator("tbody a").first.get_attribute("href")
        page.context.close()
        journeys(people)
        kiosk = hall.kiosk(people, hall.JINAN)
        _, address = hall.ticket_at(kiosk, "办理业务")
        kiosk.context.close()
        skip_and_menus(people)
        after_an_error(people)
        looks(people)
        every_stop(people, address[len(place.home):], item)
    finally:
        people.close()
        place.close()
