"""From the ticket to the minutes: what a case took, what is to come, and how far off that was."""

from city import in_a_city, press
from hall import CITY, deed, kiosk, serve, sit, ticket_at
import trained

DESK = "/office/halls/350100"
# Three Mondays on which the forecast of the fourth rests.
MONDAYS = ["2026-11-09T09:02", "2026-11-16T09:02", "2026-11-23T09:02"]
LOOKS = [(language, width, theme) for language in ("zh", "en") for width in (360, 1440) for theme in ("light", "dark")]


def weeks(beside, binary, shots=None):
    """Four Mondays in a city with a clock of its own, which stops in between."""
    in_a_city(binary, MONDAYS[0], beside, lambda people: walk(people, shots))


def walk(people, shots):
    home = people.city.home
    for index, monday in enumerate(MONDAYS):
        if index:
            people.city.go_on_at(monday)
        take(people, 3 + index)
        if index == 2:
            trace = received(people)
    # The evening before the fourth: the pulse makes the forecast.
    people.city.go_on_at("2026-11-29T18:31")
    admin = people.sign_in("admin", staff=True)
    for _ in range(40):
        admin.goto(f"{home}{DESK}/minutes")
        if "预测作出时间" in admin.inner_text("main"):
            break
        admin.wait_for_timeout(500)
    text = admin.inner_text("main")
    assert "预测作出时间" in text and "2026年11月30日 (周一)负荷预测" in text, text[:400]
    assert "还没有可对比的预测" in text
    assert "不定时工作制" in admin.inner_text("main table:has(caption:text('各事项实际用时'))")
    admin.context.close()
    people.city.go_on_at("2026-11-30T09:02")
    take(people, 2)
    people.city.go_on_at("2026-12-01T09:00")
    admin = people.sign_in("admin", staff=True)
    admin.goto(f"{home}{DESK}/minutes")
    row = admin.locator("main table:has(caption:text('预测与实际对比')) tbody tr", has_text="2026年11月30日")
    assert row.count() == 1, admin.inner_text("main")[:600]
    admin.context.close()
    looked_at(people, [f"{DESK}/minutes", trace], shots)


def take(people, count):
    page = kiosk(people, CITY)
    for _ in range(count):
        ticket_at(page, "办理业务")
    page.context.close()


def received(people):
    """Special working hours are received from whoever is first; answers where her trace stands."""
    home = people.city.home
    window = sit(people, "window-city", "350100 1")
    trained.special_hours(window)
    window.goto(home + "/window/queue")
    number = window.inner_text("main .ticket-number")
    deed(window, "暂离")
    press(window, window.get_by_role("button", name=f"{number}继续办理"))
    deed(window, "办理完毕")
    while serve(window):
        pass
    deed(window, "下岗")
    window.context.close()
    admin = people.sign_in("admin", staff=True)
    admin.goto(f"{home}{DESK}/minutes")
    press(admin, admin.locator("main tbody a", has_text=number))
    text = admin.inner_text("main")
    for said in ("自助机取号", "叫号，请到1号窗口", "收件（办件", "暂离窗口", "返回窗口继续办理", "办理完毕"):
        assert said in text, f"{said}: {text}"
    assert admin.locator("svg[role=img]").get_attribute("aria-label")
    path = admin.url.removeprefix(home)
    admin.context.close()
    return path


def looked_at(people, paths, shots):
    """Each page in both languages, narrow and wide, light and dark."""
    from run import examine
    findings = []
    for language, width, theme in LOOKS:
        page = people.sign_in("admin", staff=True, width=width, look=f"{language}.{theme}.usual.keys")
        for name, path in zip(("minutes", "trace"), paths):
            page.goto(people.city.home + path)
            if page.locator("main details summary").count():
                page.locator("main details summary").first.click()
            findings += [f"{name} {language} {width} {theme}: {finding}" for finding in examine(page, language)]
            if shots:
                page.screenshot(path=f"{shots}/{name}-{language}-{width}-{theme}.png", full_page=True)
        page.context.close()
    assert not findings, "\n".join(findings)
