"""Electronic supervision: what goes wrong is found, shown, made an order of, not answered, taken up, answered, closed."""
import time

from city import answer_all, in_a_city, press, write
from lives import deed
from minutes import LOOKS
import procedures

# A Monday; the promise of the item ends on Friday.
MONDAY, NEXT_MONDAY, FRIDAY = "2026-11-16T09:02", "2026-11-23T09:30", "2026-11-27T09:30"
BOARD = "/office/supervision"
LATE, SUSPENDED, AGAIN = "超过承诺时限未办结", "特别程序超过告知的时间", "试图再次要求补正"
UNTOLD = "试图未书面告知即中止计时"


def whole(beside, binary, shots=None, script=True):
    """Three cases go wrong in a city with a clock of its own, which is moved on in between."""
    in_a_city(binary, MONDAY, beside, lambda people: walk(people, shots, script))


def walk(people, shots, script):
    home = people.city.home
    cases = {LATE: accepted(people, script), SUSPENDED: accepted(people, script), AGAIN: second_notice(people, script)}
    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(f"{home}/office/dossiers/{cases[SUSPENDED]}")
    deed(officer, "special-procedures", procedure="expertReview", days="2", note="需要专家评审")
    people.city.go_on_at(NEXT_MONDAY)

    supervisor = people.sign_in("supervisor", staff=True, script=script)
    assert supervisor.url.endswith(BOARD), "where a supervisor begins"
    for text in (LATE, SUSPENDED, AGAIN, "违法中止计时", "已拦下", "红灯", "黄灯"):
        seen(supervisor, text)
    assert "福州示例企业一" not in supervisor.locator("body").text_content(), "nobody's name"
    # Somebody tries to stop a clock without telling how long: the page says so by itself.
    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(f"{home}/office/dossiers/{cases[LATE]}")
    deed(officer, "special-procedures", procedure="expertReview", days="", note="需要专家评审")
    assert officer.locator("[aria-invalid=true]").count() == 1, "it is refused at the field"
    if script:
        wait_for_word(supervisor, UNTOLD)
    else:
        press(supervisor, supervisor.get_by_role("link", name="重新读取"))
    assert UNTOLD in supervisor.inner_text("main")
    if shots:
        supervisor.screenshot(path=f"{shots}/supervision.png", full_page=True)

    orders = {rule: order(supervisor, home, rule, case, shots) for rule, case in cases.items()}
    head = people.sign_in("head-hrss", staff=True, script=script)
    head.goto(f"{home}/staff/notices")
    assert head.inner_text("main").count("督办单待答复") == 3, "the head is told of each"
    people.city.go_on_at(FRIDAY)

    governor = people.sign_in("head-city", staff=True, script=script)
    notices(governor, home, "督办单逾期，已升级", 3)
    governor.goto(home + orders[LATE])
    assert "报福州市人民政府负责人" in governor.inner_text("main") and "答复前保持红灯" in governor.inner_text("main")
    supervisor = people.sign_in("supervisor", staff=True, script=script)
    seen(supervisor, "逾期未答复，已升级")
    assert supervisor.locator("main tbody .tag.bad", has_text="逾期未答复，已升级").count() == 3
    if script:
        looked_at(people, {"board": BOARD, "findings": f"{BOARD}/findings", "lights": f"{BOARD}/lights",
                           "case": f"{BOARD}/cases/{cases[LATE]}", "order": orders[LATE], "orders": "/office/orders"}, shots)

    head = people.sign_in("head-hrss", staff=True, script=script)
    for path in orders.values():
        head.goto(home + path)
        deed(head, "answers", text="人员不足", done="")
        assert head.locator("[aria-invalid=true]").count() == 1, "an answer says what was done"
        deed(head, "answers", done="已增派人手，即日办结")
        assert "待审核答复" in head.inner_text("main")
        supervisor.goto(home + path)
        deed(supervisor, "acceptances", text="同意办结")
        assert "已办结" in supervisor.inner_text("main")
    supervisor.goto(home + BOARD)
    assert not supervisor.locator("main tbody .tag.bad", has_text="逾期未答复，已升级").count(), "nothing is red any more"
    supervisor.goto(f"{home}/office/orders?stage=closed")
    assert supervisor.locator("main tbody tr").count() == 3


