"""A new item with a form of twelve questions is made, reviewed, published, filed and received in a real browser."""
import json
import re
import subprocess
import tempfile

from city import FIRM, answer_all, choose, press

NAME = "示例水上游乐场所备案"
# A person the city does not know yet: the window registers her. Synthetic, with a valid check digit.
NEWCOMER = "350102199003070039"
# Every kind of question that there is.
KINDS = ["text", "multiline", "integer", "date", "choice", "multichoice", "phone", "citizenID", "creditCode", "address",
         "boolean", "money"]


def new_item(people, shots=None):
    home = people.city.home
    editor = people.sign_in("editor", staff=True)
    editor.goto(home + "/office/catalogue/new")
    press(editor, editor.locator("main form button.primary"))
    assert editor.locator(".error-summary").count(), "an empty form says what is missing"
    editor.fill("[name=name]", NAME)
    editor.fill("[name=nameEnglish]", "Filing of a water park (sample)")
    editor.select_option("[name=type]", "10")
    editor.select_option("[name=department]", "hrss")
    editor.fill("[name=template]", "special-working-hours")
    press(editor, editor.locator("main form button.primary"))
    sheet = editor.url
    assert re.search(r"/office/catalogue/3510\d{8}$", sheet), f"the program gave a code: {sheet}"
    editor.goto(sheet + "/fields/form")
    write_form(editor)
    if shots:
        editor.screenshot(path=f"{shots}/editor-form.png", full_page=True)
    save(editor)
    assert editor.locator(".error-summary").count() == 0, editor.inner_text("main")[:500]
    # What the other item's form asked for is no longer asked: its conditions and prefilled answers went with it.
    editor.goto(sheet)
    if shots:
        editor.screenshot(path=f"{shots}/editor-sheet.png", full_page=True)
    press(editor, editor.locator('form[action$="/submission"] button'))
    assert editor.locator('form[action$="/approval"] button').count(), "it waits for review"
    press(editor, editor.locator('form[action$="/approval"] button'))
    assert "编写人不能审核" in editor.inner_text("main"), "nobody reviews her own work"
    reviewer = people.sign_in("editor-review", staff=True)
    reviewer.goto(sheet)
    press(reviewer, reviewer.locator('form[action$="/approval"] button'))
    press(reviewer, reviewer.locator('form[action$="/publication"] button'))
    press(reviewer, reviewer.get_by_role("link", name="查看办事指南"))
    guide = reviewer.url
    assert NAME in reviewer.inner_text("h1")
    read_by_programs(people, guide)
    filed_online(people)
    received_at_window(people)
    counted(people)
    stopped(people, editor, reviewer, sheet, guide)


def counted(people):
    """The figures lead from the city to a place, and from there to a department."""
    page = people.page()
    page.goto(people.city.home + "/figures")
    assert page.locator("svg.plot rect").count() > 20, "the plots are drawn"
    whole = int(page.locator(".figures .figure").nth(1).inner_text().replace(",", ""))
    assert whole >= 15_000, f"implementations of the whole city: {whole}"
    press(page, page.get_by_role("link", name="晋安区"))
    own = int(page.locator(".figures .figure").nth(1).inner_text().replace(",", ""))
    assert 1000 < own < whole
    press(page, page.get_by_role("link", name="公安局", exact=True))
    assert "晋安区、公安局" in page.inner_text("main")
    page.context.close()


def stopped(people, editor, reviewer, sheet, guide):
    """An editor stops the item, everybody reads why; somebody else ends it."""
    reader = people.sign_in("lin")
    editor.goto(sheet)
    editor.locator("summary", has_text="暂停办理").click()
    editor.fill('form[action$="/suspension"] [name=reason-suspension]', "系统升级，12月1日恢复")
    press(editor, editor.locator('form[action$="/suspension"] button'))
    reader.goto(guide)
    assert "该事项暂停办理：系统升级，12月1日恢复" in reader.inner_text("main")
    assert reader.get_by_role("button", name="开始申请").count() == 0, "nobody begins what is stopped"
    editor.locator("summary", has_text="取消事项").click()
    editor.fill('form[action$="/cancellation"] [name=reason-cancellation]', "上级决定取消")
    press(editor, editor.locator('form[action$="/cancellation"] button'))
    assert "不能自己取消" in editor.inner_text("main"), "who stopped it does not end it"
    reviewer.goto(sheet)
    press(reviewer, reviewer.locator('form[action$="/resumption"] button'))
    reader.goto(guide)
    assert reader.get_by_role("button", name="开始申请").count() == 1, "and it is taken up again"
    reader.context.close()


def open_all(page):
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")


