"""A bad review in a real browser: given on a phone, found by the supervisor, called, mended, verified, called back, published."""
import lives
from city import choose, press, write
from lives import deed

DONE = "受理时未提供材料样本，现已在窗口和指南中补齐。"


def loop(people, shots=None, script=True):
    """The applicant judges a closed case on a phone; a colleague who had no part in it calls and calls back; the public reads it."""
    home = people.city.home
    dossier = lives.hours_at_jinan(people, script=script)
    judge(people, dossier, shots, script)
    supervisor = people.sign_in("supervisor", staff=True, script=script)
    supervisor.goto(home + "/office/evaluations")
    press(supervisor, supervisor.locator("tbody tr", has_text="不满意").last.locator("a"))
    review = supervisor.url.split(home)[1]
    assert "没有提供材料样本" in supervisor.inner_text("main")
    assert "林晓榕" not in supervisor.inner_text("main"), "who judged is not shown"
    mend(people, review, shots, script)
    supervisor.goto(home + review)
    deed(supervisor, "publication", note=DONE)
    assert "已公开" in supervisor.inner_text("main")
    if shots:
        supervisor.screenshot(path=f"{shots}/evaluation-review.png", full_page=True)
    public = people.page(width=360, script=script)
    public.goto(home + "/evaluations")
    said = public.inner_text("main")
    assert DONE in said and "林晓榕" not in said, "the public reads what was done, without names"
    assert "不足5条" in said, "few are not shown"
    if shots:
        public.screenshot(path=f"{shots}/evaluation-public.png", full_page=True)
    supervisor.goto(home + "/office/evaluations")
    figures = supervisor.inner_text("main")
    assert "差评整改率" in figures and "100.0%" in figures, "the figures count it"
    if shots:
        supervisor.screenshot(path=f"{shots}/evaluation-supervisor.png", full_page=True)
    people.cases += [
        ("lin", f"/dossiers/{dossier}/evaluation"), ("supervisor", review), ("supervisor", "/office/evaluations"),
        ("head-hrss", "/office/evaluations"), ("window-city", "/window/evaluations"), ("lin", "/evaluations")]


def judge(people, dossier, shots, script):
    """Five choices, then the phrases of the one that was chosen."""
    page = people.sign_in("lin", script=script, width=360)
    page.goto(f"{people.city.home}/dossiers/{dossier}")
    press(page, page.get_by_role("link", name="去评价"))
    assert page.locator("main .buttons a").count() == 5, "five choices"
    for stop in page.locator("main .buttons a").all():
        assert stop.bounding_box()["height"] >= 44, "a choice is large enough for a finger"
    if shots:
        page.screenshot(path=f"{shots}/evaluation-grades.png", full_page=True)
    press(page, page.get_by_role("link", name="不满意 ★★☆☆☆", exact=True))
    choose(page, page.locator("input[name=tags][value='207']"))
    write(page, page.locator("[name=words]"), "样本看不清楚")
    if shots:
        page.screenshot(path=f"{shots}/evaluation-bad.png", full_page=True)
    press(page, page.get_by_role("button", name="提交评价"))
    assert "您的评价已收到" in page.inner_text("main")
    page.context.close()


def mend(people, review, shots, script):
    """Who handled the case says what was mended; those who had no part in it call, verify and call back."""
    home = people.city.home
    caller = people.sign_in("review-hrss-two", staff=True, script=script)
    caller.goto(home + review)
    deed(caller, "reach")
    assert "本次查看已记录" in caller.inner_text("main"), "the look is recorded"
    if shots:
        caller.screenshot(path=f"{shots}/evaluation-contact.png", full_page=True)
    caller.goto(home + review)
    deed(caller, "contacts", contact="reached", note="已致电了解情况")
    judged = people.sign_in("review-hrss", staff=True, script=script)
    judged.goto(home + review)
    assert "涉及您办理的事项" in judged.inner_text("main")
    deed(judged, "measures", measure="mended", note="已补齐材料样本")
    assert not judged.locator('form[action$="/verification"]').count(), "who was judged does not verify"
    head = people.sign_in("head-hrss", staff=True, script=script)
    head.goto(home + review)
    deed(head, "verification", enough="yes", note="")
    caller.goto(home + review)
    deed(caller, "call-back", grade='"4"', note="表示满意")
    assert "待公开" in caller.inner_text("main")
    for page in (caller, judged, head):
        page.context.close()
