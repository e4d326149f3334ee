"""A review of closed files in a real browser: opened, sealed, drawn, reviewed by two, objected to, ruled on, published."""
import re
import time

import lives
from city import choose, press, write
from lives import deed

MARKED = {"review-housing": "2", "decide-market": "3"}


def loop(people, shots=None, script=True):
    """A closed case of the city's bureau is drawn and reviewed by people of two other bodies; the public reads the marks."""
    home = people.city.home
    lives.hours_at_jinan(people, script=script)
    supervisor = people.sign_in("supervisor", staff=True, script=script)
    campaign = opened(people, supervisor, shots, script)
    drawn(people, supervisor, campaign, shots)
    files = [link.get_attribute("href") for link in supervisor.locator("a[href^='/office/reviewed-files/']").all()]
    assert files, "something was drawn"
    for login, marks in MARKED.items():
        page = people.sign_in(login, staff=True, script=script)
        for number, file in enumerate(files):
            review(page, home + file, marks, shots if number == 0 and login == "review-housing" else None)
        page.context.close()
    object_and_rule(people, supervisor, files, shots, script)
    publish(people, supervisor, campaign, shots, script)
    people.cases += [
        ("supervisor", campaign), ("supervisor", files[0]), ("supervisor", "/office/file-reviews"),
        ("head-hrss", "/office/file-reviews"), ("head-hrss", files[0]), ("review-housing", files[0]),
        ("lin", campaign.replace("/office", "")), ("lin", "/file-reviews")]


def opened(people, supervisor, shots, script):
    """The list is fixed, the seed is not known yet."""
    home = people.city.home
    supervisor.goto(home + "/office/file-reviews")
    form = supervisor.locator("form[action='/office/file-reviews']")
    hidden = form.locator("xpath=ancestor::details[not(@open)]/summary")
    if hidden.count():
        hidden.first.click()
    if shots:
        supervisor.screenshot(path=f"{shots}/filereview-open.png", full_page=True)
    write(supervisor, form.locator("[name=minutes]"), "1")
    write(supervisor, form.locator("[name=sample]"), "1")
    choose(supervisor, form.locator("[name=unit][value=files]"))
    body = form.locator("[name=bodies]").first.locator("xpath=ancestor::fieldset[1]").locator("label", has_text="福州市人力资源和社会保障局")
    body.first.click()
    for attempt in range(90):
        press(supervisor, form.locator("button").last)
        if re.search(r"/office/file-reviews/\w+$", supervisor.url):
            break
        # The case is counted once it is sealed.
        assert "没有办结的案卷" in supervisor.inner_text("main"), supervisor.inner_text("main")[:600]
        time.sleep(2)
    campaign = supervisor.url.split(home)[1]
    deed(supervisor, "draw")
    assert "检查点尚未签署" in supervisor.inner_text("main"), "nobody draws before the checkpoint"
    return campaign


def drawn(people, supervisor, campaign, shots):
    """The named time has come and the log has signed."""
    home = people.city.home
    for attempt in range(120):
        supervisor.goto(home + campaign)
        if "检查点已签署" in supervisor.inner_text("main"):
            break
        time.sleep(2)
    deed(supervisor, "draw")
    assert supervisor.locator("text=种子（十六进制）").count(), supervisor.inner_text("main")[:600]
    for name in ("刘川", "方砚"):
        supervisor.locator("form[action$='/reviewers'] label", has_text=name).first.click()
    if shots:
        supervisor.screenshot(path=f"{shots}/filereview-deal.png", full_page=True)
    press(supervisor, supervisor.locator("form[action$='/reviewers'] button").last)
    assert "评查中" in supervisor.inner_text("main")


def review(page, address, marks, shots):
    """What the house found met is confirmed at once, the rest is marked point by point."""
    page.goto(address)
    if shots:
        page.screenshot(path=f"{shots}/filereview-sheet.png", full_page=True)
    deed(page, "confirmation")
    while page.locator("details[open] form[action$='/marks']").count():
        form = page.locator("details[open] form[action$='/marks']").first
        point = form.locator("[name=point]").input_value()
        missed = point == "d-law"
        choose(page, form.locator(f"[name=verdict][value={'notMet' if missed else 'met'}]"))
        if missed:
            write(page, form.locator("[name=marks]"), marks)
            choose(page, form.locator("[name=mend]"))
        write(page, form.locator("[name=words]"), "引用条款不完整" if missed else "已核对案卷")
        press(page, form.locator("button").last)
        assert f"#point-{point}" in page.url, (point, page.inner_text("main")[:400])
    deed(page, "submission")
    assert not page.locator("form[action$='/submission']").count(), page.inner_text("main")[:400]


def object_and_rule(people, supervisor, files, shots, script):
    """The head of the body objects once; the supervisor rules."""
    home = people.city.home
    head = people.sign_in("head-hrss", staff=True, script=script)
    for file in files:
        head.goto(home + file)
        assert "刘川" not in head.inner_text("main"), "who reviewed is not shown"
        deed(head, "objection", words="条款已在决定书中完整引用")
        assert "有异议，待裁定" in head.inner_text("main")
        supervisor.goto(home + file)
        if shots:
            supervisor.screenshot(path=f"{shots}/filereview-ruling.png", full_page=True)
        deed(supervisor, "ruling", upheld="no", words="第二款没有引用")
        assert "已定分" in supervisor.inner_text("main")
    head.goto(home + files[0])
    assert "异议不成立" in head.inner_text("main") and "整改督办单" in head.inner_text("main")
    if shots:
        head.screenshot(path=f"{shots}/filereview-head.png", full_page=True)
    head.context.close()


def publish(people, supervisor, campaign, shots, script):
    home = people.city.home
    supervisor.goto(home + campaign)
    deed(supervisor, "publication")
    assert "已公布" in supervisor.inner_text("main")
    if shots:
        supervisor.screenshot(path=f"{shots}/filereview-campaign.png", full_page=True)
        supervisor.goto(home + campaign + "/report")
        supervisor.screenshot(path=f"{shots}/filereview-report.png", full_page=True)
    public = people.page(width=360, script=script)
    public.goto(home + campaign.replace("/office", ""))
    said = public.inner_text("main")
    assert "97.5" in said or "98.0" in said, said[:600]
    assert "福州市人力资源和社会保障局" in said and "适用法律正确" in said
    if shots:
        public.screenshot(path=f"{shots}/filereview-public.png", full_page=True)
    public.context.close()
