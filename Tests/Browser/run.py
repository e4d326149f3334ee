"""Runs the browser tests: python Tests/Browser/run.py BINARY [FOLDER FOR SCREENSHOTS [WORD OF A NAME ...]]"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback

import assist
import catalogue
import city
import day
import desk
import evaluation
import filereview
import guide
import hall
import issuing
import keyboard
import ledger
import lives
import loop
import minutes
import originals
import present
import procedures
import screens
import search
import supervision
import trips
import unified
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
# Elder mode promises 7:1 (WCAG 1.4.6) instead of 4.5:1.
ELDER_RULES = {**RULES, "rules": {"color-contrast-enhanced": {"enabled": True}}}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Texts with Chinese in them on an English page, in the order of the page: what is read aloud, each with the language it is in.
TEXTS = """() => {
    const han = /[\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]/, found = []
    const tongue = element => element.closest("[lang]").lang.slice(0, 2)
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement
        if (han.test(walker.currentNode.data) && !["SCRIPT", "STYLE"].includes(element.tagName))
            found.push([tongue(element), element.closest("svg, article") ? "paper" : "page", walker.currentNode.data.trim()])
    }
    // The text of an attribute cannot say its language by parts; it must not be the product's own Chinese.
    for (const element of document.querySelectorAll("[aria-label], [title], [alt], [placeholder]"))
        for (const name of ["aria-label", "title", "alt", "placeholder"])
            if (han.test(element.getAttribute(name) ?? ""))
                found.push(["zh", element.closest("svg, article") ? "paper" : "page", element.getAttribute(name)])
    return found
}"""
# What the product itself says in Chinese: none of it belongs on an English page, where its English stands instead.
WORDS = {entry["zh"] for file in pathlib.Path("Sources/Web/Resources/words").glob("*.json")
         for entry in json.loads(file.read_text()).values() if CHINESE.search(entry["zh"])}
WORDS -= {"中文", "示例"}  # the switch names languages in themselves; the walks type the other one as an answer
# A key of the word tables that reached the page instead of its word.
KEY = re.compile(r"\b(?:next|apply|cause|misled|special|hearing|extension|party|tolerance|commitment|verification|licence|procedures|dossier|receipt|deed|nav|error|intake|window|office|column|event|notices|told|way|delivery|undelivered|failure|steps|clock|verify|halls?|capability|priority|ticket|board|kiosk|appointment|queue|minutes|effort|load|trace|served|pause|triage|trips|visit|figures|custody|count|parcels?|pickup|shelf|issuing|uncollected|elder|assist|identity|level|exchange|links|records|proposal|evidence|supervision|finding|article|order|lights|filereview)\.[a-z][a-z-]+\b")

# Codes of refusals, which stand on pages as they are.
CODES = set(re.findall(r"`([a-z-]+\.[a-z-]+)`", pathlib.Path("docs/codes.md").read_text()))


def go(path):
    """A scene that is an address."""
    return lambda page, home: page.goto(home + path)


def empty(path):
    """A scene that is the answer to a form sent as it is, with its errors."""
    def show(page, home):
        page.goto(home + path)
        for box in page.locator("main form[method=post] input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
                                ":not([type=file]):not([readonly]), main form[method=post] textarea").all():
            if box.is_visible():
                box.fill("")
        page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
        city.press(page, page.locator("main form[method=post] button.primary"))
        assert page.locator(".error-summary, .banner-error, [aria-invalid=true], [role=alert]").count(), f"errors at {path}"
    return show


def sign_in_with_errors(page, home):
    page.goto(home + "/sign-in")
    page.fill("[name=login]", "nobody-here")
    page.fill("[name=password]", "a wrong password")
    city.press(page, page.locator("main button[type=submit]"))


def look_up(page, home):
    page.goto(home + "/lookup")
    page.fill("[name=number]", "2018000000")
    page.fill("[name=password]", "000000")
    city.press(page, page.locator("main form button.primary"))


def draft_of(people, stop):
    """Begins an application as chen and goes on to a step; answers the addresses of the steps on the way."""
    home = people.city.home
    page = people.sign_in("chen")
    page.goto(home + "/items?q=建造师")
    city.press(page, page.locator("tbody a"))
    city.press(page, page.get_by_role("button", name="开始申请"))
    steps = []
    for _ in range(12):
        steps.append(page.url[len(home):])
        if page.url.endswith(stop):
            page.context.close()
            return steps
        city.answer_all(page, "main form[method=post]")
        city.press(page, page.locator("main form[method=post] button.primary"))
    raise AssertionError(f"no step {stop} in {steps}")


def scenes(people):
    """Every kind of page with somebody who may open it: (who, name, how it is opened). Found once a run."""
    if not people.scenes:
        people.scenes = found_scenes(people)
    return people.scenes


def decided_among(page):
    """The first dossier of a list that has a decision, whatever the walks before filed after it."""
    paths = [link.get_attribute("href") for link in page.locator("tbody a[href*='/dossiers/']").all()]
    for path in paths:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        if page.locator("a[href*='/papers/']", has_text="决定书").count():
            return path.split("/")[-1]
    raise AssertionError(f"none of {len(paths)} dossiers has a decision")


def found_scenes(people):
    home = people.city.home
    page = people.sign_in("chen")
    page.goto(home + "/items?q=建造师")
    item = page.locator("tbody a").first.get_attribute("href")
    page.goto(home + "/business")
    dossier = decided_among(page)
    decision = city.paper_of(page, f"/dossiers/{dossier}", "决定书")
    notice = city.paper_of(page, f"/dossiers/{dossier}", "受理通知书")
    page.goto(home + "/certificates")
    own = page.locator("tbody a").first.get_attribute("href")
    page.goto(home + own)
    valid = page.locator("main a[href^='/verify?']").first.get_attribute("href")
    page.context.close()
    clerk = people.sign_in("window-jinan", staff=True)
    clerk.goto(f"{home}/window/intake?number={city.FIRM}&q=特殊工时")
    intake = clerk.locator("tbody tr", has_text="福州市人力资源和社会保障局").locator("a").first.get_attribute("href")
    clerk.context.close()
    chosen = intake + "&situation-system=flexible&situation-procedure=examination&situation-filedBy=self"
    drafts = draft_of(people, "/check")
    blank = draft_of(people, "/situation")[0]
    number = f"/window/dossiers/{dossier}"
    last = "1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.0000000001.001."
    places = [(None, path) for path in [
        "/", "/items", "/items?q=建造师", "/items?q=zzzzzz", "/items?q=许可&place=350112&holder=firm&trips=1",
        "/items?item=food-business-licence", "/items?q=zzzzzz&place=350112", item, "/figures", "/figures?place=350111",
        "/halls", "/halls/350111", "/halls/350111/board", "/halls/350111/windows/1",
        "/halls/350111/kiosk?key=demonstration-kiosk-350111", "/halls/350111/kiosk?elder=1",
        "/halls/350111/kiosk/items", "/halls/350111/kiosk/ticket?need=comprehensive&elder=1",
        f"{item}/trips", f"{item}/trips?s.registration=first&s.filedBy=self",
        "/grants", "/grants?q=福州", "/overruns", "/verify", "/log", "/V/AAAA", valid, "/verify?identifier=1.2.3",
        f"/verify?identifier={last}0", "/lookup", "/sign-in", "/staff/sign-in", "/signed-out", "/sign-in/unified", "/nowhere",
        "/screen", "/screen?place=350111", "/screen?place=350111&theme=交通运输局", f"{item}/screen",
        f"{item}?s.registration=first", f"{item}?s.registration=first&s.filedBy=self", f"{item}/screen?s.filedBy=self"]]
    places += [("chen", path) for path in [
        f"{item}/trips", "/business", "/certificates", own, f"/dossiers/{dossier}", f"/dossiers/{dossier}?filed=1",
        decision, "/window", *drafts]]
    places += [("lin", "/business"), ("lin", "/certificates"), ("lin", "/halls/350111"),
               ("lin", "/halls/350111/appointments?q=许可"), ("lin", f"/halls/350111/appointments?item={item.split('/')[-1]}")]
    places += [("window-jinan", path) for path in [
        "/window/queue", "/window/triage", "/window/originals", "/window/originals/count"]]
    places += [("admin", path) for path in ["/office/halls", "/office/halls/350111", "/office/halls/350111/minutes"]]
    places += [("chen", "/notices"), ("chen", "/notices/preferences"), ("chen", "/notices/preferences?saved=1"),
               ("window-city", "/staff/notices"), ("supervisor", "/office/undelivered"), ("supervisor", "/office/uncollected"),
               ("supervisor", "/office/exchange"), ("supervisor", "/office/exchange/links"),
               ("supervisor", "/office/exchange/records?number=0")]
    places += [("window-city", path) for path in [
        "/window", number, f"{number}/slip", f"/window{notice}", "/window/intake",
        f"/window/intake?number={city.FIRM}&q=特殊工时", "/window/intake?number=350102199003070038", "/office"]]
    places += [("window-jinan", intake), ("window-jinan", chosen)]
    person = re.search(r"person=([0-9a-z]+)", intake).group(1)
    letter = f"/assist/letter?person={person}&items=000114111003&until=2027-01-31"
    places += [("assist-city", path) for path in [
        "/assist", "/assist/authorities", f"/assist/authorities?number={city.FIRM}&q=特殊工时", letter]]
    places += [("decide-market", "/office/certificates"), ("issue-city", "/issuing"), ("review-housing", "/office"),
               ("review-housing", f"/office/dossiers/{dossier}"), ("review-hrss", f"/office/dossiers/{dossier}")]
    places += [("review-hrss", path) for path in ["/office/originals", "/office/originals/count"]]
    places += [("supervisor", path) for path in [
        "/office/parcels", "/office/supervision", "/office/supervision/findings?state=reviewed", "/office/supervision/lights",
        "/office/orders?stage=closed"]]
    places += [("head-hrss", "/office/supervision"), ("review-hrss", "/office/orders")]
    places += [("supervisor", path) for path in [
        "/office/statistics", "/office/statistics/queues", "/office/bottlenecks", "/office/looks", "/office/looks/questions",
        "/office/file-reviews"]]
    places += [(None, "/open-data"), (None, "/file-reviews"), ("lin", "/looks"), ("admin", "/office/relatives")]
    sheet = "/office/catalogue/350105001000"
    places += [("editor", path) for path in [
        "/office/catalogue", "/office/catalogue/defects?days=365", "/office/catalogue/new", "/office/catalogue/proposals", sheet, f"{sheet}/fields/materials", f"{sheet}/fields/form",
        f"{sheet}/fields/promisedLimit", f"{sheet}/preview", "/office/catalogue/special-working-hours/preview"]]
    places += [("admin", path) for path in [
        "/office/calendar", "/office/calendar?year=2020&region=350121", "/office/calendar?year=2028"]]
    places += people.cases
    found = [(who, path, go(path)) for who, path in places]
    found += [("chen", f"{path} with errors", empty(path)) for path in [blank, *drafts[1:]] if "/form-" in path]
    found += [("chen", "situation with errors", empty(blank)), ("window-jinan", "intake with errors", empty(chosen))]
    found += [(None, "sign-in with errors", sign_in_with_errors), (None, "look-up with errors", look_up)]
    return found


def every_page_enlarged(people):
    """A screen of 1280 px at 400% is one of 320: nothing scrolls sideways, in the usual size and in elder mode (WCAG 1.4.10)."""
    findings = []
    for size in ("usual", "elder"):
        visitors = {}
        for who, name, show in scenes(people):
            if who not in visitors:
                kind = {"width": 320, "look": f"zh.light.{size}.keys"}
                staff = who not in (None, "chen", "lin")
                visitors[who] = people.sign_in(who, staff=staff, **kind) if who else people.page(**kind)
            page = visitors[who]
            try:
                show(page, people.city.home)
                findings += [f"{name} {size}: {finding}" for finding in sideways(page)]
            except Exception as error:
                findings.append(f"{name} {size}: {error}")
        for page in visitors.values():
            page.context.close()
    assert not findings, f"{len(findings)} findings\n" + "\n".join(findings[:60])


def looks_of_the_gate():
    """Four looks of the eight, in which every pair of language, width and theme meets once. Each page is seen in elder
    mode in one of them, the next page in the next: beside its neighbours of the same door no combination is left out."""
    looks = [("zh", 360, "light"), ("en", 360, "dark"), ("zh", 1440, "dark"), ("en", 1440, "light")]
    return [(look, lambda number, turn=turn: (number + turn) % len(looks) == 0) for turn, look in enumerate(looks)]


def looks_asked_for():
    """What LOOKS says: `all` for sixteen, `elder` for elder mode alone, anything else for the gate's."""
    every = [(language, width, theme) for language in ("zh", "en") for width in (360, 1440) for theme in ("light", "dark")]
    if os.environ.get("LOOKS") == "all":
        return [(look, lambda _, elder=elder: elder) for elder in (False, True) for look in every]
    if os.environ.get("LOOKS") == "elder":
        return [(look, lambda _: True) for look in every if look[0] == "zh"]
    return looks_of_the_gate()


