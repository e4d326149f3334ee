"""A holder shows a certificate by a code; a clerk types it, sees the face, and the holder reads who looked."""
import re

from city import choose, press, write


def shown_at_a_window(people, shots=None, script=True):
    """A code for one look: used up, and what both sides read afterwards; one for many looks: ended by its holder."""
    home = people.city.home
    holder = people.sign_in("lin", script=script)
    holder.goto(home + "/certificates")
    press(holder, holder.locator("tbody tr", has_text="营业执照").locator("a").first)
    own = holder.url
    press(holder, holder.locator("main a[href$='/presentations']"))
    before = holder.locator("svg.code-picture").count()
    press(holder, holder.get_by_role("button", name="生成亮证码"))
    digits = re.search(r"\d{4} \d{4} \d{4} \d{4}", holder.inner_text("main")).group(0)
    assert holder.locator("svg.code-picture").count() == before + 1
    if shots:
        holder.screenshot(path=f"{shots}/presentation.png", full_page=True)
    people.cases += [("lin", holder.url[len(home):]), ("window-jinan", "/window/presented"),
                     ("review-hrss", "/office/presented")]
    clerk = people.sign_in("window-jinan", staff=True, script=script)
    clerk.goto(home + "/window")
    press(clerk, clerk.locator("a[href='/window/presented']").first)

    def look(code):
        write(clerk, clerk.locator("[name=code]"), code)
        write(clerk, clerk.locator("[name=purpose]"), "核验经营资格")
        press(clerk, clerk.locator("main form[method=post] button.primary"))

    write(clerk, clerk.locator("[name=code]"), digits)
    press(clerk, clerk.locator("main form[method=post] button.primary"))
    assert "请填写查看事由" in clerk.inner_text("main")
    assert clerk.locator("[name=code]").input_value() == digits, "a right code is not typed again"
    look("0000 0000 0000 0000")
    assert "没有这个亮证码" in clerk.inner_text("main")
    assert clerk.locator("[name=purpose]").input_value() == "核验经营资格", "what was typed stays"
    look(digits)
    face = clerk.inner_text("main")
    assert "福州示例企业一有限公司" in face and "有效" in face and "本次查看已记录" in face
    if shots:
        clerk.screenshot(path=f"{shots}/presented.png", full_page=True)
    press(clerk, clerk.locator("main a[href='/window/presented']").first)
    assert "营业执照" in clerk.inner_text("main table")
    look(digits)
    assert "亮证码已使用过" in clerk.inner_text("main")
    holder.goto(own)
    assert "核验经营资格" in holder.inner_text("main") and "亮证查看" in holder.inner_text("main")
    press(holder, holder.locator("main a[href$='/presentations']"))
    assert holder.locator("svg.code-picture").count() == before, "a code that was used is gone"
    choose(holder, holder.locator("[name=uses][value=many]"))
    press(holder, holder.get_by_role("button", name="生成亮证码"))
    press(holder, holder.get_by_role("button", name="立即作废").first)
    assert holder.locator("svg.code-picture").count() == before
    press(holder, holder.get_by_role("button", name="生成亮证码"))
    holder.context.close()
    clerk.context.close()
