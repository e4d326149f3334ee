"""A morning in two halls: tickets by kiosk, phone and appointment, calls on a live screen, and everything served."""
import re
import urllib.request

from city import choose, in_a_city, press, write
import trained

# A Monday; the demonstration's clock goes on from there.
CLOCK = "2026-11-30T09:02"
CITY, JINAN = "/halls/350100", "/halls/350111"


def kiosk(people, hall, script=True):
    """A browser on the hall's kiosk."""
    page = people.page(width=1080, script=script)
    page.goto(f"{people.city.home}{hall}/kiosk?key=demonstration-kiosk-{hall.rsplit('/', 1)[-1]}")
    assert "key=" not in page.url, "the key does not stay in the address"
    return page


def ticket_at(page, wish, priority=None, card=None):
    """Takes a ticket at a kiosk; answers its number and the address under which a phone follows it."""
    home = page.url
    press(page, page.locator("a.theme", has_text=wish))
    if card:
        write(page, page.locator("#card"), card)
    if priority:
        page.locator("label", has_text=priority).click()
    press(page, page.locator("button.primary"))
    number = page.inner_text(".ticket-number")
    address = re.sub("/kiosk/", "/", page.url)
    press(page, page.locator("main a[data-after]"))
    assert page.url == home
    return number, address


def sit(people, login, window, script=True):
    """A member of staff opens a window of the hall where she works."""
    page = people.sign_in(login, staff=True, script=script)
    page.goto(people.city.home + "/window/queue")
    row = page.locator("form", has=page.locator(f"input[name=window][value='{window}']"))
    press(page, row.locator("button"))
    assert "当前号码" in page.inner_text("main")
    return page


def deed(page, label):
    press(page, page.locator("main").get_by_role("button", name=re.compile(f"^{label}")).first)


def begin(page):
    """Whoever was called is there; answers to the queue's page."""
    deed(page, "开始办理")
    page.goto(page.url.split("/window/")[0] + "/window/queue")


def serve(page):
    """Calls whoever is next and serves her; answers her number, None when nobody waits."""
    page.goto(page.url.split("/window/")[0] + "/window/queue")
    deed(page, "叫下一号")
    if page.locator(".banner.error").count():
        assert "现在无人等候" in page.inner_text("main")
        return None
    number = page.inner_text("main .ticket-number")
    begin(page)
    deed(page, "办理完毕")
    return number


def morning(beside, binary, shots=None, script=True):
    """The whole morning; its city has a clock of its own, so that the halls are open whenever the test runs."""
    in_a_city(binary, CLOCK, beside, lambda people: walk(people, shots, script))