def every_page_in_every_look(people):
    """Both languages, 360 and 1440 px, light and dark, usual size and elder mode: no sideways scroll, nothing for axe, no
    Chinese chrome in English, no word missing."""
    findings = []
    shown = scenes(people)
    looks = looks_asked_for()
    for (language, width, theme), is_elder in looks:
        visitors = {}
        for number, (who, name, show) in enumerate(shown):
            size = "elder" if is_elder(number) else "usual"
            look = f"{language}.{theme}.{size}.keys"
            if who not in visitors:
                staff = who not in (None, "chen", "lin")
                kind = {"width": width, "look": look}
                visitors[who] = people.sign_in(who, staff=staff, **kind) if who else people.page(**kind)
            page = visitors[who]
            page.context.add_cookies([{"name": "look", "value": look, "url": people.city.home}])
            try:
                show(page, people.city.home)
                findings += [f"{name} {look} {width}: {finding}" for finding in examine(page, language, size)]
            except Exception as error:
                findings.append(f"{name} {look} {width}: {error}")
        for page in visitors.values():
            page.context.close()
    print(f"     {len(shown)} kinds of pages in {len(looks)} looks", flush=True)
    assert not findings, f"{len(findings)} findings\n" + "\n".join(findings[:60])


# By how much the page scrolls sideways, and the innermost elements that reach farthest out of it.
SIDEWAYS = """() => {
    const root = document.documentElement, wide = root.scrollWidth - root.clientWidth
    if (wide <= 0) return null
    const right = one => Math.round(one.getBoundingClientRect().right)
    const all = [...document.querySelectorAll("main, main *")], farthest = Math.max(...all.map(right))
    const out = all.filter(one => right(one) === farthest)
    const inner = out.filter(one => !out.some(other => other !== one && one.contains(other)))
    return [wide, inner.slice(0, 3).map(one => one.outerHTML.slice(0, 160)).join(" | ")]
}"""


