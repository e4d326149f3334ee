"""A server of the product as a process of its own, and somebody who fills in its forms. Only the standard library."""
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse

PASSWORD = "yichuang-2018"
FIRM = "91350100MADEM0054D"
THREADS = 32
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def id_bytes(text):
    """26 characters of Crockford's base 32 as the 16 bytes that the database keeps."""
    number = 0
    for character in text:
        number = number * 32 + ALPHABET.index(character)
    return number.to_bytes(16, "big")


def id_text(content):
    """The 16 bytes that the database keeps as 26 characters of Crockford's base 32."""
    number = int.from_bytes(content, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(26)))


def free_port():
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, seconds, check):
    """Asks again and again until something is so; answers what was found. A server that is not there is not an answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = check()
        except (OSError, http.client.HTTPException):
            found = None
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} seconds: {what}")


def demonstrate(binary, folder):
    """A demonstration city in a folder: a copy of the one at ONEWINDOW_DEMO where there is one, since filling takes longer."""
    filled = os.environ.get("ONEWINDOW_DEMO")
    if filled:
        shutil.copytree(filled, folder, dirs_exist_ok=True)
    else:
        subprocess.run([binary, "demo", "--data", folder], check=True, stderr=subprocess.DEVNULL)


class Server:
    """`store` is where the rows lie when they do not lie in the folder."""
    def __init__(self, binary, folder, settings=None, store=None):
        self.binary, self.folder, self.settings = binary, folder, settings or {}
        self.options = ["--data", folder, *(["--store", store] if store else [])]
        self.log = folder.rstrip("/") + ".log"
        self.port = free_port()

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", *self.options, "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"), env={**os.environ, **self.settings})
        for _ in range(200):
            try:
                if self.ask("GET", "/health/live")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, "a graceful stop exits 0"

    def ask(self, method, path, form=None, cookie="", connection=None, headers=None):
        """Status, headers and text of one request."""
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        own.request(method, path, body=body, headers=headers)
        answer = own.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if connection is None:
            own.close()
        return answer.status, answer.headers, text


def sign_in(server, login):
    _, headers, page = server.ask("GET", "/staff/sign-in")
    nonce = re.search(r"sign-in=[0-9a-f]+", headers["Set-Cookie"]).group(0)
    token = re.search(r'name="csrf" value="([0-9]+\.[0-9a-f]+)"', page).group(1)
    form = {"login": login, "password": PASSWORD, "csrf": token, "back": ""}
    status, headers, _ = server.ask("POST", "/staff/sign-in", form, nonce)
    assert status == 303, "the clerk is let in"
    return re.search(r"session=[0-9a-f]+", headers["Set-Cookie"]).group(0)


def filing(server, cookie):
    """The address and the fields of an application for special working hours at the window; the token is left out."""
    query = urllib.parse.urlencode({"number": FIRM, "q": "特殊工时"})
    _, _, page = server.ask("GET", f"/window/intake?{query}", cookie=cookie)
    path = next(p for p in re.findall(r'href="(/window/intake/[^"]+)"', page) if "0300011411100301" in p)
    choices = "&situation-system=flexible&situation-procedure=examination&situation-filedBy=self"
    path = path.replace("&amp;", "&")
    _, _, page = server.ask("GET", path + choices, cookie=cookie)
    forms = re.findall(r'<form method="post" action="/window/intake/.*?</form>', page, re.S)
    form = {"csrf": re.search(r'name="csrf" value="([0-9a-f]+)"', forms[0]).group(1)}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', forms[0]):
        form.setdefault(name, value)
    for tag in re.findall(r"<input [^>]+>", forms[0]):
        name = re.search(r'name="(answer-[^"]+)"', tag)
        if name and 'type="radio"' not in tag and 'type="checkbox"' not in tag:
            value = re.search(r'value="([^"]*)"', tag)
            form[name.group(1)] = value.group(1) if value and value.group(1) else "示例内容"
    for name, value in re.findall(r"<textarea [^>]*name=\"(answer-[^\"]+)\"[^>]*>([^<]*)</textarea>", forms[0]):
        form[name] = value.strip() or "示例内容"
    for name in re.findall(r'name="(material-[^"]+)" value="meets"', forms[0]):
        form[name] = "meets"
    form.update({"delivery": "counter", "mobile": "13800000001"})
    status, headers, page = server.ask("POST", path.split("?")[0], dict(form, token="probe-probe-probe-1"), cookie)
    if status != 303:
        errors = re.findall(r'<a href="#field-([^"]+)">([^<]+)', page)
        for name, sentence in errors:
            kinds = [("日期", "2026-12-01"), ("整数", "2"), ("电话", "13800000001")]
            form[name] = next((value for kind, value in kinds if kind in sentence), first(forms[0], name))
        status, headers, page = server.ask("POST", path.split("?")[0], dict(form, token="probe-probe-probe-2"), cookie)
    assert status == 303, re.findall(r'<a href="#field-([^"]+)">([^<]+)', page)
    return path.split("?")[0], form


def first(page, name):
    """The first choice of a field."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]+)"', page)
    return found.group(1) if found else "示例内容"


def file_all(server, cookie, path, form, tokens, stop_after=None):
    """Posts all tokens by many threads; answers the acknowledged dossiers by token."""
    acknowledged, lock, left = {}, threading.Lock(), list(tokens)

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        while True:
            with lock:
                if not left:
                    return
                token = left.pop()
            try:
                status, headers, _ = server.ask("POST", path, dict(form, token=token), cookie, connection)
            except (OSError, http.client.HTTPException):
                return
            if status == 303:
                with lock:
                    acknowledged[token] = re.search(r"/dossiers/([^/]+)/", headers["Location"]).group(1)
                    enough = stop_after is not None and len(acknowledged) >= stop_after
                if enough and server.process.poll() is None:
                    server.kill()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return acknowledged


def papers(folder, kind):
    """The numbers of a kind of paper at the body that has issued most of them, in order."""
    with sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True) as database:
        body = database.execute(
            "SELECT body FROM paper_number WHERE kind = ? GROUP BY body ORDER BY COUNT(*) DESC", (kind,)).fetchone()[0]
        rows = database.execute("SELECT serial FROM paper_number WHERE kind = ? AND body = ? ORDER BY serial", (kind, body))
        return [row[0] for row in rows]


def submitted(folder):
    """How often each dossier was submitted, read from the file by somebody who knows nothing of the program."""
    database = sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True)
    rows = database.execute("SELECT subject, COUNT(*) FROM journal WHERE kind = 'dossier.submitted' GROUP BY subject")
    counts = dict(rows.fetchall())
    database.close()
    return counts
