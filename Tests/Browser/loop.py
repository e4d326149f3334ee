"""The closed loop: what one case issues is offered, used and seen in the next, and red as soon as it is revoked."""
import time

import lives
from city import answer_all, choose, press, write

# Seconds after a revocation by which whoever checks must see it.
RED_SECONDS = 1


def closed_loop(people, shots=None, script=True):
    """A registration certificate is issued by one case, ticked and prefilled in the next, seen by its holder, revoked."""
    home = people.city.home
    identifier = lives.constructor_online(people, script=script)
    serial = identifier.split(".")[-3]
    page = people.sign_in("chen", script=script)
    page.goto(home + "/certificates")
    press(page, page.locator("tbody tr", has_text=serial).locator("a"))
    own = page.url
    assert "还没有在办件中使用过" in page.inner_text("main")
    assert "建筑工程" in page.inner_text("main"), "a choice of the form stands on the face by its label"
    dossier = apply(page, home, serial)
    number = page.locator(".copyable .code").first.inner_text()
    clerk = people.sign_in("window-city", staff=True, script=script)
    window = f"{home}/window/dossiers/{dossier}"
    clerk.goto(window)
    material = clerk.locator("dl.summary > div", has_text="原二级建造师注册证书")
    assert serial in material.inner_text() and "真实有效" in material.inner_text(), material.inner_text()
    assert "不能作为本项材料" not in material.inner_text()
    if shots:
        clerk.screenshot(path=f"{shots}/loop-window.png", full_page=True)
    press(clerk, material.get_by_role("link", name="查看证照"))
    assert "用证码" in clerk.inner_text("main") and "真实有效" in clerk.inner_text("main")
    opened = clerk.url
    page.goto(own)
    said = page.inner_text("main")
    assert number in said and "本次办件可用" in said, "the holder sees who used it, and for what"
    assert f"办件{number}的工作人员查看" in said, "and that it was opened"
    if shots:
        page.screenshot(path=f"{shots}/loop-holder.png", full_page=True)
    press(page, page.get_by_role("link", name=number))
    assert page.url.endswith(dossier), "a use leads to its case"
    assert revoke(people, page, home, script), "a case that can be ended"
    page.goto(own)
    assert "已撤销" in page.inner_text("main"), "the certificate of this case"
    revoked = time.monotonic()
    body = clerk.request.get(window).text()
    assert "已撤销" in body and "不能作为本项材料" in body, "the next check is red"
    assert time.monotonic() - revoked < RED_SECONDS, "within a second"
    clerk.goto(window)
    if shots:
        clerk.screenshot(path=f"{shots}/loop-red.png", full_page=True)
    clerk.goto(opened)
    assert "证照已失效" in clerk.inner_text("main") or "无效" in clerk.inner_text("main")
    # Those that earlier walks left would serve in its place.
    while revoke(people, page, home, script):
        pass
    again(page, home, serial)
    if script:
        people.cases += [("window-city", f"/window/dossiers/{dossier}"), ("chen", own[len(home):]),
                         ("window-city", opened[len(home):])]


def begin(page, home):
    """Begins an application for a further speciality, up to the first page of the form."""
    page.goto(home + "/items?q=建造师")
    press(page, page.locator("tbody a"))
    press(page, page.get_by_role("button", name="开始申请"))
    choose(page, page.locator("input[name='situation-registration'][value=added]"))
    answer_all(page, "main form[method=post]")
    press(page, page.locator("main form[method=post] button.primary"))


def apply(page, home, serial):
    """Files it: the certificate is offered and ticked, its number stands in the form; answers the new case."""
    begin(page, home)
    seen = {"prefilled": False, "ticked": False, "authorised": False}
    for _ in range(12):
        if "/dossiers/" in page.url:
            break
        previous = page.locator("[name='previousNumber'], [name='answer-previousNumber']")
        if previous.count():
            seen["prefilled"] = previous.first.input_value() == serial
        if page.url.endswith("/materials"):
            held = page.locator(".needs li.held", has_text="原二级建造师注册证书")
            seen["ticked"] = serial in held.inner_text() and not page.locator("[name=registrationCertificate]").count()
        if page.url.endswith("/check"):
            seen["authorised"] = "电子证照使用授权" in page.inner_text("main") and serial in page.inner_text("main")
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    assert "/dossiers/" in page.url, f"filed, not stuck at {page.url}"
    assert all(seen.values()), seen
    return page.url.split("/dossiers/")[1].split("?")[0]


def revoke(people, page, home, script):
    """Revokes the latest registration in the case that made it; answers whether there was one."""
    page.goto(home + "/business")
    cases = [link.get_attribute("href") for link in page.locator("tbody a[href*='/dossiers/']").all()]
    decider = people.sign_in("decide-housing", staff=True, script=script)
    for case in cases:
        decider.goto(home + "/office" + case)
        form = decider.locator('form[action$="/licence-ends"]')
        # What was revoked can still be struck off; that is another deed.
        if not form.locator("[name=ground][value='revoked.fraud']").count():
            continue
        hidden = form.locator("xpath=ancestor::details[not(@open)]/summary")
        if hidden.count():
            hidden.first.click()
        choose(decider, form.locator("[name=ground][value='revoked.fraud']"))
        write(decider, form.locator("[name=note]"), "以欺骗手段取得注册")
        choose(decider, form.locator("[name=interest][value=yes]"))
        press(decider, form.locator("button[type=submit], button:not([type])").last)
        assert not decider.locator(".error-summary, [aria-invalid=true]").count(), decider.inner_text("main")[:400]
        decider.context.close()
        return True
    decider.context.close()
    return False


def again(page, home, serial):
    """In a third application it is not ticked any more, and the page says why and what to do."""
    begin(page, home)
    for _ in range(12):
        if page.url.endswith("/materials"):
            break
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    said = page.inner_text("main")
    assert serial in said and "不能使用" in said and "另行提交材料" in said, said
