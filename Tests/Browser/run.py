"""Runs the browser tests: python Tests/Browser/run.py BINARY [FOLDER FOR SCREENSHOTS]"""
import re
import sys
import traceback

import city
import lives
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def pages(people):
    """Every kind of page with somebody who may open it: (who, path)."""
    home = people.city.home
    page = people.sign_in("chen")
    page.goto(home + "/items?q=建造师")
    item = page.locator("tbody a").first.get_attribute("href")
    page.goto(home + "/business")
    dossier = page.locator("tbody a[href*='/dossiers/']").first.get_attribute("href")
    number = dossier.split("/")[-1]
    open_pages = ["/", "/items", item, "/verify", "/lookup", "/sign-in", "/nowhere"]
    return (
        [(None, path) for path in open_pages]
        + [("chen", path) for path in ["/business", "/certificates", dossier]]
        + [("window-city", path) for path in [
            "/window", "/window/intake", f"/window/dossiers/{number}", f"/window/dossiers/{number}/slip"]]
        + [("issue-city", "/issuing"), ("review-housing", "/office"), ("review-housing", f"/office/dossiers/{number}")])


def every_page_in_every_look(people):
    """Both languages, 360 and 1440 px, light and dark: no sideways scroll, nothing for axe, no Chinese chrome in English."""
    findings = []
    places = pages(people)
    for language in ("zh", "en"):
        for width in (360, 1440):
            for theme in ("light", "dark"):
                look = f"{language}.{theme}.usual.keys"
                visitors = {}
                for who, path in places:
                    if who not in visitors:
                        staff = who not in (None, "chen")
                        kind = {"width": width, "look": look}
                        visitors[who] = people.sign_in(who, staff=staff, **kind) if who else people.page(**kind)
                    page = visitors[who]
                    page.goto(people.city.home + path)
                    name = f"{path} {look} {width}"
                    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    if wide > 0:
                        findings.append(f"{name}: scrolls sideways by {wide}")
                    for violation in Axe().run(page, options=RULES).response["violations"]:
                        findings.append(f"{name}: {violation['id']} {violation['nodes'][0]['target']}")
                    if language == "en":
                        words = page.locator("nav, h1, h2, h3, label, legend, button, th, dt").all_inner_texts()
                        findings += [f"{name}: Chinese in English: {word}" for word in words if chrome_is_chinese(word)]
                for page in visitors.values():
                    page.context.close()
    assert not findings, "\n".join(findings[:40])


def chrome_is_chinese(text):
    """Names of people and the language switch are data; everything else in an English page's chrome is English."""
    rest = text
    for data in ("中文", "陈一鸣", "林晓榕", "郑远", "何静", "刘川"):
        rest = rest.replace(data, "")
    return bool(CHINESE.search(rest))


def main():
    binary, shots = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    passed = failed = 0
    place = city.City(binary)
    people = city.People(place)

    def keyboard(walk):
        city.KEYBOARD = True
        try:
            walk(people)
        finally:
            city.KEYBOARD = False

    tests = [
        ("a constructor registers online, from the search to the verified certificate",
         lambda: lives.constructor_online(people, shots)),
        ("special working hours are received in Jin'an for the city and handed over",
         lambda: lives.hours_at_jinan(people, shots)),
        ("special working hours without JavaScript", lambda: lives.hours_at_jinan(people, script=False)),
        ("special working hours by keyboard alone", lambda: keyboard(lives.hours_at_jinan)),
        ("a constructor registers online without JavaScript", lambda: lives.constructor_online(people, script=False)),
        ("a constructor registers online by keyboard alone", lambda: keyboard(lives.constructor_online)),
        ("every page in both languages, narrow and wide, light and dark", lambda: every_page_in_every_look(people)),
    ]
    try:
        for name, test in tests:
            try:
                test()
                passed += 1
                print(f"ok   {name}", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL {name}", flush=True)
                traceback.print_exc()
    finally:
        people.close()
        place.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
