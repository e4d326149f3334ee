"""Somebody looks for an item and picks it from what is suggested while she types."""
from urllib.parse import unquote

from city import press, write


def suggested(page, box, text):
    """Types letter by letter and answers what is suggested once it is there."""
    box.click()
    box.press_sequentially(text, delay=20)
    page.wait_for_selector("[role=listbox]:not([hidden]) [role=option]")
    assert box.get_attribute("role") == "combobox" and box.get_attribute("aria-expanded") == "true"
    page.wait_for_function("text => document.getElementById('live').textContent.includes(text)",
                           arg=str(page.locator("[role=option]").count()))
    return page.locator("[role=option]").all_inner_texts()


def by_suggestion(people):
    """Pinyin on the home page, everyday words on the search page; by the arrow keys, Escape and Enter."""
    home = people.city.home
    page = people.page()
    page.goto(home + "/")
    box = page.locator("input[type=search]")
    found = suggested(page, box, "changle")
    assert any("长乐" in text for text in found), found
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.count() == 1 and chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    name = chosen.inner_text().split(" ")[0]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert name in page.inner_text("h1") and "长乐" in page.inner_text("main"), page.url
    page.goto(home + "/items")
    box = page.locator("input[type=search]")
    found = suggested(page, box, "开饭店")
    assert "经营许可" in found[0] and any("食品经营许可" in text for text in found), found
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and page.locator("[role=option]:visible").count() == 0
    assert box.input_value() == "开饭店", "Escape closes the list and keeps what was typed"
    box.fill("")
    suggested(page, box, "kaifandian")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/items?item=" in unquote(page.url), "the item is done in many places, one is to be chosen"
    press(page, page.locator("tbody tr", has_text="长乐区").locator("a"))
    assert "食品" in page.inner_text("h1") and "经营许可" in page.inner_text("h1")
    page.context.close()


def by_filters(people):
    """Words, then filters, then the next page; nothing of it needs a script."""
    home = people.city.home
    page = people.page(script=False)
    page.goto(home + "/items")
    write(page, page.locator("input[type=search]"), "kaifandian")
    press(page, page.locator("form[role=search] button"))
    assert "经营许可" in page.locator("tbody a").first.inner_text()
    page.locator("details.unfold summary").click()
    page.locator("select[name=place]").select_option("350112")
    page.locator("select[name=holder]").select_option("firm")
    press(page, page.locator("form.filters button"))
    assert "q=kaifandian" in page.url and "place=350112" in page.url
    assert "长乐区" in page.locator("tbody tr").first.inner_text()
    page.locator("select[name=department]").select_option("education")
    press(page, page.locator("form.filters button"))
    press(page, page.get_by_role("link", name="去掉筛选").last)
    assert page.url.endswith("/items?q=kaifandian"), page.url
    page.context.close()
