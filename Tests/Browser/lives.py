"""Two whole lives in a real browser: the second-class constructor online, special working hours at a window in Jin'an."""
import re
import time

from city import FIRM, answer_all, choose, paper_of, press, write


def constructor_online(people, shots=None, script=True):
    """Filed online, accepted, examined, decided, certified, verified. Answers the certificate's identifier."""
    home = people.city.home
    page = people.sign_in("chen", script=script)
    page.goto(home + "/items?q=建造师")
    press(page, page.locator("tbody a"))
    assert "电子证照" in page.inner_text(".needs"), "what the library holds is ticked"
    if shots:
        page.screenshot(path=f"{shots}/guide.png")
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(12):
        if "/dossiers/" in page.url:
            break
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    assert "/dossiers/" in page.url, f"filed, not stuck at {page.url}"
    assert "申请已提交" in page.inner_text("main")
    dossier = page.url.split("/dossiers/")[1].split("?")[0]
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    press(clerk, clerk.locator('form[action$="/acceptance"] button'))
    assert "将于" in clerk.inner_text(".lead")
    examine(people, dossier, "housing", script, shots)
    page.goto(f"{home}/dossiers/{dossier}")
    wait_for(page, "已办结")
    if shots:
        page.screenshot(path=f"{shots}/dossier.png")
    page.goto(home + "/certificates")
    press(page, page.locator("tbody tr", has_text="注册证书").first.locator("a"))
    own = page.url
    sealed = page.request.get(own + "/files/ofd")
    assert sealed.status == 200, "the holder takes the sealed file along"
    press(page, page.locator("main a[href^='/verify?']").first)
    assert "证照真实有效" in page.inner_text("main"), "anybody can verify it"
    identifier = page.locator("[name=identifier]").input_value()
    page.locator("input[type=file]").set_input_files(
        {"name": "certificate.ofd", "mimeType": "application/ofd", "buffer": sealed.body()})
    press(page, page.locator("form[enctype] button"))
    assert "真实有效" in page.inner_text("main"), "and its file, check by check"
    return identifier


def hours_at_jinan(people, shots=None, script=True):
    """Received at a Jin'an window for the city's bureau; the result is handed over at the issuing window."""
    home = people.city.home
    clerk = people.sign_in("window-jinan", staff=True, script=script)
    clerk.goto(f"{home}/window/intake?number={FIRM}&q=特殊工时")
    row = clerk.locator("tbody tr", has_text="福州市人力资源和社会保障局")
    press(clerk, row.locator("a"))
    for group in clerk.locator("form[method=get] fieldset").all():
        choose(clerk, group.locator("input[type=radio]").first)
    press(clerk, clerk.locator("form[method=get] button"))
    for result in clerk.locator("input[type=radio][value=meets]").all():
        choose(clerk, result)
    choose(clerk, clerk.locator('input[name=delivery][value=counter]'))
    answer_all(clerk, ".bench-task form")
    press(clerk, clerk.locator(".bench-task form button.primary"))
    assert clerk.url.endswith("/slip"), f"received, not stuck at {clerk.url}"
    assert "查询密码" in clerk.inner_text("main")
    dossier = re.search(r"/dossiers/([^/]+)/", clerk.url).group(1)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    if shots:
        clerk.screenshot(path=f"{shots}/window.png")
    press(clerk, clerk.locator('form[action$="/acceptance"] button'))
    clerk.goto(f"{home}{paper_of(clerk, f'/window/dossiers/{dossier}', '受理通知书')}")
    assert "受理通知书" in clerk.inner_text("main") and "〔20" in clerk.inner_text("main")
    examine(people, dossier, "hrss", script, shots)
    issuer = people.sign_in("issue-city", staff=True, script=script)
    applicant = people.sign_in("lin", script=script)
    applicant.goto(f"{home}/dossiers/{dossier}")
    wait_for(applicant, "请凭取件码")
    code = re.search(r"取件码 ?(\d{6})", applicant.inner_text("main")).group(1)
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    wait_for(issuer, "待领取")
    write(issuer, issuer.locator("[name=code]"), code)
    write(issuer, issuer.locator("[name=recipient]"), "林晓榕")
    press(issuer, issuer.locator('form[action$="/hand-over"] button.primary'))
    issuer.goto(f"{home}/issuing/dossiers/{dossier}")
    wait_for(issuer, "已办结")
    return dossier


def apply(people, login, words, body, mode, script):
    """Files an application online in a mode of service; answers the applicant's page and the dossier."""
    home = people.city.home
    page = people.sign_in(login, script=script)
    page.goto(f"{home}/items?q={words}&place=350100")
    press(page, page.locator("tbody tr", has_text=body).first.locator("a"))
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(14):
        if "/dossiers/" in page.url:
            return page, page.url.split("/dossiers/")[1].split("?")[0]
        way = page.locator(f"main input[type=radio][value^='{mode}.']").first
        if way.count():
            choose(page, way)
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    raise AssertionError(f"stuck at {page.url}: {page.inner_text('main')[:400]}")


def deed(page, action, **fields):
    """Does what one form of the page does, after opening what hides it."""
    form = page.locator(f'form[action$="/{action}"]')
    hidden = form.locator("xpath=ancestor::details[not(@open)]/summary")
    if hidden.count():
        hidden.first.click()
    for name, value in fields.items():
        field = form.locator(f"[name='{name.replace('_', '-')}']")
        if field.first.get_attribute("type") == "radio":
            choose(page, form.locator(f"[name='{name}'][value={value}]"))
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            write(page, field, value)
    press(page, form.locator("button[type=submit], button:not([type])").last)


