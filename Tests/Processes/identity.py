"""Sign-in by the unified identity, with a provider that has every fault, and the server as a process of its own.

python3 Tests/Processes/identity.py BINARY. Each fault is answered with its own code and a page that says what to do next, and
leaves nobody signed in, no session and no link in the database.
"""
import http.client
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

from house import Server, demonstrate, free_port
from provider import CLIENT, SECRET, Provider

FAULTS = {
    "signature": "token-signature", "none": "token-algorithm", "shared secret": "token-algorithm", "unknown key": "token-key",
    "nonce": "token-nonce", "no nonce": "token-nonce", "issuer": "token-issuer", "audience": "token-audience",
    "two audiences": "token-audience", "expired": "token-time", "old": "token-time", "future": "token-time",
    "no subject": "token-malformed", "no token": "token-malformed", "garbage": "provider-garbled",
    "redirect": "provider-garbled", "broken": "provider-away", "endless": "provider-away", "slow": "provider-away",
    "used code": "provider-refused", "server_error": "provider-refused", "access_denied": "declined",
    "another issuer's answer": "token-issuer", "long token": "token-malformed",
}


def card(serial):
    """A synthetic identity number with a valid check character."""
    digits = f"35010219880808{serial:03}"
    total = sum(int(d) * w for d, w in zip(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]))
    return digits + "10X98765432"[total % 11]


