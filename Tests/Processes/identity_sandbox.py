"""The unified identity of the sandbox as a process of its own, and the real house that sends people there.

python3 Tests/Processes/identity_sandbox.py BINARY. Somebody signs in, each switch is turned once and refused by its code, a right sign-in
works after it, both ways of signing out end the sessions, and the report is good; a house that errs stands in the report.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import identity
from house import Server, demonstrate, free_port, until
from identity import Browser, card, refused, rows

CLIENT, SECRET = "one window/fz", "s3cret: with+signs%"
SWITCHES = {
    "wrongSignature": "token-signature", "clockOff": "token-time", "wrongNonce": "token-nonce", "wrongAudience": "token-audience",
    "otherNumber": "subject-taken", "lowerLevel": "level-too-low", "errorInside": "provider-garbled",
    "invalidBody": "provider-garbled", "lostReply": "provider-away",
}


class Sandbox:
    """The provider as a process; what people and tests ask of it."""

    def __init__(self, binary, port, *words):
        self.binary, self.port, self.words = binary, port, words
        self.issuer = f"http://127.0.0.1:{port}"
        self.start()

    def start(self, *more):
        self.process = subprocess.Popen(
            [self.binary, "sandbox", "identity", "--port", str(self.port), *self.words, *more], stderr=subprocess.PIPE, text=True)
        until("the sandbox", 20, lambda: self.ask("GET", "/health")[0] == 200)

    def ask(self, method, path, value=None, form=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers, body = dict(headers or {}), None if value is None else json.dumps(value)
        if form is not None:
            body, headers["Content-Type"] = urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(text) if is_json else text, answer.headers.get("Location", "")

    def turn(self, **switches):
        status, said, _ = self.ask("POST", "/sandbox/switches", switches)
        assert status == 200 and all(said[name] == value for name, value in switches.items()), said

    def checks(self):
        report = self.ask("GET", "/sandbox/report")[1]
        return report, {check["code"]: check["standing"] for check in report["checks"]}

    def stop(self):
        """Ends it; answers what it said of the house."""
        self.process.send_signal(signal.SIGTERM)
        said = self.process.communicate(timeout=20)[1]
        assert self.process.returncode == 0, said
        return said


class Person(Browser):
    """Somebody who picks who she is on the sandbox's page."""

    def to_page(self, query=""):
        status, place, page = self.go("/sign-in/unified" + query)
        assert status == 303 and place.startswith(sandbox.issuer + "/authorize?"), (status, place, page)
        status, _, page = self.go(place)
        assert status == 200 and "这是沙箱" in page and "This is a sandbox" in page, page
        return page

    def pick(self, page, name, level="", deed="in"):
        """The address with which she is sent back."""
        label = next(part for part in re.findall(r"<label>.*?</label>", page, re.S) if name in part)
        form = {"request": re.search(r'name="request" value="([^"]+)"', page).group(1),
                "sub": re.search(r'name="sub" required value="([^"]+)"', label).group(1), "level": level, "deed": deed}
        status, place, said = self.go(sandbox.issuer + "/authorize", form)
        assert status == 303 and urllib.parse.urlparse(place).port == self.server.port, (status, place, said)
        return place

    def come(self, name="江小寒", level="", query=""):
        return self.go(self.pick(self.to_page(query), name, level))


def fresh(name="江小寒", level=""):
    """Whether somebody who does everything rightly is let in."""
    person = Person(server)
    status, place, page = person.come(name, level)
    assert status == 303 and person.is_signed_in, (status, place, page)
    return person


def levels():
    return [level for (level,) in rows("SELECT level FROM session ORDER BY started_at DESC LIMIT 1")]


