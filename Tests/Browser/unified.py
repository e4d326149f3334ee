"""Somebody signs in through the unified identity, applies for what demands a certificate, and signs out at both places.

The provider is oidc-provider-mock in a process of its own, which knows the house by its registration. It keeps no PKCE; that is held
by Tests/Processes/identity.py."""
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

from city import City, People, answer_all, press, write

LOOKS = [(language, width, theme) for language in ("zh", "en") for width in (320, 1440) for theme in ("light", "dark")]
ENTER = "使用省统一身份认证登录"


class Provider:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-registration", "true",
             "--require-nonce", "true"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"})
        for _ in range(100):
            try:
                self.ask("GET", "/.well-known/openid-configuration")
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the provider did not start")

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            self.issuer + path, None if body is None else json.dumps(body).encode(), {"Content-Type": "application/json"},
            method=method)
        return json.loads(urllib.request.urlopen(request, timeout=5).read() or "{}")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def whole(beside, binary, shots=None, script=True):
    """A city of its own that knows a provider, beside the others."""
    provider, place = Provider(), City(binary)
    people = People(place, beside)
    try:
        client = provider.ask("POST", "/oauth2/clients", {"redirect_uris": [place.home + "/sign-in/unified/answer"]})
        place.go_on_with({
            "ONEWINDOW_IDENTITY_ISSUER": provider.issuer, "ONEWINDOW_IDENTITY_CLIENT": client["client_id"],
            "ONEWINDOW_IDENTITY_SECRET": client["client_secret"], "ONEWINDOW_IDENTITY_CLAIMS": "number=sfzhm;level=djdm",
            "ONEWINDOW_FILING_LEVELS": ";".join(f"O{number}=certificate" for number in range(1, 6))})
        walk(people, provider, shots, script)
    finally:
        people.close()
        place.close()
        provider.close()


def walk(people, provider, shots, script):
    home = people.city.home
    name, number = person_of(people.city, "chen")
    user = {"name": name, "sfzhm": number, "djdm": "2"}
    page = people.page(script=script)
    found = "/items?q=" + quote("建造师")
    page.goto(home + "/sign-in?back=" + quote(found))
    assert page.get_by_role("link", name=ENTER).count() == 1 and page.locator("[name=password]").count() == 1
    # She says no there. This provider then forgets the state (RFC 6749 section 4.1.2.1), so nobody can tell whose answer it is; one
    # that does not forget is Tests/Processes/identity.py's.
    press(page, page.get_by_role("link", name=ENTER))
    assert page.url.startswith(provider.issuer), page.url
    press(page, page.get_by_role("button", name="Deny"))
    text = page.inner_text("main")
    assert "请重新登录" in text and "identity.request-unknown" in text, text
    # An account without a real name is nobody here.
    prove(page, provider, "chen-of-the-province", {"djdm": "1"})
    text = page.inner_text("main")
    assert "尚未实名认证" in text and "identity.level-too-low" in text, text
    if shots:
        page.screenshot(path=f"{shots}/unified-too-low.png", full_page=True)
    prove(page, provider, "chen-of-the-province", user)
    assert page.url == home + found, page.url
    assert name in page.inner_text("header"), "she is who the city knew already"
    assert "实名认证" in page.locator("details:has(form[action='/sign-out'])").text_content()
    draft = to_check(page)
    text = page.inner_text("main")
    assert "需要更高的认证级别：数字证书认证" in text and page.get_by_role("button", name="提交").count() == 0, text[:400]
    looked_at(people, page, draft, shots)
    press(page, page.get_by_role("link", name="重新登录"))
    assert "acr_values=3" in page.url and "prompt=login" in page.url, page.url
    prove(page, provider, "chen-of-the-province", {**user, "djdm": "3"}, begun=True)
    assert page.url == draft, "she is back where she was"
    assert "需要更高的认证级别" not in page.inner_text("main")
    answer_all(page, "main form[method=post]")
    press(page, page.locator("main form[method=post] button.primary"))
    assert "/dossiers/" in page.url and "filed=1" in page.url, page.url
    # Out here, and out there.
    leave(page)
    assert page.url.startswith(provider.issuer + "/oauth2/end_session"), page.url
    assert "id_token_hint" in page.inner_text("body") or "id_token_hint" in page.content()
    press(page, page.get_by_role("button", name="End session"))
    assert page.url.startswith(home + "/signed-out") and "您已退出登录" in page.inner_text("main")
    page.goto(home + "/business")
    assert "/sign-in" in page.url, "nobody is signed in any more"
    page.context.close()
    # The password goes on as before, and leads out to no provider.
    other = people.sign_in("lin", script=script)
    leave(other)
    assert other.url == home + "/", other.url
    other.context.close()


def prove(page, provider, subject, claims, begun=False):
    """Signs in at the provider as somebody of whom it says these things."""
    provider.ask("PUT", f"/users/{subject}", claims)
    if not begun:
        press(page, page.get_by_role("link", name=ENTER))
    write(page, page.locator("[name=sub]").first, subject)
    press(page, page.get_by_role("button", name="Authorize", exact=True))


def leave(page):
    page.locator("details:has(form[action='/sign-out']) summary").click()
    press(page, page.locator("form[action='/sign-out'] button"))


def to_check(page):
    """From a list of items to the last step of an application; answers its address."""
    press(page, page.locator("tbody a"))
    press(page, page.get_by_role("button", name="开始申请"))
    for _ in range(12):
        if page.url.endswith("/check"):
            return page.url
        answer_all(page, "main form[method=post]")
        press(page, page.locator("main form[method=post] button.primary"))
    raise AssertionError(f"no check before {page.url}")


def person_of(city, login):
    with sqlite3.connect(f"file:{city.folder.name}/onewindow.sqlite?mode=ro", uri=True) as database:
        holder = database.execute("SELECT holder FROM account WHERE login = ?", (login,)).fetchone()[0]
        alphabet, value = "0123456789abcdefghjkmnpqrstvwxyz", 0
        for character in holder.split(":")[1]:
            value = value * 32 + alphabet.index(character)
        return database.execute("SELECT name, number FROM person WHERE id = ?", (value.to_bytes(16, "big"),)).fetchone()


def looked_at(people, page, draft, shots):
    """The pages that only a house with a provider has, in both languages, narrow and wide, light and dark."""
    # run.py imports this walk, so it cannot be imported before.
    from run import examine
    home, findings = people.city.home, []
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] == "session"]
    for language, width, theme in LOOKS:
        look = f"{language}.{theme}.usual.keys"
        other = people.page(width=width, look=look)
        for name, address in [("sign-in", home + "/sign-in"), ("refused", home + "/sign-in/unified/answer"),
                              ("signed-out", home + "/signed-out"), ("check", draft)]:
            if name == "check":
                other.context.add_cookies(cookies)
            other.goto(address)
            findings += [f"{name} {look} {width}: {finding}" for finding in examine(other, language)]
            if shots:
                other.screenshot(path=f"{shots}/unified-{name}-{language}-{width}-{theme}.png", full_page=True)
        other.context.close()
    assert not findings, "\n".join(findings)
