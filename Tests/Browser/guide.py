"""The guide for one situation: answered on its page, printed, at a kiosk, and taken along into the application."""
import re
import subprocess
import tempfile

from city import answer_all, choose, press

NAMES = ".needs .need-name"


def text_of(page, address):
    """What a PDF says, without white space."""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf", f"{address}: {answer.status}"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(answer.body())
        file.flush()
        text = subprocess.run(["pdftotext", file.name, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s", "", text)


def situation(people, shots=None, script=True):
    """Three answers leave three materials of seven; the answers are not asked for again."""
    home = people.city.home
    page = people.sign_in("lin", script=script)
    page.goto(f"{home}/items?q=特殊工时&place=350100")
    press(page, page.locator("tbody tr", has_text="福州市人力资源和社会保障局").first.locator("a"))
    guide = page.url
    names = page.locator(NAMES).all_inner_texts()
    assert page.locator("main form.situation fieldset").count() == 3, "the questions stand on the page"
    assert page.locator(".need-when").count() == 5, "what is not always needed says when"
    for value in ("averaged", "commitment", "self"):
        choose(page, page.locator(f"form.situation input[value={value}]"))
    press(page, page.locator("form.situation button"))
    assert "#needs" in page.url and "s.procedure=commitment" in page.url, page.url
    own = page.locator(NAMES).all_inner_texts()
    assert len(own) == 3 and set(own) < set(names), own
    assert "7份材料中，您需要3份" in page.inner_text("main")
    assert page.locator(".need-when").count() == 0
    if shots:
        page.screenshot(path=f"{shots}/guide-situation.png", full_page=True)
    papers(page, home, own, names)
    steps(page)
    press(page, page.get_by_role("link", name="不分情况，查看全部"))
    assert page.locator(NAMES).count() == len(names), "everything is one link away"
    page.goto(guide + "?s.system=averaged&s.procedure=commitment&s.filedBy=self")
    press(page, page.get_by_role("button", name="开始申请"))
    assert page.url.endswith("/form-1"), f"the situation is not asked again: {page.url}"
    page.goto(page.url.replace("form-1", "situation"))
    chosen = [box.get_attribute("value") for box in page.locator("main input[type=radio]:checked").all()]
    assert chosen == ["averaged", "commitment", "self"], chosen
    press(page, page.locator("main form[method=post] button.primary"))
    page.context.close()


def papers(page, home, own, names):
    """The links keep the answers: guide and form on paper name what applies and nothing else."""
    addresses = [page.locator(f"main a[href*='{kind}.pdf?s']").first.get_attribute("href") for kind in ("guide", "form")]
    for address in addresses:
        text = text_of(page, home + address)
        for name in names:
            said = ("□" if "form.pdf" in address else "") + name + ("：" if "guide.pdf" in address else "（原件")
            assert (said in text) == (name in own), f"{address}: {name}"
    sample = text_of(page, home + page.locator("main a[href*='sample=1']").first.get_attribute("href"))
    assert "示范文本" in sample and "√" in sample


def steps(page):
    """One picture is seen, with its words; nothing in it is cut at its edge."""
    pictures = [picture for picture in page.locator("svg.step-picture").all() if picture.is_visible()]
    assert len(pictures) == 1, "one of the two pictures"
    assert "审查人员" in pictures[0].locator("desc").text_content()
    cut = page.evaluate("""() => [...document.querySelectorAll(".step-picture")].filter(p => p.checkVisibility()).flatMap(p =>
        [...p.querySelectorAll("text")].filter(text => {
            const box = text.getBoundingClientRect(), all = p.getBoundingClientRect()
            const held = [...p.querySelectorAll("rect")].some(rect => {
                const own = rect.getBoundingClientRect()
                return box.left >= own.left && box.right <= own.right && box.top >= own.top - 2 && box.bottom <= own.bottom + 2
            })
            return !held || box.right > all.right
        }).map(text => text.textContent))""")
    assert not cut, cut


def filled(people, shots=None):
    """A dossier's form at the three doors: the applicant, the window and the office print the same answers."""
    home = people.city.home
    page = people.sign_in("chen")
    page.goto(home + "/items?q=建造师")
    press(page, page.locator("tbody a"))
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(12):
        if "/dossiers/" in page.url:
            break
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    dossier = page.url.split("/dossiers/")[1].split("?")[0]
    own = text_of(page, f"{home}/dossiers/{dossier}/form.pdf")
    assert "办件编号" in own and "陈一鸣" in own and "√" in own, own[:200]
    clerk = people.sign_in("window-city", staff=True)
    clerk.goto(f"{home}/window/dossiers/{dossier}")
    link = clerk.locator("a[href$='/form.pdf']").first.get_attribute("href")
    assert text_of(clerk, home + link) == own, "the window prints the same"
    page.context.close()
    clerk.context.close()