def people():
    person = Person(server)
    refused(person, person.go(person.pick(person.to_page(), "江小寒", deed="no")), "declined")
    refused(person, person.come("郑知微"), "level-too-low")
    assert "江小寒" in fresh().go("/business")[2] and levels() == ["realName"]
    fresh("苏望舒")
    assert levels() == ["certificate"], "the account's own level"
    fresh(level="certificate")
    assert levels() == ["certificate"], "the level that was picked"
    fresh(level="registered")
    assert levels() == ["registered"], "who is linked may come at a lower level"
    # Somebody the city knows already, named at the command line, and somebody who is registered while it runs.
    known = rows("SELECT COUNT(*) FROM person")[0][0]
    assert KNOWN[0] in fresh(KNOWN[0]).go("/business")[2]
    assert rows("SELECT COUNT(*) FROM person")[0][0] == known, "nobody is registered twice"
    new = {"name": "沈青禾", "number": card(77), "level": "realName", "mobile": "13800000177"}
    assert sandbox.ask("POST", "/sandbox/people", new)[0] == 201
    assert sandbox.ask("POST", "/sandbox/people", {**new, "number": card(77)[:-1] + "?"})[0] == 400
    fresh("沈青禾")
    assert rows("SELECT mobile FROM person WHERE number = ?", card(77)) == [("13800000177",)]


def switches():
    assert sandbox.ask("POST", "/sandbox/switches", {"lostReply": 1, "nothing": 1})[0] == 400
    for place, (switch, code) in enumerate(SWITCHES.items()):
        name = "江小寒"
        if switch == "lowerLevel":
            # Who is linked may come at a lower level; who is not must be known first.
            name = "林听澜"
        before = identity.counts()
        sandbox.turn(**{switch: 1})
        person = Person(server)
        refused(person, person.come(name), code)
        assert identity.counts() == before, f"{switch}: a refused sign-in leaves nothing"
        sandbox.turn(**{switch: 0})
        fresh(name)
        print(f"     {switch}: identity.{code}", flush=True)
    person = Person(server)
    answer = person.pick(person.to_page(), "江小寒")
    sandbox.turn(down=True)
    refused(person, person.go(answer), "provider-away")
    sandbox.turn(down=False)
    fresh()
    answer = person.pick(person.to_page(), "江小寒")
    sandbox.turn(slowSeconds=9)
    begun = time.monotonic()
    refused(person, person.go(answer), "provider-away")
    assert time.monotonic() - begun < 12
    sandbox.turn(slowSeconds=0)
    fresh()
    print("     down, slowSeconds: identity.provider-away", flush=True)
    sandbox.turn(wrongNonce=3)
    outcomes = [Person(server).come()[0] for _ in range(6)]
    assert outcomes[:3] == outcomes[3:] and sorted(outcomes[:3]) == [303, 303, 502], f"every third sign-in errs: {outcomes}"
    sandbox.turn(wrongNonce=0)


def leaving():
    person, other = fresh(), fresh("苏望舒")
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', person.go("/business")[2]).group(1)
    status, place, _ = person.go("/sign-out", {"csrf": csrf})
    assert status == 303 and place.startswith(sandbox.issuer + "/logout?"), place
    status, place, _ = person.go(place)
    assert (status, place) == (303, f"{home}/signed-out") and not person.is_signed_in
    assert "您已退出登录" in person.go(place)[2]
    sessions = sandbox.ask("GET", "/sandbox/sessions")[1]
    ended = [one for one in sessions if one.get("ended") == "at the house"]
    assert [one["name"] for one in ended] == ["江小寒"], ended
    sid = next(one["sid"] for one in reversed(sessions) if one["name"] == "苏望舒")
    page = sandbox.ask("GET", "/")[1]
    assert "这是沙箱" in page and f"/sandbox/sessions/{sid}/ending" in page
    path = f"/sandbox/sessions/{sid}/ending"
    sandbox.turn(wrongSignature=1)
    assert other.is_signed_in
    third = fresh_sid("林听澜")
    assert sandbox.ask("POST", f"/sandbox/sessions/{third[1]}/ending")[1] == {"answer": 400}
    assert third[0].is_signed_in, "a message that is wrongly signed ends nothing"
    sandbox.turn(wrongSignature=0)
    assert sandbox.ask("POST", path, headers={"Accept": "text/html"})[0] == 303, "the button leads back to the page"
    assert not other.is_signed_in and third[0].is_signed_in
    assert sandbox.ask("POST", path)[0] == 404


def fresh_sid(name):
    """Somebody signed in before the switch was turned, with the name of her session."""
    sandbox.turn(wrongSignature=0)
    person = fresh(name)
    sandbox.turn(wrongSignature=1)
    return person, sandbox.ask("GET", "/sandbox/sessions")[1][-1]["sid"]