def looked_at(people, pages, shots, who=("supervisor", True), name="supervision"):
    """Each page in both languages, narrow and wide, light and dark, by somebody of the staff or not."""
    from run import examine
    findings, (login, staff) = [], who
    for language, width, theme in LOOKS:
        page = people.sign_in(login, staff=staff, width=width, look=f"{language}.{theme}.usual.keys")
        for kind, path in pages.items():
            page.goto(people.city.home + path)
            findings += [f"{kind} {language} {width} {theme}: {finding}" for finding in examine(page, language)]
            if shots:
                page.screenshot(path=f"{shots}/{name}-{kind}-{language}-{width}-{theme}.png", full_page=True)
        page.context.close()
    assert not findings, "\n".join(findings)


def accepted(people, script):
    """A case of Lin's firm that is examined."""
    page, dossier, _ = procedures.file(people, script, "examination")
    page.context.close()
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{people.city.home}/window/dossiers/{dossier}")
    deed(clerk, "acceptance")
    clerk.context.close()
    return dossier


def second_notice(people, script):
    """A case in which a clerk asks for the same correction twice: the second time in vain."""
    home = people.city.home
    page, dossier, _ = procedures.file(people, script, "examination")
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    defect(clerk)
    page.goto(f"{home}/dossiers/{dossier}")
    answer_all(page, "form[action$='/corrections']")
    press(page, page.locator("form[action$='/corrections'] button").last)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    defect(clerk)
    assert "dossier.correction-requested-once" in clerk.locator("body").text_content(), clerk.inner_text("main")[:400]
    clerk.context.close()
    page.context.close()
    return dossier


def defect(clerk):
    """Names the same defect of the first material."""
    form = clerk.locator("form[action$='/correction-notices']")
    hidden = form.locator("xpath=ancestor::details[not(@open)]/summary")
    if hidden.count():
        hidden.first.click()
    first = form.locator("select[name^='defect-']").first
    material = first.get_attribute("name").removeprefix("defect-")
    first.select_option("illegible")
    form.locator(f"[name='cause-{material}']").select_option("overlooked")
    press(clerk, form.locator("button[type=submit], button:not([type])").last)


def order(supervisor, home, rule, case, shots):
    """One click on the page of a case; answers the order's address."""
    supervisor.goto(home + BOARD)
    press(supervisor, supervisor.locator("tbody tr", has_text=rule).first.locator("a"))
    assert supervisor.url.endswith(case), "a finding leads to its case"
    assert "已记入查看记录" in supervisor.inner_text("main")
    if shots and rule == SUSPENDED:
        supervisor.screenshot(path=f"{shots}/supervised-case.png", full_page=True)
    form = supervisor.locator("form[action$='/orders']").filter(has=supervisor.locator(f"[name=rule][value={RULES[rule]}]"))
    if rule == LATE:
        # The others are given by one click, as they stand.
        write(supervisor, form.locator("[name=text]"), "承诺时限已过，请说明原因并当日办结")
    press(supervisor, form.locator("button").last)
    assert "/office/orders/" in supervisor.url and "待答复" in supervisor.inner_text("main")
    return supervisor.url[len(home):]


RULES = {LATE: "promisePassed", SUSPENDED: "specialPassed", AGAIN: "triedSecondCorrection"}


def seen(page, text):
    """The pulse has been there within some seconds of the start."""
    for _ in range(60):
        if text in page.inner_text("main"):
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"no {text} on {page.url}: {page.inner_text('main')[:800]}")


def wait_for_word(page, text):
    """The page changes by itself: nothing reloads it."""
    page.wait_for_function("text => document.querySelector('main').innerText.includes(text)", arg=text, timeout=15_000)


def notices(page, home, text, count):
    for _ in range(60):
        page.goto(f"{home}/staff/notices")
        if page.inner_text("main").count(text) == count:
            return
        time.sleep(0.5)
    raise AssertionError(f"not {count} of {text}: {page.inner_text('main')[:600]}")
