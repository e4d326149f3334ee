"""Originals on paper at the doors: received, handed on, counted, one lost and found; and fetched by a courier."""
import json
import pathlib

from city import City, People, answer_all, choose, press, write
from desk import received
from hall import sit
from lives import deed

SAMPLE = json.loads(pathlib.Path("Sources/Catalogue/Resources/guides/outdoor-advertising.json").read_text())["form"]["sample"]


def scan(page, path, code):
    """A hand scanner types the code and ends it with Enter."""
    page.goto(path)
    page.locator("[name=label]").fill(code)
    with page.expect_navigation():
        page.locator("[name=label]").press("Enter")


def receive(page, home, dossier, sheets):
    """Receives one original at the window; answers the code on its label."""
    page.goto(f"{home}/window/dossiers/{dossier}")
    form = page.locator('form[action$="/originals"]')
    hidden = form.locator("xpath=ancestor::details[not(@open)]/summary")
    if hidden.count():
        hidden.click()
    form.locator("select[name=material]").select_option(index=1)
    write(page, form.locator("[name=sheets]"), sheets)
    press(page, form.locator("button"))
    assert page.url.endswith("/label"), page.url
    return page.inner_text(".code-digits")


def of_hands(people, shots=None, script=True):
    """A window receives two originals, hands one to an officer and takes it back; a count misses the other and finds it."""
    home = people.city.home
    dossier = received(people, script)
    plain = people.sign_in("window-city", staff=True, script=script)
    plain.goto(home + "/window/originals")
    assert "您还没有坐到窗口" in plain.inner_text("main"), "whoever sits nowhere is told to sit down"
    plain.context.close()
    clerk = sit(people, "window-jinan", "350111 1", script)
    first, second = receive(clerk, home, dossier, "2"), receive(clerk, home, dossier, "3")
    if shots:
        clerk.screenshot(path=f"{shots}/originals-label.png", full_page=True)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    assert first in clerk.inner_text("main") and second in clerk.inner_text("main")
    path = f"{home}/window/originals/{first.replace('-', '')}"
    clerk.goto(path)
    deed(clerk, "offer", to=clerk.locator("select[name=to] option", has_text="黄知行").get_attribute("value"))
    assert "待黄知行接收" in clerk.inner_text("main")
    if shots:
        clerk.screenshot(path=f"{shots}/originals-offered.png", full_page=True)
    wrong = people.sign_in("review-hrss-two", staff=True, script=script)
    scan(wrong, home + "/office/originals", first)
    assert wrong.locator("[role=alert]").count(), "whoever it is not offered to does not get it"
    wrong.context.close()
    officer = people.sign_in("review-hrss", staff=True, script=script)
    scan(officer, home + "/office/originals", first)
    assert "已接收原件" in officer.inner_text("main")
    officer.goto(f"{home}/office/originals/{first.replace('-', '')}")
    chain = officer.inner_text(".timeline")
    assert "窗口收取" in chain and "移交" in chain and "经手：黄知行" in chain, chain
    if shots:
        officer.screenshot(path=f"{shots}/originals-chain.png", full_page=True)
    deed(officer, "offer", to="window:350111:1")
    officer.context.close()
    scan(clerk, home + "/window/originals", first)
    assert first in clerk.inner_text("tbody") and second in clerk.inner_text("tbody")
    count(people, clerk, first, second, shots, script)
    people.cases += [
        ("review-hrss", f"/office/originals/{first.replace('-', '')}"), ("supervisor", "/office/parcels"),
        ("window-city", f"/window/originals/{first.replace('-', '')}"),
        ("window-city", f"/window/originals/{first.replace('-', '')}/label")]


def count(people, clerk, first, second, shots, script):
    """Closing the window asks for the count; one label is not read, is looked for, and is read the next time."""
    home = people.city.home
    keeper = people.sign_in("supervisor", staff=True, script=script)
    clerk.goto(home + "/window/queue")
    deed(clerk, "closing")
    assert clerk.url.endswith("/window/originals/count?closing=1"), clerk.url
    clerk.locator("[name=labels]").fill(f"{first}\nx\n")
    press(clerk, clerk.locator('form[action$="/count"] button'))
    assert "第2行" in clerk.inner_text("main"), "what is no label is said by its line"
    clerk.locator("[name=labels]").fill(f"{first}\n{first}\n")
    press(clerk, clerk.locator('form[action$="/count"] button'))
    said = clerk.inner_text("main")
    assert "清点不符" in said and second in said and "重复扫描" in said, said
    if shots:
        clerk.screenshot(path=f"{shots}/originals-count.png", full_page=True)
    keeper.goto(home + "/office/parcels")
    assert second in keeper.inner_text("main"), "a missing one is an alarm"
    if shots:
        keeper.screenshot(path=f"{shots}/originals-alarm.png", full_page=True)
    clerk.goto(home + "/window/originals/count")
    clerk.locator("[name=labels]").fill(f"{first}\n{second}\n")
    press(clerk, clerk.locator('form[action$="/count"] button'))
    assert "清点相符" in clerk.inner_text("main") and "找回" in clerk.inner_text("main")
    keeper.reload()
    assert second not in keeper.inner_text("main"), "what was found is no alarm"
    deed(clerk, "closing")
    assert clerk.url.endswith("/window/queue")
    # Handed back to the applicant, who stands there.
    clerk = sit(people, "window-jinan", "350111 1", script)
    for code in (first, second):
        clerk.goto(f"{home}/window/originals/{code.replace('-', '')}")
        choose(clerk, clerk.locator("[name=checked]"))
        deed(clerk, "hand-back")
        assert "申请人" in clerk.inner_text("main .summary")
    clerk.goto(home + "/window/queue")
    deed(clerk, "closing")
    assert clerk.url.endswith("/window/queue"), "nothing is left to count"
    for page in (keeper, clerk):
        page.context.close()


