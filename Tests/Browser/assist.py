"""帮办代办 in a real browser: the letter is signed at the desk, the case filed and corrected; the applicant sees by whom and
ends it."""
import re

import lives
from city import FIRM, answer_all, choose, press, write

SCAN = {"name": "授权委托书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 signed"}
PLAN = {"name": "补正.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 corrected"}


def desk(people, shots=None, script=True):
    """From the letter to its end; answers nothing that others need."""
    home = people.city.home
    helper = people.sign_in("assist-city", staff=True, script=script)
    assert helper.url.endswith("/assist"), "her desk is where she begins"
    authority = sign(helper, home, shots)
    case = file(helper, home, authority, shots)
    clerk = people.sign_in("window-city", staff=True, script=script)
    clerk.goto(f"{home}/window/dossiers/{case}")
    lives.notice(clerk, "correction-notices", "illegible")
    helper.goto(f"{home}/assist")
    row = helper.locator("tbody tr", has_text="代为补正").first
    press(helper, row.locator("a"))
    assert helper.url.endswith(case), "what is due next leads to the case"
    for upload in helper.locator("form[action$='/corrections'] input[type=file]").all():
        upload.set_input_files(PLAN)
    press(helper, helper.locator("form[action$='/corrections'] button"))
    applicant = people.sign_in("lin", script=script)
    applicant.goto(f"{home}/dossiers/{case}")
    seen = applicant.inner_text("main")
    assert seen.count("帮办人员苏暖") >= 2 and "受福州示例企业一有限公司委托办理" in seen, "filed and corrected, by whom, for whom"
    if shots:
        applicant.screenshot(path=f"{shots}/assist-applicant.png", full_page=True)
    while (ending := applicant.get_by_role("button", name="终止授权")).count():
        press(applicant, ending.first)
    assert "已终止" in applicant.inner_text("main")
    helper.goto(f"{home}/assist/dossiers/{case}")
    assert "申请人已经终止授权" in helper.inner_text("main"), "what is not hers any more is not shown"
    helper.goto(f"{home}/assist")
    assert case not in helper.content()
    # With a new letter she goes on; these pages are worth a look.
    again = sign(helper, home, None)
    if script:
        people.cases += [("assist-city", f"/assist/dossiers/{case}"), ("assist-city", again[len(home):]),
                         ("lin", f"/dossiers/{case}"), ("lin", "/business")]
    for page in (helper, clerk, applicant):
        page.context.close()


def sign(page, home, shots):
    """Finds the firm and the item, makes the letter, hands its scan in; answers the authority's address."""
    page.goto(f"{home}/assist")
    press(page, page.get_by_role("link", name=re.compile("新增授权")).first)
    write(page, page.locator("[name=number]"), FIRM)
    write(page, page.locator("[name=q]"), "特殊工时")
    press(page, page.locator("main form[method=get] button").first)
    choose(page, page.locator(".option", has_text="市级").locator("input").first)
    press(page, page.get_by_role("button", name="生成授权委托书"))
    letter = page.inner_text(".paper")
    assert "委托人签名" in letter and "不收取任何费用" in letter and "苏暖" in letter
    if shots:
        page.screenshot(path=f"{shots}/assist-letter.png", full_page=True)
    press(page, page.get_by_role("button", name="提交，授权生效"))
    assert "没有上传签名的授权委托书" in page.inner_text("main"), "nothing stands without the signature"
    page.locator("input[type=file]").set_input_files(SCAN)
    press(page, page.get_by_role("button", name="提交，授权生效"))
    assert "有效" in page.inner_text("main") and "/authorities/" in page.url, page.url
    return page.url


def file(page, home, authority, shots):
    """Files the item for the firm; answers the case."""
    page.goto(authority)
    press(page, page.locator("tbody tr", has_text="福州市人力资源和社会保障局").first.locator("a"))
    for group in page.locator("form[method=get] fieldset").all():
        choose(page, group.locator("input[type=radio]").first)
    press(page, page.locator("main form[method=get] button").last)
    answer_all(page, "main form[method=post]")
    if shots:
        page.screenshot(path=f"{shots}/assist-file.png", full_page=True)
    press(page, page.locator("main form[method=post] button.primary"))
    assert "/assist/dossiers/" in page.url, page.inner_text("main")[:600]
    return page.url.split("/dossiers/")[1]
