"""A trained clerk at the comprehensive window: from the call to the receipt by the keyboard, every action counted."""
import re

from city import FIRM

# LIMIT: actions of a trained clerk for special working hours, from the call to the receipt.
ACTIONS_MAX = 40


class Hands:
    """Two hands on a keyboard. A key is an action, and so is a field that is typed or scanned."""

    def __init__(self, page):
        self.page, self.actions = page, []

    def key(self, key, opens=False):
        """Presses a key; with `opens` the page that it leads to is waited for."""
        self.actions.append(key)
        if not opens:
            return self.page.keyboard.press(key)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, text):
        """Types or scans into what has the focus."""
        self.actions.append(f"“{text}”")
        assert self.page.evaluate("document.activeElement.matches('input, textarea, select')"), \
            f"the focus is on {self.page.evaluate('document.activeElement.outerHTML')[:120]} for {text}"
        self.page.keyboard.insert_text(text)

    def focus(self):
        """The name of what has the focus."""
        return self.page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.tagName")


def special_hours(window, shots=None):
    """Receives special working hours from whoever is next at a window: under forty actions from the call to the slip."""
    hands = Hands(window)
    hands.key("c", opens=True)
    hands.key("s", opens=True)
    if shots:
        window.screenshot(path=f"{shots}/intake.png", full_page=True)
    actions = receive(hands)
    assert window.url.endswith("/slip"), f"it is received: {window.inner_text('main')[:200]}"
    assert len(actions) < ACTIONS_MAX, f"{len(actions)} actions: {actions}"
    print(f"     special working hours in {len(actions)} actions", flush=True)


def receive(hands):
    """The intake itself, from the number of the firm on the card to the slip."""
    page = hands.page
    assert hands.focus() == "number", f"the intake begins where the number goes, not at {hands.focus()}"
    hands.type(FIRM)
    hands.key("Enter")
    hands.type("特殊工时")
    hands.key("Enter", opens=True)
    # The first of what was found is the nearest and has the focus; the city's is wanted here.
    row = page.locator("tbody tr", has_text="福州市人力资源和社会保障局")
    for _ in range(page.locator("tbody tr").all_inner_texts().index(row.first.inner_text())):
        hands.key("j")
    hands.key("Enter", opens=True)
    answer(hands)
    return hands.actions


# What the focus is on, and what it asks for.
AT = """() => {
    const at = document.activeElement
    if (at.matches("[data-row] input")) return ["check", ""]
    if (at.matches("input[type=radio]")) return ["radio", ""]
    if (at.matches("select")) return ["list", ""]
    if (at.matches("button")) return ["button", ""]
    return [at.matches("input, textarea") ? "text" : at.tagName, at.labels?.[0]?.innerText ?? ""]
}"""


def answer(hands):
    """Chooses the situation, fills in what is open, ticks the checklist, and receives."""
    page = hands.page
    questions = page.locator("form[method=get] fieldset").count()
    for question in range(questions):
        assert page.evaluate(AT)[0] == "radio", "the focus is on the question that is open"
        hands.key("Space")
        hands.key("Enter", opens=question + 1 == questions)
    for _ in range(ACTIONS_MAX):
        kind, label = page.evaluate(AT)
        if kind == "check":
            # Both hands stay: a digit for each line, and the focus goes on by itself.
            hands.key("1")
            if page.evaluate("document.querySelectorAll('[data-row] [data-digit]:checked').length == "
                             "document.querySelectorAll('[data-row]:has([data-digit])').length"):
                hands.key("r", opens=True)
                return
        elif kind == "radio":
            hands.key("Space")
            hands.key("Enter")
        elif kind == "list":
            hands.key("ArrowDown")
            hands.key("Enter")
        elif kind == "text":
            hands.type("2026-12-01" if "日期" in label else "13800000001" if re.search("电话|手机", label) else
                       "2" if re.search("数|期限|年限|人数", label) else "示例内容")
            hands.key("Tab" if page.evaluate("document.activeElement.matches('textarea')") else "Enter")
        else:
            raise AssertionError(f"the focus is on {kind} after {hands.actions}")
    raise AssertionError(f"not received after {hands.actions}")
