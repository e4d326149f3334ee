"""How often one must come: asked before one applies, kept while one chooses the way, and told when it is over."""
from urllib.parse import unquote

from city import answer_all, choose, press


def before(people, shots=None, script=True):
    """Nobody in particular, then somebody who holds certificates; the same ways stand in the application."""
    home = people.city.home
    page = people.page(script=script)
    page.goto(f"{home}/items?q=劳务派遣&place=350100")
    press(page, page.locator("tbody tr", has_text="劳务派遣经营许可").first.locator("a"))
    press(page, page.get_by_role("link", name="看看您要跑几趟"))
    assert page.inner_text("h1") == "您：1趟", page.inner_text("h1")
    said = page.inner_text("main")
    assert "没有登录" in said and "验资报告" in said and "窗口申报·就近通办" in said
    shown = [picture for picture in page.locator(".step-picture").all() if picture.is_visible()]
    assert len(shown) == 1 and "第1趟" in shown[0].text_content(), "the visit is in the picture, in sight once"
    for group in page.locator("form.situation fieldset").all():
        choose(page, group.locator("input[type=radio]").first)
    press(page, page.locator("form.situation button"))
    assert "/trips?s." in page.url and page.inner_text("h1") == "您：1趟", page.url
    plan = page.url[len(home):]
    page.context.close()
    person = people.sign_in("lin", script=script)
    person.goto(home + plan)
    assert "没有登录" not in person.inner_text("main") and "电子证照库提供" in person.inner_text("main")
    press(person, person.get_by_role("link", name="查看指南、在线申请"))
    press(person, person.get_by_role("button", name="开始申请"))
    for _ in range(12):
        if person.url.endswith("/way"):
            break
        answer_all(person, "main form[method=post]")
        press(person, person.locator("main form[method=post] button.primary"))
    ways = [way.get_attribute("value") for way in person.locator("main input[name=way]").all()]
    assert ways and all(way.startswith("O5.") for way in ways), ways
    press(person, person.get_by_role("link", name="看看您要跑几趟"))
    assert unquote(person.url[len(home):]) == plan, f"{person.url} asks what was answered: {plan}"
    person.context.close()
    if shots:
        look(people, plan, shots)


def look(people, plan, shots):
    """The plan as it is seen."""
    for language, width, theme in (("zh", 390, "light"), ("en", 390, "dark"), ("zh", 1440, "light"), ("en", 1440, "dark")):
        for who, path, name in ((None, plan, "nobody"), ("lin", plan, "lin"), (None, "/figures", "figures")):
            kind = {"width": width, "look": f"{language}.{theme}.usual.keys"}
            page = people.sign_in(who, **kind) if who else people.page(**kind)
            page.goto(people.city.home + path)
            page.screenshot(path=f"{shots}/trips-{name}-{language}-{theme}-{width}.png", full_page=True)
            page.context.close()