def advertising(people, script):
    """Files an application for a large advertisement in mode O3, with the answers of the guide's sample."""
    home = people.city.home
    page = people.sign_in("lin", script=script)
    page.goto(f"{home}/items?q=户外广告&place=350100")
    press(page, page.locator("tbody tr", has_text="福州市城市管理局").first.locator("a"))
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(14):
        if "/dossiers/" in page.url:
            return page, page.url.split("/dossiers/")[1].split("?")[0]
        if "/form-" in page.url:
            for name, value in SAMPLE.items():
                for field in page.locator(f"main form[method=post] [name='{name}']:not([type=radio])").all():
                    if field.evaluate("element => element.tagName") == "SELECT":
                        field.select_option(value)
                    elif not field.get_attribute("readonly"):
                        field.fill(value)
                if page.locator(f"[name='{name}'][type=radio][value='{value}']").count():
                    choose(page, page.locator(f"[name='{name}'][type=radio][value='{value}']"))
        way = page.locator("main input[type=radio][value='O3.eCertificate']")
        if way.count():
            choose(page, way)
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    raise AssertionError(f"stuck at {page.url}: {page.inner_text('main')[:400]}")


def by_courier(beside, binary, shots=None, script=True):
    """O3: a courier is booked for the originals once the pre-review has passed; the labels are printed at home. The
    carrier of this city is never there: orders wait for it."""
    settings = {"ONEWINDOW_COURIER_URL": "http://127.0.0.1:9/v1", "ONEWINDOW_COURIER_KEY": "a key for browser tests",
                "ONEWINDOW_COURIER_SENDER": "市民服务中心出件窗口;13800000009;350105;市民服务中心一楼"}
    place = City(binary, settings=settings)
    people = People(place, beside)
    try:
        booked(people, shots, script)
    finally:
        people.close()
        place.close()


def order(page):
    """Fills the page of the pick-up in and orders the courier."""
    page.locator("select[name=time]").select_option(index=1)
    for name, value in {"recipient": "林晓榕", "mobile": "13800000001", "street": "古田路1号101室"}.items():
        write(page, page.locator(f"[name={name}]"), value)
    page.locator("select[name=division]").select_option("350102")
    press(page, page.locator("main form[method=post] button.primary"))


def booked(people, shots, script):
    home = people.city.home
    page, dossier = advertising(people, script)
    case = f"{home}/dossiers/{dossier}"
    page.goto(case)
    assert page.locator("a[href$='/pick-up']").count() == 0, "nothing is fetched before the pre-review"
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    deed(clerk, "pre-review")
    page.goto(case)
    if shots:
        page.screenshot(path=f"{shots}/pick-up-case.png", full_page=True)
    press(page, page.locator("a[href$='/pick-up']"))
    assert "免费" in page.inner_text("main"), "the price stands there before anything is ordered"
    press(page, page.locator("main form[method=post] button.primary"))
    assert "请选择上门时间" in page.inner_text("main") and page.locator("[aria-invalid=true]").count() > 1
    look(page, shots, "pick-up-wrong")
    order(page)
    assert page.url == case, page.inner_text("main")[:400]
    assert "上门时间" in page.inner_text("main")
    look(page, shots, "pick-up-booked")
    press(page, page.locator("a[href$='/labels']"))
    codes = page.locator(".code-digits").all_inner_texts()
    assert codes and page.locator("svg.code-picture").count() == len(codes)
    look(page, shots, "pick-up-labels")
    sitting = sit(people, "window-jinan", "350111 1", script)
    scan(sitting, home + "/window/originals", codes[0])
    assert sitting.locator("[role=alert]").count(), "what the courier has not fetched is not taken"
    press(page, page.locator("a.back"))
    deed(page, "cancellation")
    assert page.locator("a[href$='/pick-up']").count() == 1, "another courier can be booked"


def look(page, shots, name):
    """The page as it stands, at a phone's width: it does not scroll sideways."""
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    if shots:
        page.screenshot(path=f"{shots}/{name}-360.png", full_page=True)
    page.set_viewport_size(size)
    if shots:
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)