def sideways(page):
    """That the page scrolls sideways, by how much and why."""
    found = page.evaluate(SIDEWAYS)
    if found:
        yield f"scrolls sideways by {found[0]}: {found[1]}"


def examine(page, language, size="usual"):
    """What is wrong with the page as it stands."""
    yield from sideways(page)
    rules = ELDER_RULES if size == "elder" else RULES
    for violation in Axe().run(page, options=rules).response["violations"]:
        yield f"{violation['id']} {violation['nodes'][0]['target']} {contrast(violation['nodes'][0])}"
    text = page.inner_text("body")
    for key in set(KEY.findall(text)) - CODES:
        yield f"a word is missing: {key}"
    if language == "en":
        for tongue, place, text in page.evaluate(TEXTS):
            if tongue != "zh":
                yield f"Chinese that does not say so: {text}"
            elif place == "page" and text in WORDS:
                yield f"Chinese in English: {text}"


def contrast(node):
    """The two colours of a finding about contrast, and what they come to."""
    found = [check["data"] for check in node["any"] if isinstance(check.get("data"), dict)]
    return " ".join(f"{data['fgColor']} on {data['bgColor']} {data['contrastRatio']}:1" for data in found if "fgColor" in data)


def main():
    binary, shots = sys.argv[1], sys.argv[2] or None if len(sys.argv) > 2 else None
    # Words of names after the folder choose among the walks.
    chosen = sys.argv[3:]
    passed = failed = 0

    def by_keys(walk):
        keyboard.by_keyboard(lambda: walk(people))

    tests = [
        ("a constructor registers online, from the search to the verified certificate",
         lambda: lives.constructor_online(people, shots)),
        ("special working hours are received in Jin'an for the city and handed over",
         lambda: lives.hours_at_jinan(people, shots)),
        ("what one case issues is used in the next, seen by its holder, and red once it is revoked",
         lambda: loop.closed_loop(people, shots)),
        ("the same loop without JavaScript", lambda: loop.closed_loop(people, script=False)),
        ("a bad review is given on a phone, mended and published", lambda: evaluation.loop(people, shots)),
        ("a bad review without JavaScript", lambda: evaluation.loop(people, script=False)),
        ("file review: drawn by a checkpoint, marked by two, objected to, ruled on and published",
         lambda: filereview.loop(people, shots)),
        ("somebody at a kiosk reads a guide, part by part", lambda: screens.kiosk(people, shots)),
        ("a guide's linked data break no policy, and other sites may read them", lambda: screens.linked_data(people)),
        ("a guide shows and prints what one situation asks for, and does not ask again",
         lambda: guide.situation(people, shots)),
        ("a guide for one situation without JavaScript", lambda: guide.situation(people, script=False)),
        ("a form that was filled in is printed alike at the doors", lambda: guide.filled(people, shots)),
        ("special working hours without JavaScript", lambda: lives.hours_at_jinan(people, script=False)),
        ("special working hours by keyboard alone", lambda: by_keys(lives.hours_at_jinan)),
        ("a constructor registers online without JavaScript", lambda: lives.constructor_online(people, script=False)),
        ("a constructor registers online by keyboard alone", lambda: by_keys(lives.constructor_online)),
        ("O5: sent back, received with the originals, corrected and withdrawn", lambda: lives.paper_first(people)),
        ("O5 without JavaScript", lambda: lives.paper_first(people, script=False)),
        ("O4: received by filing, declined at the window", lambda: lives.collected_later(people)),
        ("O4 without JavaScript", lambda: lives.collected_later(people, script=False)),
        ("what follows later, a hearing and an extension", lambda: procedures.procedures(people, shots)),
        ("the same without JavaScript", lambda: procedures.procedures(people, script=False)),
        ("a commitment is signed, decided on at once, found false and revoked", lambda: procedures.commitment(people, shots)),
        ("an officer's day: taken, urged, handed on, two like cases decided together", lambda: desk.day(people, shots)),
        ("the same day without JavaScript", lambda: desk.day(people, script=False)),
        ("somebody is on leave, and a deputy acts in her place", lambda: desk.leave(people, shots)),
        ("originals go from hand to hand, are counted, and a lost one is found", lambda: originals.of_hands(people, shots)),
        ("the same originals without JavaScript", lambda: originals.of_hands(people, script=False)),
        ("O3: a courier is booked for the originals, and their labels are printed",
         lambda: originals.by_courier(people, binary, shots)),
        ("two results at the issuing window: shelf, four ways to find, wrong card, signature by hand, proof",
         lambda: issuing.window(people, shots)),
        ("the issuing window without JavaScript", lambda: issuing.window(people, script=False)),
        ("the trips of an item are planned before one applies, and the way is chosen by them",
         lambda: trips.before(people, shots)),
        ("the same plan without JavaScript", lambda: trips.before(people, script=False)),
        ("an item is picked from what is suggested while one types", lambda: search.by_suggestion(people)),
        ("an item is found by words and filters without JavaScript", lambda: search.by_filters(people)),
        ("an assistant files for a firm on its written authority, and is stopped at once",
         lambda: assist.desk(people, shots)),
        ("the same assistance without JavaScript", lambda: assist.desk(people, script=False)),
        ("a certificate is shown by a code at a window", lambda: present.shown_at_a_window(people, shots)),
        ("the same showing without JavaScript", lambda: present.shown_at_a_window(people, script=False)),
        ("a new item is made, reviewed, published, printed, filed online and received at a window",
         lambda: catalogue.new_item(people, shots)),
        ("every page at four times its size", lambda: every_page_enlarged(people)),
        ("every page in both languages, narrow and wide, light and dark", lambda: every_page_in_every_look(people)),
    ]
    # Those that have a city of their own.
    beside = [
        ("every stop of the Tab key is seen and said, at every door", lambda: keyboard.walk(people, binary)),
        ("a morning in two halls: kiosk, phone, appointment, calls on a live screen",
         lambda: hall.morning(people, binary, shots)),
        ("the same morning without JavaScript", lambda: hall.morning(people, binary, script=False)),
        ("a whole day: thirty tickets, two receptions for another county, couriers both ways, results by all six modes",
         lambda: day.whole(people, binary, shots)),
        ("somebody comes from the unified identity, raises her level, applies, and signs out at both places",
         lambda: unified.whole(people, binary, shots)),
        ("the same sign-in without JavaScript", lambda: unified.whole(people, binary, script=False)),
        ("from the ticket to the minutes: three Mondays, a forecast, and how far off it was",
         lambda: minutes.weeks(people, binary, shots)),
        ("a late case, an unlawful suspension and a tried second notice are found, ordered, taken up, answered and closed",
         lambda: supervision.whole(people, binary, shots)),
        ("the same supervision without JavaScript", lambda: supervision.whole(people, binary, script=False)),
        ("an off-hours look is found, asked about, not answered, taken up and ruled on",
         lambda: ledger.whole(people, binary, shots)),
        ("the same look without JavaScript", lambda: ledger.whole(people, binary, script=False)),
    ]
    others = None
    if not chosen:
        # They run beside the rest: a browser waits more than it works.
        others = subprocess.Popen(
            [sys.executable, "-u", __file__, binary, shots or "", *(name for name, _ in beside)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wanted = tests
    else:
        wanted = [(name, test) for name, test in tests + beside if any(word in name for word in chosen)]
    place = None if all(one in beside for one in wanted) else city.City(binary)
    people = city.People(place)
    try:
        for name, test in wanted:
            start = time.monotonic()
            try:
                test()
                passed += 1
                print(f"ok   {name} ({time.monotonic() - start:.0f} s)", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL {name}", flush=True)
                traceback.print_exc()
    finally:
        people.close()
        if place:
            place.close()
    print(f"{passed} passed, {failed} failed")
    if others:
        print(others.communicate()[0], end="")
        failed += others.returncode
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