class Browser:
    """Cookies, and redirections one by one."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def go(self, address, form=None):
        place = urllib.parse.urlparse(address)
        port = place.port or self.server.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
        own = port == self.server.port
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())} if own and self.cookies else {}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
        connection.request("POST" if form is not None else "GET", place.path + ("?" + place.query if place.query else ""),
                           body, headers)
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            if own:
                assert "HttpOnly" in line and "SameSite=Lax" in line, line
                self.cookies[name] = value
                if "Max-Age=0" in line:
                    del self.cookies[name]
        connection.close()
        return answer.status, answer.headers.get("Location", ""), page

    def to_answer(self, query=""):
        """As far as the address with which the provider sends the browser back."""
        status, place, page = self.go("/sign-in/unified" + query)
        assert status == 303, (status, page)
        assert place.startswith(provider.issuer + "/authorize?"), place
        status, place, _ = self.go(place)
        assert status == 302 and urllib.parse.urlparse(place).port == self.server.port, place
        return place

    def sign_in(self, query=""):
        return self.go(self.to_answer(query))

    @property
    def is_signed_in(self):
        return self.go("/business")[0] == 200


def code(page):
    found = re.search(r"参考编号：([a-z.-]+)", page)
    return found and found.group(1)


def rows(sql, *values):
    with sqlite3.connect(f"file:{server.folder}/onewindow.sqlite?mode=ro", uri=True) as database:
        return database.execute(sql, values).fetchall()


def counts():
    return [rows(f"SELECT COUNT(*) FROM {table}")[0][0]
            for table in ("session", "session_identity", "identity_link", "identity_link_by_person", "person", "journal")]


def refused(browser, answer, expected):
    status, _, page = answer
    assert code(page) == "identity." + expected, (expected, status, code(page))
    assert status in (403, 409, 502), status
    assert "使用省统一身份认证登录" in page and 'name="password"' in page, "every way in stands on the page"
    assert "session" not in browser.cookies and not browser.is_signed_in, f"half signed in after {expected}"


def faults():
    provider.user = {"sub": "u-1", "name": "江小寒", "identity_number": card(1), "acr": "2"}
    Browser(server).to_answer()
    before = counts()
    for fault, expected in FAULTS.items():
        if fault == "used code":
            provider.used.append("a-code-of-old")
        provider.fault = fault
        browser, start = Browser(server), time.monotonic()
        answer = browser.sign_in()
        taken = time.monotonic() - start
        refused(browser, answer, expected)
        assert taken < 12, f"{fault} took {taken:.0f} s"
        print(f"     {fault}: {code(answer[2])} ({taken:.1f} s)")
    provider.fault = "another's particulars"
    provider.in_user_info = True
    refused(browser, browser.sign_in(), "provider-garbled")
    provider.fault, provider.in_user_info = "", False
    assert counts() == before, "a refused sign-in leaves nothing"


def people():
    """Who is linked to whom."""
    name, identity = rows("SELECT name, number FROM person WHERE kind = 'citizen' AND name IS NOT NULL ORDER BY id LIMIT 1")[0]
    known = rows("SELECT COUNT(*) FROM person")[0][0]
    browser = Browser(server)
    provider.user = {"sub": "u-0", "acr": "1"}
    refused(browser, browser.sign_in(), "level-too-low")
    browser.sign_in("?level=realName")
    assert provider.asked[-1]["prompt"] == "login" and "prompt" not in provider.asked[-2]
    assert "/sign-in/unified?level=realName" in browser.sign_in()[2], "a provider that remembers her asks her again"
    provider.user = {"sub": "u-0", "acr": "unheard-of", "name": "江小寒", "identity_number": card(1)}
    refused(browser, browser.sign_in(), "level-too-low")
    provider.user = {"sub": "u-0", "acr": "2", "name": "江小寒", "identity_number": card(1)[:-1] + "?"}
    refused(browser, browser.sign_in(), "particulars-missing")
    provider.user = {"sub": "u-0", "acr": "2", "name": "别的名字", "identity_number": identity}
    refused(browser, browser.sign_in(), "name-differs")
    assert rows("SELECT COUNT(*) FROM identity_link")[0][0] == 0
    # Somebody the city knows, whose particulars are asked for at another place.
    provider.user = {"sub": "u-2", "acr": "2", "name": name, "identity_number": identity, "phone_number": "+86 138 0000 0009"}
    provider.in_user_info = True
    assert browser.sign_in("?back=/certificates")[:2] == (303, "/certificates")
    assert browser.is_signed_in and name in browser.go("/business")[2]
    provider.in_user_info = False
    assert rows("SELECT COUNT(*) FROM person")[0][0] == known, "nobody is registered twice"
    # Somebody new.
    provider.user = {"sub": "u-1", "acr": "2", "name": "江小寒", "identity_number": card(1), "phone_number": "13800000008"}
    new = Browser(server)
    assert new.sign_in("?back=//elsewhere.example/")[:2] == (303, "/business"), "one goes back to this site only"
    assert "江小寒" in new.go("/business")[2]
    assert rows("SELECT mobile FROM person WHERE number = ?", card(1)) == [("13800000008",)]
    # The same subject comes again at a lower level, and never as somebody else.
    provider.user = {"sub": "u-1", "acr": "1"}
    low = Browser(server)
    assert low.sign_in()[0] == 303 and low.is_signed_in
    assert rows("SELECT level FROM session ORDER BY started_at DESC LIMIT 1") == [("registered",)]
    provider.user = {"sub": "u-1", "acr": "2", "name": name, "identity_number": identity}
    other = Browser(server)
    refused(other, other.sign_in(), "subject-taken")
    assert rows("SELECT COUNT(*) FROM identity_link")[0][0] == 2
    public = b"".join(body if isinstance(body, bytes) else body.encode()
                      for (body,) in rows("SELECT body FROM journal WHERE kind = 'accounts.identity-linked'"))
    assert b"realName" in public and not any(secret.encode() in public for secret in (identity, card(1), "u-1", "u-2", name))
    return new


def replays():
    provider.user = {"sub": "u-1", "acr": "2", "name": "江小寒", "identity_number": card(1)}
    browser = Browser(server)
    answer = browser.to_answer()
    kept = dict(browser.cookies)
    thief = Browser(server)
    thief.to_answer()
    refused(thief, thief.go(answer), "request-unknown")
    forged = Browser(server)
    forged.cookies = {"unified": kept["unified"][:-1] + ("0" if kept["unified"][-1] != "0" else "1")}
    refused(forged, forged.go(answer), "request-unknown")
    assert browser.go(answer)[0] == 303 and "unified" not in browser.cookies
    again = Browser(server)
    again.cookies = kept
    refused(again, again.go(answer), "request-spent")
    bare = Browser(server)
    refused(bare, bare.go(answer), "request-unknown")
    assert browser.is_signed_in, "a replay ends nobody's session"


def rotation():
    provider.user = {"sub": "u-1", "acr": "2", "name": "江小寒", "identity_number": card(1)}
    provider.rotate("second", "EC")
    time.sleep(5.5)
    browser = Browser(server)
    assert browser.sign_in()[0] == 303 and browser.is_signed_in, "a new key is found"
    before = provider.calls.count("/jwks")
    provider.fault = "unknown key"
    for _ in range(5):
        browser = Browser(server)
        refused(browser, browser.sign_in(), "token-key")
    assert provider.calls.count("/jwks") - before <= 1, "keys are not asked for again and again"
    provider.fault = ""


def leaving():
    provider.user = {"sub": "u-1", "acr": "2", "name": "江小寒", "identity_number": card(1), "sid": "here"}
    browser, elsewhere = Browser(server), Browser(server)
    assert browser.sign_in()[0] == 303
    sealed = rows("SELECT hint FROM session_identity")
    assert sealed and all(b"eyJ" not in bytes(hint) for (hint,) in sealed), "no token stands in the database"
    assert "form-action 'self' " + provider.issuer in server.ask("GET", "/")[1]["Content-Security-Policy"]
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.go("/business")[2]).group(1)
    status, place, _ = browser.go("/sign-out", {"csrf": csrf})
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(place).query))
    assert status == 303 and place.startswith(provider.issuer + "/end?"), place
    assert query["id_token_hint"].count(".") == 2 and query["client_id"] == CLIENT
    assert query["post_logout_redirect_uri"] == f"http://127.0.0.1:{server.port}/signed-out"
    assert not browser.is_signed_in and "您已退出登录" in browser.go("/signed-out")[2]
    # She signs out at the provider, in two places of which one ends.
    assert browser.sign_in()[0] == 303
    provider.user["sid"] = "there"
    assert elsewhere.sign_in()[0] == 303
    ending = "/sign-in/unified/ending"
    stranger = Browser(server)
    bad = [provider.logout_token("u-1", aud="another"), provider.logout_token("u-1", events={}),
           provider.logout_token("u-1", nonce="n"), provider.logout_token("u-1", jti=None), "x.y.z", "",
           provider.logout_token("u-1")[:-8] + "AAAAAAAA", provider.logout_token("u-1", exp=int(time.time()) - 100)]
    for token in bad:
        assert stranger.go(ending, {"logout_token": token})[0] == 400
    assert browser.is_signed_in and elsewhere.is_signed_in
    token = provider.logout_token("u-1", sid="here")
    assert stranger.go(ending, {"logout_token": token})[0] == 200
    assert not browser.is_signed_in and elsewhere.is_signed_in
    assert stranger.go(ending, {"logout_token": token})[0] == 400, "a message counts once"
    assert stranger.go(ending, {"logout_token": provider.logout_token("u-1")})[0] == 200
    assert not elsewhere.is_signed_in
    assert stranger.go(ending, {"logout_token": provider.logout_token("nobody")})[0] == 200


def checked():
    found = subprocess.run([binary, "check", "--data", server.folder], capture_output=True, text=True,
                           env={**os.environ, **server.settings})
    assert SECRET not in found.stdout + found.stderr and "***" in found.stdout
    return found.stdout


def down():
    """The provider is gone: who begins is told so, and passwords go on."""
    assert "identity provider: found, 1 keys" in checked()
    provider.stop()
    assert "finding: the identity provider cannot be used: identity.provider-away" in checked()
    server.stop()
    server.start()
    browser = Browser(server)
    status, _, page = browser.go("/sign-in/unified")
    assert (status, code(page)) == (502, "identity.provider-away"), (status, page)
    assert 'name="password"' in page


if __name__ == "__main__":
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="onewindow-identity-") as folder:
        provider = Provider()
        folder += "/house"
        demonstrate(binary, folder)
        server = Server(binary, folder, {
            "ONEWINDOW_IDENTITY_ISSUER": provider.issuer, "ONEWINDOW_IDENTITY_CLIENT": CLIENT, "ONEWINDOW_IDENTITY_SECRET": SECRET})
        server.port = free_port()
        server.start()
        try:
            for step in (faults, people, replays, rotation, leaving, down):
                step()
                print(f"ok   {step.__name__}", flush=True)
            assert provider.asked[0]["acr_values"] == "2 realName 3 certificate", provider.asked[0]
            assert provider.asked[0]["scope"] == "openid profile phone"
        finally:
            server.stop()
    print("identity: everything holds")