def clock():
    status, said, _ = sandbox.ask("PUT", "/sandbox/clock", {"clock": "2018-11-19T09:00:00+08:00", "pace": 0})
    assert status == 200 and said == {"clock": "2018-11-19T09:00:00+08:00", "pace": 0}, said
    person = Person(server)
    refused(person, person.come(), "token-time")
    assert sandbox.ask("GET", "/sandbox/clock")[1] == said, "it stands still"
    assert sandbox.ask("PUT", "/sandbox/clock", {"clock": "yesterday"})[0] == 400
    now = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))
    assert sandbox.ask("PUT", "/sandbox/clock", {"clock": now, "pace": 1})[0] == 200
    fresh()


def good():
    report, checks = sandbox.checks()
    assert report["isGood"] and set(checks.values()) == {"pass", "unseen"}, report
    assert [name for name, standing in checks.items() if standing == "unseen"] == ["bearer"], checks
    assert report["requests"]["/authorize"] > 20 and report["requests"]["/jwks"] < 10, report["requests"]
    said = sandbox.stop()
    assert "pass   PKCE by S256" in said and SECRET not in said, said


def another():
    """The same provider with a new key of another kind, which keeps particulars to /userinfo."""
    sandbox.start("--algorithm", "ES256", "--user-info", "--switch", "otherNumber=2")
    assert sandbox.ask("GET", "/jwks")[1]["keys"][0]["crv"] == "P-256"
    time.sleep(5.5)
    fresh()
    person = Person(server)
    refused(person, person.come(), "subject-taken")
    sandbox.turn(otherNumber=0)
    fresh("林听澜")
    report, checks = sandbox.checks()
    assert report["isGood"] and checks["bearer"] == "pass", report
    assert report["requests"]["/userinfo"] == 3


def erring():
    """A house that errs is answered as the protocol says, and stands in the report."""
    verifier = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    back = f"{home}/sign-in/unified/answer"
    basic = base64.b64encode(f"{urllib.parse.quote_plus(CLIENT)}:{urllib.parse.quote_plus(SECRET)}".encode()).decode()

    def ask(**other):
        asked = {"response_type": "code", "client_id": CLIENT, "redirect_uri": back, "scope": "openid profile",
                 "state": secrets.token_hex(16), "nonce": secrets.token_hex(16), "code_challenge": challenge,
                 "code_challenge_method": "S256", **other}
        query = urllib.parse.urlencode({name: value for name, value in asked.items() if value is not None})
        return sandbox.ask("GET", "/authorize?" + query)

    def code():
        page = ask()[1]
        place = Person(server).pick(page, "苏望舒")
        return dict(urllib.parse.parse_qsl(urllib.parse.urlparse(place).query))["code"]

    def bring(value, head=basic, **other):
        form = {"grant_type": "authorization_code", "code": value, "redirect_uri": back, "code_verifier": verifier, **other}
        status, said, _ = sandbox.ask("POST", "/token", form=form, headers={"Authorization": "Basic " + head} if head else {})
        return status, said.get("error")

    def failing():
        report, checks = sandbox.checks()
        return {name for name, standing in checks.items() if standing == "fail"}

    assert bring(code()) == (200, None) and failing() == set()
    assert ask(redirect_uri="https://elsewhere.example/")[0] == 400 and ask(client_id="another")[0] == 400
    assert failing() == {"redirect", "request"}
    for wrong, error, check in [
            ({"code_challenge": None}, "invalid_request", "pkce"), ({"code_challenge_method": "plain"}, "invalid_request", "pkce"),
            ({"scope": "profile"}, "invalid_scope", "scopes"), ({"response_type": "token"}, "unsupported_response_type", "request")]:
        status, _, place = ask(**wrong)
        assert status == 303 and place.startswith(back) and f"error={error}" in place and "state=" in place, (wrong, place)
        assert check in failing()
    assert ask(state="short", nonce=None, acr_values="9")[0] == 200, "what may be left out is noticed only"
    assert {"state", "nonce", "levels"} <= failing()
    assert bring(code(), head=None) == (401, "invalid_client") and bring(code(), head=basic[:-8]) == (401, "invalid_client")
    assert bring(code(), code_verifier="x" * 43) == (400, "invalid_grant")
    assert bring(code(), redirect_uri=back + "?") == (400, "invalid_grant")
    assert "codeOnce" not in failing()
    once = code()
    assert bring(once) == (200, None) and bring(once) == (400, "invalid_grant")
    assert sandbox.ask("GET", "/userinfo", headers={"Authorization": "Bearer no"})[0] == 401
    assert sandbox.ask("GET", "/logout?post_logout_redirect_uri=https%3A%2F%2Felsewhere.example")[0] == 400
    assert {"client", "codeOnce", "bearer", "hint", "signedOut"} <= failing()
    said = sandbox.stop()
    assert "fail   a code is used once" in said, said