def save(page):
    press(page, page.locator("main form button.primary:visible"))


def write_form(page):
    """Takes the pages out that came from the other item, then writes three pages of four questions each."""
    while page.locator('button[name=remove][value="form.pages.0"]').count():
        open_all(page)
        press(page, page.locator('button[name=remove][value="form.pages.0"]'))
    for number in range(3):
        press(page, page.locator('button[name=add][value="form.pages"]'))
        own = f"form.pages.{number}"
        page.fill(f'[name="{own}.id"]', f"page{number}")
        page.fill(f'[name="{own}.title.zh"]', f"第{number + 1}部分")
        page.fill(f'[name="{own}.title.en"]', f"Part {number + 1}")
        for place in range(4):
            open_all(page)
            press(page, page.locator(f'button[name=add][value="{own}.fields"]'))
            open_all(page)
            question(page, f"{own}.fields.{place}", KINDS[number * 4 + place], number * 4 + place)


def question(page, path, kind, number):
    page.fill(f'[name="{path}.id"]', f"q{number}")
    page.fill(f'[name="{path}.label.zh"]', f"第{number + 1}问")
    page.fill(f'[name="{path}.label.en"]', f"Question {number + 1}")
    page.select_option(f'[name="{path}.type"]', kind)
    page.locator(f'[name="{path}.required"][value=true]').check(force=True)
    page.locator(f'[name="{path}.personal"][value=false]').check(force=True)
    if kind in ("choice", "multichoice"):
        for option in range(2):
            press(page, page.locator(f'button[name=add][value="{path}.options"]'))
            open_all(page)
            page.fill(f'[name="{path}.options.{option}.id"]', "ab"[option])
            page.fill(f'[name="{path}.options.{option}.label.zh"]', "甲乙"[option])
            page.fill(f'[name="{path}.options.{option}.label.en"]', "AB"[option])


def read_by_programs(people, guide):
    """The interface knows all twelve questions, and the print is a PDF that names the item."""
    page = people.page()
    code = guide.split("/items/")[1]
    item = json.dumps(page.request.get(f"{people.city.home}/api/v1/items/{code}").json())
    assert all(f'"q{number}"' in item for number in range(12)), "twelve questions for programs"
    printed = page.request.get(guide + "/guide.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(printed.body())
        file.flush()
        text = subprocess.run(["pdftotext", file.name, "-"], check=True, capture_output=True, text=True).stdout
    assert NAME in text, "the print names the item"
    page.context.close()


def answers(page, scope):
    """Answers of the right kind, by the number of the question; everything else as anybody would."""
    samples = {2: "3", 3: "2026-12-01", 6: "13800000002", 7: "350102188501010019", 8: FIRM, 11: "12.50"}
    for number, value in samples.items():
        field = page.locator(f'{scope} [name="q{number}"], {scope} [name="answer-q{number}"]')
        if field.count():
            field.first.fill(value)
    answer_all(page, scope)


def filed_online(people):
    home = people.city.home
    page = people.sign_in("lin")
    page.goto(f"{home}/items?q={NAME}&place=350100")
    press(page, page.locator("tbody a"))
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(14):
        if "/dossiers/" in page.url:
            break
        answers(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    assert "/dossiers/" in page.url, f"filed, not stuck at {page.url}: {page.inner_text('main')[:300]}"
    assert "申请已提交" in page.inner_text("main")
    page.context.close()


def received_at_window(people):
    home = people.city.home
    clerk = people.sign_in("window-city", staff=True)
    clerk.goto(f"{home}/window/intake?number={NEWCOMER}")
    clerk.fill("main form[method=post] [name=name]", "示例新来人")
    clerk.fill("main form[method=post] [name=mobile]", "13800000009")
    press(clerk, clerk.locator("main form[method=post] button"))
    clerk.goto(f"{home}/window/intake?number={NEWCOMER}&q={NAME}")
    row = clerk.locator("tbody tr", has_text="福州市人力资源和社会保障局").first
    press(clerk, row.locator("a"))
    for group in clerk.locator("form[method=get] fieldset").all():
        choose(clerk, group.locator("input[type=radio]").first)
    press(clerk, clerk.locator("form[method=get] button"))
    for result in clerk.locator("input[type=radio][value=meets]").all():
        choose(clerk, result)
    answers(clerk, ".bench-task form")
    press(clerk, clerk.locator(".bench-task form button.primary"))
    assert clerk.url.endswith("/slip"), f"received, not stuck at {clerk.url}: {clerk.inner_text('main')[:300]}"
    assert NAME in clerk.inner_text("main")
    clerk.context.close()
