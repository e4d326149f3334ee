"""The issuing window in a real browser: on the shelf, found by each way, handed over against card, code and signature."""
import re

from city import FIRM, press, write
from desk import received
from lives import deed, examine, wait_for

CARD = "350102188501010019"      # Lin, who represents the firm by law
STRANGER = "350111188502020039"  # Chen, who has nothing to do with it


def ready(people, script):
    """A result that lies ready at the window; answers the case and its pick-up code, from the applicant's page."""
    dossier = received(people, script)
    examine(people, dossier, "hrss", script, None)
    page = people.sign_in("lin", script=script)
    page.goto(f"{people.city.home}/dossiers/{dossier}")
    wait_for(page, "请凭取件码")
    code = re.search(r"取件码 ?(\d{6})", page.inner_text("main")).group(1)
    page.context.close()
    return dossier, code


def scan(page, words):
    """Types into the box, which has the focus already, and ends with Enter, as a scanner does."""
    assert page.evaluate("document.activeElement.name") == "q", "the box waits for the scanner"
    with page.expect_navigation():
        page.keyboard.insert_text(words)
        page.keyboard.press("Enter")


def draw(page):
    """Writes a name with the mouse."""
    canvas = page.locator("[data-sign] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    for stroke in [[(.1, .5), (.2, .2), (.3, .8), (.4, .3)], [(.5, .4), (.6, .5), (.7, .4), (.8, .6)]]:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=6)
        page.mouse.up()


def window(people, shots=None, script=True):
    """Two results: one found and signed for by hand, one by its code; without scripts both by their codes."""
    home = people.city.home
    (first, code), (second, other) = ready(people, script), ready(people, script)
    issuer = people.sign_in("issue-city", staff=True, script=script)
    issuer.goto(f"{home}/issuing/dossiers/{first}")
    position = issuer.locator("[name=position]").input_value()
    assert re.fullmatch(r"[A-Z]-\d\d-\d\d", position), f"a free position is suggested, not {position!r}"
    deed(issuer, "shelf")
    assert position in issuer.inner_text("main")
    issuer.goto(f"{home}/issuing/dossiers/{second}")
    deed(issuer, "shelf", position=position)
    assert "已有其他结果" in issuer.inner_text("main"), "two results share no position"
    issuer.goto(home + "/issuing")
    assert position in issuer.inner_text("main") and "未上架" in issuer.inner_text("main")
    if shots:
        issuer.screenshot(path=f"{shots}/issuing-list.png", full_page=True)
    number = issuer.locator("tbody tr", has_text=position).locator(".note").inner_text()
    for words in [position.lower(), code, number]:
        issuer.goto(home + "/issuing")
        if script:
            scan(issuer, words)
        else:
            write(issuer, issuer.locator("main [name=q]"), words)
            press(issuer, issuer.locator("form[role=search] button"))
        assert issuer.url.endswith(first), f"{words} opens the case, not {issuer.url}"
    for words in ["示例企业一", FIRM]:
        issuer.goto(f"{home}/issuing?q={words}")
        links = [link.get_attribute("href") for link in issuer.locator("tbody a").all()]
        assert f"/issuing/dossiers/{first}" in links and f"/issuing/dossiers/{second}" in links, f"{words}: {links}"
    if script:
        people.cases += [("issue-city", "/issuing?q=示例企业一"), ("issue-city", "/issuing?q=Z-20-40"),
                         ("issue-city", f"/issuing/dossiers/{second}")]
        by_hand(people, issuer, first, shots)
    else:
        issuer.goto(f"{home}/issuing/dossiers/{first}")
        assert "以取件码代替签名" in issuer.inner_text("main"), "without scripts the page says how to sign"
        assert not issuer.locator("canvas").is_visible()
        by_code(people, issuer, first, code)
    if not script:
        by_code(people, issuer, second, other)


def by_hand(people, issuer, dossier, shots):
    """A wrong card is refused; the right one and a name drawn with the mouse hand over, and the proof shows both."""
    home = people.city.home
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    write(issuer, issuer.locator("[name=number]"), STRANGER)
    draw(issuer)
    press(issuer, issuer.locator("form[action$='/hand-over'] button.primary"))
    assert "不能领取这项结果" in issuer.inner_text("main"), issuer.inner_text("main")
    if shots:
        issuer.screenshot(path=f"{shots}/issuing-wrong.png", full_page=True)
    write(issuer, issuer.locator("[name=number]"), CARD)
    draw(issuer)
    issuer.get_by_role("button", name="重新签名").click()
    assert issuer.locator("[name=signature]").input_value() == "", "one can sign again"
    draw(issuer)
    assert issuer.locator("[name=signature]").input_value().count(";") == 1, "two strokes"
    if shots:
        issuer.screenshot(path=f"{shots}/issuing-signed.png", full_page=True)
    press(issuer, issuer.locator("form[action$='/hand-over'] button.primary"))
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    link = issuer.locator("a[href*='/papers/']", has_text="送达回证").last
    press(issuer, link)
    assert "法定代表人" in issuer.inner_text("main") and "手写签名" in issuer.inner_text("main")
    assert issuer.locator("svg.drawn path").get_attribute("d").count("M") == 2, "as it was drawn"
    proof = issuer.url[len(home):]
    file = issuer.request.get(issuer.url + ".pdf")
    assert file.ok and file.body().startswith(b"%PDF"), "the proof prints"
    if shots:
        issuer.screenshot(path=f"{shots}/issuing-proof.png", full_page=True)
        with open(f"{shots}/issuing-proof.pdf", "wb") as out:
            out.write(file.body())
    people.cases += [("issue-city", proof), ("issue-city", f"/issuing/dossiers/{dossier}")]


def by_code(people, issuer, dossier, code):
    """The code is proof and signature in one."""
    home = people.city.home
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    write(issuer, issuer.locator("[name=code]"), "000000" if code != "000000" else "000001")
    press(issuer, issuer.locator("form[action$='/hand-over'] button.primary"))
    assert "取件码不对" in issuer.inner_text("main")
    write(issuer, issuer.locator("[name=code]"), code)
    write(issuer, issuer.locator("[name=recipient]"), "林晓榕")
    press(issuer, issuer.locator("form[action$='/hand-over'] button.primary"))
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    press(issuer, issuer.locator("a[href*='/papers/']", has_text="送达回证").last)
    assert "以取件码代签名" in issuer.inner_text("main")