def sent(gateway, seconds):
    """What the gateway says to a message that was signed at a time (docs/channels.md)."""
    body, key = json.dumps({"text": "【政务服务】示例", "to": "13800000001"}, ensure_ascii=False).encode(), secrets.token_hex(8)
    lines = f"POST\n/v1/messages\n{int(seconds)}\n{key}\n{hashlib.sha256(body).hexdigest()}"
    signature = hmac.new(b"onewindow-sandbox-key", lines.encode(), "sha256").hexdigest()
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=20)
    connection.request("POST", "/v1/messages", body, {
        "Idempotency-Key": key, "X-Timestamp": str(int(seconds)), "X-Signature": signature})
    status = connection.getresponse().status
    connection.close()
    return status


def gateway():
    """The gateway for text messages alone, at a time of its own."""
    port = free_port()
    process = subprocess.Popen(
        [binary, "sandbox", "sms", "--port", str(port), "--clock", "2018-11-19T09:00:00+08:00", "--pace", "60"],
        stderr=subprocess.DEVNULL)
    try:
        other = object.__new__(Sandbox)
        other.port = port
        until("the gateway", 20, lambda: other.ask("GET", "/health")[0] == 200)
        assert other.ask("GET", "/messages.json")[1] == [] and other.ask("GET", "/faults/sms")[0] == 200
        assert other.ask("GET", "/faults/mail")[0] == 404, "there is no mail"
        assert "mail" not in re.search(r"\n[^\n]*sms: none[^\n]*", other.ask("GET", "/")[1]).group(0)
        before = other.ask("GET", "/sandbox/clock")[1]
        assert before["pace"] == 60 and before["clock"].startswith("2018-11-19T09:"), before
        time.sleep(2.1)
        after = other.ask("GET", "/sandbox/clock")[1]["clock"]
        minutes = [60 * int(text[11:13]) + int(text[14:16]) for text in (before["clock"], after)]
        assert 2 <= minutes[1] - minutes[0] <= 10, (before, after)
        # A message is signed now by its clock, and not by the world's.
        assert other.ask("PUT", "/sandbox/clock", {"clock": "2018-11-19T09:00:00+08:00", "pace": 0})[0] == 200
        assert [sent(other, seconds) for seconds in (time.time(), 1542589200, 1542589200 + 301)] == [401, 202, 401]
        assert [one["to"] for one in other.ask("GET", "/messages.json")[1]] == ["13800000001"]
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0


if __name__ == "__main__":
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="onewindow-identity-sandbox-") as folder:
        folder += "/house"
        demonstrate(binary, folder)
        identity.server = server = Server(binary, folder)
        home = f"http://127.0.0.1:{server.port}"
        KNOWN = rows("SELECT name, number FROM person WHERE kind = 'citizen' AND name IS NOT NULL ORDER BY id LIMIT 1")[0]
        sandbox = Sandbox(
            binary, free_port(), "--client", CLIENT, "--secret", SECRET, "--redirect", home + "/sign-in/unified/answer",
            "--signed-out", home + "/signed-out", "--ending", home + "/sign-in/unified/ending", "--person",
            f"{KNOWN[0]},{KNOWN[1]},realName")
        server.settings = {"ONEWINDOW_IDENTITY_ISSUER": sandbox.issuer, "ONEWINDOW_IDENTITY_CLIENT": CLIENT,
                           "ONEWINDOW_IDENTITY_SECRET": SECRET}
        try:
            server.start()
            for step in (people, switches, leaving, clock, good, another, erring, gateway):
                step()
                print(f"ok   {step.__name__}", flush=True)
        finally:
            server.stop()
            if sandbox.process.poll() is None:
                sandbox.process.terminate()
    print("identity sandbox: everything holds")