def walk(people, shots, script):
    home = people.city.home
    board = people.page(width=1920)
    board.goto(home + JINAN + "/board")
    board.wait_for_selector("#board .none")
    taken = {CITY: [], JINAN: []}
    for hall in (CITY, JINAN):
        page = kiosk(people, hall, script)
        if shots:
            page.screenshot(path=f"{shots}/kiosk.png", full_page=True)
        for index in range(5):
            wish = "领取结果" if index % 4 == 3 else "办理业务"
            taken[hall].append(ticket_at(page, wish, priority="残疾人" if index == 4 else None))
        # By item, and a card from which the age is read.
        press(page, page.locator("a.theme", has_text="按事项取号"))
        press(page, page.locator("a.theme").first)
        press(page, page.locator("a.theme").first)
        write(page, page.locator("#card"), "350102188501010019")
        press(page, page.locator("button.primary"))
        assert "依法优先" in page.inner_text("main")
        taken[hall].append((page.inner_text(".ticket-number"), re.sub("/kiosk/", "/", page.url)))
        if shots:
            page.screenshot(path=f"{shots}/kiosk-slip.png", full_page=True)
        # A card that cannot be read comes back with the question.
        page.goto(home + hall + "/kiosk/ticket?booked=1")
        write(page, page.locator("#card"), "12345")
        press(page, page.locator("button.primary"))
        assert "身份证号码无法识别" in page.inner_text("[role=alert]")
        page.context.close()
    phone(people, taken, shots, script)
    windows = {JINAN: [sit(people, "window-jinan", "350111 1", script), sit(people, "window-jinan-two", "350111 2", script)],
               CITY: [sit(people, "window-city", "350100 1", script), sit(people, "issue-city", "350100 4", script)]}
    if script:
        # One of those who wait has special working hours: received by the keyboard alone.
        trained.special_hours(windows[CITY][0], shots)
        windows[CITY][0].goto(home + "/window/queue")
        early = [windows[CITY][0].inner_text("main .ticket-number")]
        deed(windows[CITY][0], "办理完毕")
    else:
        early = []
    # The screen shows a call without being touched, with what the voice says.
    first = windows[JINAN][0]
    deed(first, "叫下一号")
    number = first.inner_text("main .ticket-number")
    board.wait_for_selector(f"#board li.open:has-text('{number}')", timeout=5000)
    said = board.get_attribute("#board li.open", "data-say")
    assert said == f"请{' '.join(number)}号，到1号窗口。", said
    if shots:
        board.screenshot(path=f"{shots}/board.png")
        first.screenshot(path=f"{shots}/queue.png", full_page=True)
    called = [number]
    pass_and_return(people, first, taken[JINAN], number)
    deed(first, "叫下一号")
    called.append(first.inner_text("main .ticket-number"))
    begin(first)
    aside(first, called)
    for hall, pages in windows.items():
        served = called if hall == JINAN else early
        while True:
            found = [number for number in map(serve, pages) if number]
            if not found:
                break
            served += found
        numbers = [number for number, _ in taken[hall]]
        assert sorted(set(served)) == sorted(numbers), f"{hall}: {sorted(served)} of {sorted(numbers)}"
        again = 1 if hall == JINAN else 0
        assert len(served) == len(numbers) + again, "nobody twice, but for the number that was passed"
        for page in pages:
            deed(page, "下岗")
            page.context.close()
    for number, address in taken[CITY] + taken[JINAN]:
        with urllib.request.urlopen(address) as answer:
            assert "办理完毕" in answer.read().decode(), f"{number} is served"
    board.context.close()


def phone(people, taken, shots, script):
    """A ticket by phone under a real name, one only; and an appointment, which cannot be redeemed before its day."""
    home = people.city.home
    page = people.sign_in("chen", script=script, width=390)
    page.goto(home + JINAN)
    choose(page, page.locator("[name=need][value=comprehensive]"))
    press(page, page.get_by_role("button", name="手机取号"))
    taken[JINAN].append((page.inner_text(".ticket-number"), page.url))
    assert "前面还有" in page.inner_text("main")
    if shots:
        page.screenshot(path=f"{shots}/ticket.png", full_page=True)
    page.goto(home + JINAN)
    press(page, page.get_by_role("button", name="手机取号"))
    assert "您在本大厅已有一个号码" in page.inner_text("main")
    page.goto(home + JINAN + "/appointments")
    write(page, page.locator("main [name=q]"), "特殊工时")
    press(page, page.locator("main [role=search] button"))
    press(page, page.locator("main tbody a").first)
    choose(page, page.locator("[name=slot][value='2026-12-01 540']"))
    if shots:
        page.screenshot(path=f"{shots}/appointment.png", full_page=True)
    press(page, page.get_by_role("button", name="预约", exact=True))
    assert "2026年12月1日" in page.inner_text("main table") and "09:00–09:30" in page.inner_text("main table")
    press(page, page.get_by_role("button", name="我已到大厅，取号"))
    assert "还没有到取号时间" in page.inner_text("main")
    press(page, page.get_by_role("button", name="取消预约"))
    assert "我的预约" not in page.inner_text("main")
    page.context.close()


def pass_and_return(people, window, taken, number):
    """A number that is called three times in vain is passed; its holder joins again and is called later."""
    for _ in range(2):
        window.wait_for_timeout(10_200)
        deed(window, "重呼")
    deed(window, "过号")
    address = next(address for other, address in taken if other == number)
    holder = people.page(width=390)
    holder.goto(address)
    assert "已过号" in holder.inner_text("main")
    press(holder, holder.get_by_role("button", name="重新排队"))
    assert "前面还有3人" in holder.inner_text("main")
    holder.context.close()


def aside(window, called):
    """Somebody who fetches something comes back without a new number."""
    number = window.inner_text("main .ticket-number")
    deed(window, "暂离")
    press(window, window.get_by_role("button", name=f"{number}继续办理"))
    assert window.inner_text("main .ticket-number") == number
    deed(window, "办理完毕")
