"""An officer's day in a real browser: take, hand over, urge, decide like cases together, leave and deputies."""
import re

from city import FIRM, answer_all, choose, press, write
from lives import deed

BODY = "福州市人力资源和社会保障局"


def received(people, script=True):
    """One case of special working hours, received and accepted at a window; answers its id."""
    home = people.city.home
    clerk = people.sign_in("window-jinan", staff=True, script=script)
    clerk.goto(f"{home}/window/intake?number={FIRM}&q=特殊工时")
    press(clerk, clerk.locator("tbody tr", has_text=BODY).locator("a"))
    for group in clerk.locator("form[method=get] fieldset").all():
        choose(clerk, group.locator("input[type=radio]").first)
    press(clerk, clerk.locator("form[method=get] button"))
    for result in clerk.locator("input[type=radio][value=meets]").all():
        choose(clerk, result)
    choose(clerk, clerk.locator("input[name=delivery][value=counter]"))
    answer_all(clerk, ".bench-task form")
    press(clerk, clerk.locator(".bench-task form button.primary"))
    dossier = re.search(r"/dossiers/([^/]+)/", clerk.url).group(1)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    press(clerk, clerk.locator('form[action$="/acceptance"] button'))
    clerk.context.close()
    return dossier


def day(people, shots=None, script=True):
    """Two cases go through an office: one is taken and handed on, both are decided together."""
    home = people.city.home
    first, second = received(people, script), received(people, script)
    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(home + "/office")
    if shots:
        officer.screenshot(path=f"{shots}/desk-pool.png", full_page=True)
    if script:
        open_by_keys(officer)
    officer.goto(f"{home}/office/dossiers/{first}")
    deed(officer, "taking")
    assert "黄知行" in officer.inner_text("main"), "it says with whom it lies"
    if shots:
        officer.screenshot(path=f"{shots}/desk-dossier.png", full_page=True)
    officer.goto(home + "/office?view=mine")
    assert officer.locator(f"a[href$='{first}']").count() == 1
    urge(people, first, script)
    officer.reload()
    assert "催办" in officer.locator("tbody tr").first.inner_text(), "what is urged comes first"
    officer.goto(f"{home}/office/dossiers/{first}")
    colleague = officer.locator("form[action$='/delegation'] option", has_text="陈思远").get_attribute("value")
    deed(officer, "delegation", staff=colleague, note="请续办")
    other = people.sign_in("review-hrss-two", staff=True, script=script)
    other.goto(home + "/office?view=mine")
    assert other.locator(f"a[href$='{first}']").count() == 1, "the colleague has it now"
    for dossier, page in [(first, other), (second, officer)]:
        page.goto(f"{home}/office/dossiers/{dossier}")
        deed(page, "review", choice="grant", note="材料齐全，符合法定条件")
    together(people, [first, second], shots, script)
    if script:
        people.cases += [("review-hrss", "/office?view=mine"), ("review-hrss", "/office?view=soon&light=1")]


def open_by_keys(officer):
    """j goes to the first line, Enter opens it."""
    officer.keyboard.press("j")
    with officer.expect_navigation():
        officer.keyboard.press("Enter")
    assert "/office/dossiers/" in officer.url, f"Enter opens, not {officer.url}"


def urge(people, dossier, script):
    """The applicant urges once, and not twice on one day."""
    page = people.sign_in("lin", script=script)
    page.goto(f"{people.city.home}/dossiers/{dossier}")
    deed(page, "urging", note="请尽快办理")
    deed(page, "urging")
    assert "今天已经催办过" in page.inner_text("main")


def together(people, dossiers, shots, script):
    """Like cases: ticked, looked at with what differs, decided each."""
    decider = people.sign_in("decide-hrss", staff=True, script=script)
    decider.goto(people.city.home + "/office?stage=reviewed")
    for dossier in dossiers:
        choose(decider, decider.locator(f"input[name=dossier][value='{dossier}']"))
    press(decider, decider.locator("form[action='/office/batch'] > button"))
    assert "2件" in decider.inner_text(".lead")
    if shots:
        decider.screenshot(path=f"{shots}/desk-batch.png", full_page=True)
    people.cases.append(("decide-hrss", decider.url[len(people.city.home):]))
    write(decider, decider.locator("[name=note]"), "符合法定条件，准予")
    press(decider, decider.locator("form[action$='/decisions'] button"))
    assert "2件已作出决定" in decider.inner_text("main")
    if shots:
        decider.screenshot(path=f"{shots}/desk-batch-done.png", full_page=True)


def leave(people, shots=None, script=True):
    """Somebody enters her leave; the deputy sees what lies with her and acts under her own name."""
    home = people.city.home
    dossier = received(people, script)
    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(f"{home}/office/dossiers/{dossier}")
    deed(officer, "taking")
    officer.goto(home + "/staff/absences")
    today = officer.evaluate("new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10)") if script else None
    deed(officer, "absences", deputy="YC-1015", **{"from": today or "2026-12-01"}, until=today or "2026-12-31")
    assert "陈思远" in officer.inner_text("main")
    if shots:
        officer.screenshot(path=f"{shots}/desk-absences.png", full_page=True)
    deputy = people.sign_in("review-hrss-two", staff=True, script=script)
    deputy.goto(home + "/office?view=deputised")
    assert deputy.locator(f"a[href$='{dossier}']").count() == 1, "the deputy sees what lies with her"
    deputy.goto(f"{home}/office/dossiers/{dossier}")
    deed(deputy, "review", choice="grant", note="材料齐全，符合法定条件")
    deputy.goto(f"{home}/office/dossiers/{dossier}")
    assert "代理人代为办理" in deputy.inner_text("main"), "for whom is written down"
    officer.goto(home + "/staff/absences")
    press(officer, officer.locator("form[action$='/ending'] button"))
    people.cases += [("review-hrss-two", f"/office/dossiers/{dossier}")]