def notice(page, action, kind):
    """Sends a notice about the first material: its sample in the guide misled; whatever is missing besides was overlooked."""
    form = page.locator(f'form[action$="/{action}"]')
    form.locator("xpath=ancestor::details[not(@open)]/summary").click()
    first = form.locator("select[name^='defect-']").first
    material = first.get_attribute("name").removeprefix("defect-")
    first.select_option("")
    assert not form.locator(f"[name='cause-{material}']").is_visible(), "nobody is asked why nothing is wrong"
    first.select_option(kind)
    form.locator(f"[name='cause-{material}']").select_option(f"material/{material}/sample")
    write(page, form.locator(f"[name='words-{material}']"), "样表未标明签章处")
    for other in form.locator("select[name^='cause-']").all():
        if other.is_visible() and not other.input_value():
            other.select_option("overlooked")
    press(page, form.locator("button[type=submit], button:not([type])").last)


def paper_first(people, shots=None, script=True):
    """O5: looked at online and sent back once, then the originals at the window, corrected once, and withdrawn."""
    home = people.city.home
    page, dossier = apply(people, "lin", "劳务派遣", "福州市人力资源和社会保障局", "O5", script)
    page.goto(f"{home}/dossiers/{dossier}")
    assert "窗口收到纸质原件之日即为收到之日" in page.inner_text("main"), "the page says from when the law counts"
    clerk = people.sign_in("window-city", staff=True, script=script)
    window = f"{home}/window/dossiers/{dossier}"
    clerk.goto(window)
    notice(clerk, "pre-review-return", "incomplete")
    page.goto(f"{home}/dossiers/{dossier}")
    assert "一栏的说明不够清楚，该栏将据此改进" in page.inner_text("main"), "where the guide misled, it is said"
    answer_all(page, "form[action$='/corrections']")
    press(page, page.locator("form[action$='/corrections'] button").last)
    clerk.goto(window)
    deed(clerk, "pre-review")
    clerk.goto(window)
    deed(clerk, "receipt")
    page.goto(f"{home}/dossiers/{dossier}")
    assert "窗口收到纸质原件的时间即为收到之日" in page.inner_text("main")
    clerk.goto(window)
    if shots:
        clerk.locator("form[action$='/correction-notices']").locator("xpath=ancestor::details/summary").click()
        clerk.screenshot(path=f"{shots}/notice.png", full_page=True)
        clerk.goto(window)
    notice(clerk, "correction-notices", "expired")
    page.goto(f"{home}/dossiers/{dossier}")
    if shots:
        page.screenshot(path=f"{shots}/correction.png")
    answer_all(page, "form[action$='/corrections']")
    press(page, page.locator("form[action$='/corrections'] button").last)
    if script:
        people.cases += [("lin", f"/dossiers/{dossier}"), ("lin", paper_of(page, f"/dossiers/{dossier}", "补正材料告知书")),
                         ("window-city", f"/window/dossiers/{dossier}")]
    deed(page, "withdrawal")
    assert "撤回" in page.inner_text("main")
    editor = people.sign_in("editor", staff=True, script=script)
    editor.goto(f"{home}/office/catalogue/defects?days=30")
    place = editor.locator(".ranked > li").first
    assert "样表或样本" in place.inner_text() and "件，占同期" in place.inner_text(), place.inner_text()
    press(editor, place.get_by_role("link", name="改进"))
    assert editor.url.endswith("/fields/materials"), editor.url


def collected_later(people, shots=None, script=True):
    """O4: filed online, which is the receipt, the originals shown when the result is collected; here it is declined."""
    home = people.city.home
    page, dossier = apply(people, "lin", "公共场所卫生许可", "福州市卫生健康委员会", "O4", script)
    page.goto(f"{home}/dossiers/{dossier}")
    assert "网上提交成功的时间即为收到之日" in page.inner_text("main")
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    deed(clerk, "non-acceptance", ground="otherAuthority", authority="福州市晋安区卫生健康局", note="该场所属于晋安区管辖。")
    page.reload()
    assert "不予受理" in page.inner_text("main")
    if script:
        notice = paper_of(page, f"/dossiers/{dossier}", "不予受理决定书")
        people.cases += [("lin", notice), ("window-city", f"/window{notice}")]


def examine(people, dossier, department, script, shots):
    """One examines, another decides."""
    for login, deed, note in [
        (f"review-{department}", "review", "材料齐全，符合法定条件"),
        (f"decide-{department}", "decision", "符合法定条件，准予"),
    ]:
        page = people.sign_in(login, staff=True, script=script)
        page.goto(f"{people.city.home}/office/dossiers/{dossier}")
        for link in page.locator("a.download").all():
            file = page.request.get(people.city.home + link.get_attribute("href"))
            assert file.ok and file.body().startswith(b"%PDF"), "the officer can open what was handed in"
        if shots and deed == "decision":
            page.screenshot(path=f"{shots}/office.png")
        choose(page, page.locator("input[name=choice][value=grant]"))
        write(page, page.locator(f'form[action$="/{deed}"] textarea'), note)
        press(page, page.locator(f'form[action$="/{deed}"] button.primary'))
        assert page.url.endswith("/office"), f"{deed} is done"


def wait_for(page, words):
    for _ in range(60):
        if words in page.inner_text("main"):
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"{words} never came on {page.url}")
