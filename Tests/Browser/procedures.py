"""The procedures of the law in a real browser: what follows later, a hearing, an extension; a commitment that was false."""
import re

from city import answer_all, choose, press, write
from lives import deed, wait_for

BODY = "福州市人力资源和社会保障局"


def file(people, script, procedure, later=()):
    """Lin files special working hours for her firm by one procedure; what is to come later is ticked, not uploaded."""
    home = people.city.home
    page = people.sign_in("lin", script=script)
    page.goto(f"{home}/items?q=特殊工时&place=350100")
    press(page, page.locator("tbody tr", has_text=BODY).first.locator("a"))
    applicant = page.locator("main select[name=applicant]")
    if applicant.count():
        applicant.select_option(index=applicant.locator("option").count() - 1)
    press(page, page.get_by_role("button", name="开始申请"))
    steps = []
    for _ in range(14):
        if "/dossiers/" in page.url:
            return page, page.url.split("/dossiers/")[1].split("?")[0], steps
        steps.append(page.url[len(home):])
        way = page.locator(f"main input[name='situation-procedure'][value={procedure}]")
        if way.count():
            choose(page, way)
        for material in later:
            box = page.locator(f"main input[name=lagging][value={material}]")
            if box.count():
                choose(page, box)
        answer_all(page, "main form[method=post]")
        for material in later:
            upload = page.locator(f"main input[type=file][name={material}]")
            if upload.count():
                upload.set_input_files([])
        press(page, page.locator("main form[method=post] button.primary"))
    raise AssertionError(f"stuck at {page.url}: {page.inner_text('main')[:400]}")


def procedures(people, shots=None, script=True):
    """Accepted with the staff opinion to follow; a hearing told, asked for and fixed; an extension asked for and approved."""
    home = people.city.home
    page, dossier, _ = file(people, script, "examination", later=["staffOpinion"])
    window, office = f"{home}/window/dossiers/{dossier}", f"{home}/office/dossiers/{dossier}"
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(window)
    deed(clerk, "tolerant-acceptance", days="500", undertaking="online")
    assert "容缺" in clerk.inner_text(".error-summary, .banner.error") or clerk.locator(".error-summary").count()
    form = clerk.locator("form[action$='/tolerant-acceptance']")
    assert form.locator("[name=days]").input_value() == "500", "what was typed stays"
    assert form.is_visible(), "the refused form is open"
    if shots:
        clerk.screenshot(path=f"{shots}/tolerance.png", full_page=True)
    deed(clerk, "tolerant-acceptance", days="1")
    assert "待补交" in clerk.inner_text("main")
    page.goto(f"{home}/dossiers/{dossier}")
    answer_all(page, "form[action$='/lagging-materials']")
    press(page, page.locator("form[action$='/lagging-materials'] button").last)
    assert "容缺材料已交齐" in page.inner_text("main")

    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(office)
    deed(officer, "hearing-notices", note="涉及职工重大利益")
    page.reload()
    if shots:
        page.screenshot(path=f"{shots}/hearing-portal.png", full_page=True)
    press(page, page.locator("form[action$='/hearing-requests'] button").last)
    officer.reload()
    terms = officer.locator("details", has=officer.locator("form[action$='/hearings']")).text_content()
    first = "{}-{:0>2}-{:0>2}".format(*re.findall(r"(\d+)年(\d+)月(\d+)日", terms)[0])
    deed(officer, "hearings", day=first, time="25:00", place="三楼听证室", chair="YC-1004")
    assert officer.locator("form[action$='/hearings'] [aria-invalid=true]").count() == 1, "the time is marked"
    deed(officer, "hearings", time="14:30")
    page.reload()
    assert "14:30" in page.inner_text("main") and "三楼听证室" in page.inner_text("main")

    officer.goto(office)
    deed(officer, "extension-requests", days="5", note="需要征求意见")
    head = people.sign_in("head-hrss", staff=True, script=script)
    head.goto(home + "/office/procedures")
    press(head, head.locator("tbody a").first)
    deed(head, "extensions", choice="approve", note="同意延长")
    page.reload()
    assert "同意延长" in page.inner_text("main"), "the applicant is told the reasons"
    if shots:
        officer.reload()
        officer.screenshot(path=f"{shots}/procedures.png", full_page=True)
    if script:
        people.cases += [("review-hrss", f"/office/dossiers/{dossier}"), ("lin", f"/dossiers/{dossier}"),
                         ("head-hrss", f"/office/dossiers/{dossier}"), ("head-hrss", "/office/procedures"),
                         ("window-city", f"/window/dossiers/{dossier}")]


def commitment(people, shots=None, script=True):
    """Signed online, decided at once, found false by two: the licence is revoked, and no further one may be signed."""
    home = people.city.home
    page, dossier, steps = file(people, script, "commitment")
    assert any(step.endswith("/commitment") for step in steps), steps
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    deed(clerk, "acceptance")
    decider = people.sign_in("decide-hrss", staff=True, script=script)
    decider.goto(f"{home}/office/dossiers/{dossier}")
    assert "我承诺" in decider.locator("body").text_content(), "the signed text stands in the file"
    deed(decider, "decision", choice="grant", note="已作出告知承诺，准予")
    officer = people.sign_in("review-hrss", staff=True, script=script)
    officer.goto(home + "/office/procedures")
    press(officer, officer.locator(f"tbody a[href$='{dossier}']"))
    if script:
        people.cases += [("lin", steps[[step.endswith("/commitment") for step in steps].index(True)])]
    deed(officer, "verification", choice="broken", staff="YC-1003 YC-1004", note="没有按承诺安排轮休")
    assert "许可已撤销" in officer.inner_text("main")
    if shots:
        officer.screenshot(path=f"{shots}/verification.png", full_page=True)
    page.goto(f"{home}/dossiers/{dossier}")
    wait_for(page, "许可已撤销")
    decider.goto(f"{home}/office/procedures")
    number = page.locator(".copyable .code").first.inner_text()
    write(decider, decider.locator("[name=q]"), number)
    press(decider, decider.locator("form[role=search] button"))
    assert decider.url.endswith(dossier), "a closed case is found by its number"
    if script:
        people.cases += [("decide-hrss", f"/office/dossiers/{dossier}"), ("review-hrss", "/office/procedures")]
