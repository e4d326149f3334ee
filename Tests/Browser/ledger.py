"""Who looked: a look after hours is found by the person and by the supervisor, asked about, not answered, taken up, ruled on."""
from city import in_a_city, press
from lives import deed
from supervision import looked_at, seen

# A Monday night, and a Wednesday more than five working days on.
NIGHT, NEXT = "2026-11-16T21:40", "2026-11-25T09:30"
LIN = "350102188501010019"
BOARD, QUESTIONS = "/office/looks", "/office/looks/questions"
AFTER_HOURS, NO_CASE = "非办公时间", "没有对应办件"


def whole(beside, binary, shots=None, script=True):
    """A city with a clock of its own, which is moved on in between."""
    in_a_city(binary, NIGHT, beside, lambda people: walk(people, shots, script))


def walk(people, shots, script):
    home = people.city.home
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/intake?number={LIN}")
    assert "林晓榕" in clerk.inner_text("main"), "the clerk sees who it is"
    clerk.context.close()

    lin = people.sign_in("lin", width=360, script=script)
    lin.goto(f"{home}/looks")
    for text in ("受理申请", NO_CASE, "您的个人信息", "工号"):
        assert text in lin.inner_text("main"), text
    assert "郑远" not in lin.inner_text("body"), "nobody's name"
    press(lin, lin.locator("main a[href^='/looks/']").first)
    look = lin.url[len(home):]
    deed(lin, "questions", text="")
    assert lin.locator("[aria-invalid=true]").count() == 1, "a question has words"
    deed(lin, "questions", text="那天晚上我没有去过窗口")
    assert "等待单位答复" in lin.inner_text("main")
    if shots:
        lin.screenshot(path=f"{shots}/look-asked.png", full_page=True)

    supervisor = people.sign_in("supervisor", staff=True, script=script)
    supervisor.goto(home + BOARD)
    for text in (AFTER_HOURS, NO_CASE):
        seen(supervisor, text)
    behind = supervisor.locator("main a[href*='/patterns/after-hours']")
    assert behind.count(), "a look after hours is counted, and leads to its looks"
    press(supervisor, behind.last)
    assert "林晓榕" not in supervisor.inner_text("body") and "工号" in supervisor.inner_text("main")
    if shots:
        supervisor.screenshot(path=f"{shots}/looks-after-hours.png", full_page=True)

    # The head of the body finds the question, and lets it lie.
    head = people.sign_in("head-city", staff=True, script=script)
    head.goto(home + QUESTIONS)
    press(head, head.locator(f"main a[href^='{QUESTIONS}/']").first)
    question = head.url[len(home):]
    assert "那天晚上我没有去过窗口" in head.inner_text("main") and "林晓榕" not in head.inner_text("body")
    people.city.go_on_at(NEXT)

    supervisor = people.sign_in("supervisor", staff=True, script=script)
    supervisor.goto(f"{home}/office/supervision")
    seen(supervisor, "升级的查阅询问")
    assert supervisor.locator(f"main a[href='{question}']").count(), "what was not answered has gone up"
    lin = people.sign_in("lin", width=360, script=script)
    lin.goto(home + look)
    assert "逾期未答复，升级至效能监察" in lin.inner_text("main"), "she sees that it has gone up"
    if script:
        looked_at(people, {"board": BOARD, "questions": QUESTIONS, "question": question}, shots, name="ledger")
        looked_at(people, {"looks": "/looks", "look": look}, shots, ("lin", False), "ledger")

    supervisor.goto(home + question)
    deed(supervisor, "rulings", verdict="not-justified", text="")
    assert supervisor.locator("[aria-invalid=true]").count() == 1, "a ruling says why"
    deed(supervisor, "rulings", verdict="not-justified", text="非办公时间无事由查阅，已批评教育")
    assert "已办结" in supervisor.inner_text("main")
    supervisor.goto(f"{home}/office/supervision")
    assert not supervisor.locator(f"main a[href='{question}']").count(), "nothing waits for her any more"
    lin.goto(home + look)
    for text in ("已办结", "已批评教育", "没有正当理由，已作处理"):
        assert text in lin.inner_text("main"), text
    if shots:
        lin.screenshot(path=f"{shots}/look-closed.png", full_page=True)
