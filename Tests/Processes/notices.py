"""Kills the gateways of messages and the server while notices go out, and counts what came.

python3 Tests/Processes/notices.py BINARY [FILINGS]. Real gateways' sandbox, real server, both killed with SIGKILL; answers
get lost. In the end every notice was delivered exactly once by each way, and mails read as Python's email package reads them.
"""
import email
import email.policy
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

from house import Server, demonstrate, file_all, filing, free_port, sign_in, until

KEY = "a key for process tests"
ADDRESS = "office+zwfw@firm.example.com"
SENDER = "noreply@zwfw.example.gov.cn"


class Sandbox:
    def __init__(self, binary, file):
        self.binary, self.file, self.port, self.smtp_port = binary, file, free_port(), free_port()

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "sandbox", "messages", "--port", str(self.port), "--smtp-port", str(self.smtp_port),
             "--file", self.file], stderr=subprocess.DEVNULL, env={**os.environ, "ONEWINDOW_SMS_KEY": KEY})
        for _ in range(200):
            try:
                self.ask("/health")
                with socket.create_connection(("127.0.0.1", self.smtp_port), timeout=1) as probe:
                    assert probe.recv(3) == b"220"
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the sandbox did not start")

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method="GET" if body is None else "PUT")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def fail(self, way, **setting):
        self.ask(f"/faults/{way}", setting)

    def messages(self):
        return json.loads(self.ask("/messages.json"))

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, "a graceful stop exits 0"


def rows(folder, question):
    """Read by somebody who knows nothing of the program."""
    database = sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True)
    answer = database.execute(question).fetchall()
    database.close()
    return answer


def want_mail(folder):
    """The firm's wish for mail, as its preferences keep it; the server stands."""
    database = sqlite3.connect(f"{folder}/onewindow.sqlite")
    (firm,) = database.execute("SELECT applicant FROM dossier ORDER BY id DESC LIMIT 1").fetchone()
    database.execute("INSERT INTO notice_preference VALUES (?, 1, ?, 'zh', 0)", (firm, ADDRESS))
    database.commit()
    database.close()


def look_at_mail(mails):
    for mail in mails:
        parsed = email.message_from_string(mail["text"], policy=email.policy.default)
        assert not parsed.defects, parsed.defects
        assert parsed["Subject"] == "申请已收件", parsed["Subject"]
        assert parsed["From"].addresses[0].display_name == "福州政务服务"
        assert parsed["From"].addresses[0].addr_spec == SENDER and parsed["To"].addresses[0].addr_spec == ADDRESS
        assert parsed["Message-ID"] == mail["key"] and parsed["Message-ID"].endswith(f"@{SENDER.split('@')[1]}>")
        assert parsed["Date"].datetime.utcoffset().total_seconds() == 8 * 3600
        body = parsed.get_content()
        assert parsed.get_content_type() == "text/plain" and body.startswith("您好："), body
        assert "综合计算工时" in body and "最迟于" in body and "https://zwfw.example.gov.cn/" in body, body
        assert all(len(line) <= 78 for line in mail["text"].split("\r\n")), "short lines"


def run_beside(binary, folder):
    """`make run`: the sandbox beside the server, stopped with it."""
    port = free_port()
    script = os.path.join(os.path.dirname(__file__), "../../Scripts/run")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_SM")}
    process = subprocess.Popen([script, binary, folder, str(port)], stderr=subprocess.DEVNULL, env=environment)

    def answers(number, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{number}{path}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    until("the server and the sandbox answer", 20, lambda: answers(port, "/health/live") and answers(port + 10, "/"))
    process.terminate()
    assert process.wait(timeout=30) == 0, "both ended gracefully"
    assert not answers(port, "/health/live") and not answers(port + 10, "/"), "nobody is left"


def live(binary, folder, count, settings, sandbox, server):
    sandbox.start()
    server.start()
    cookie = sign_in(server, "window-jinan")
    path, form = filing(server, cookie)
    until("the first text message", 20, lambda: len(sandbox.messages()) == 1)
    server.stop()
    want_mail(folder)
    server.start()

    # The gateways are gone; filing goes on.
    sandbox.kill()
    tokens = [f"notices-test-token-{number:06d}" for number in range(count)]
    assert len(file_all(server, cookie, path, form, tokens)) == count, "every filing is acknowledged"
    until("a failed try of each", 60, lambda: rows(
        folder, "SELECT COUNT(*) FROM notice_delivery WHERE failure = 'unreachable'")[0][0] >= count)

    # They come back and lose answers; the server dies with messages in its hands; then the gateways once more.
    sandbox.start()
    for way in ("sms", "mail"):
        sandbox.fail(way, fault="lost-answer", times=8)
    until("some messages", 60, lambda: len(sandbox.messages()) > count // 3)
    server.kill()
    under_way = rows(folder, "SELECT COUNT(*) FROM notice_delivery WHERE state = 'sending'")[0][0]
    server.start()
    sandbox.kill()
    sandbox.start()
    sandbox.fail("sms", fault="garbage", times=3)
    sandbox.fail("mail", fault="garbage", times=3)
    until("every message", 240, lambda: rows(
        folder, "SELECT COUNT(*) FROM notice_delivery WHERE state <> 'sent'") == [(0,)])

    came = sandbox.messages()
    keys = [(message["way"], message["key"]) for message in came]
    assert len(keys) == len(set(keys)) == 2 * count + 1, f"{len(keys)} messages for {count} filings"
    wanted = rows(folder, "SELECT channel, COUNT(*) FROM notice_delivery GROUP BY channel ORDER BY channel")
    assert wanted == [("mail", count), ("sms", count + 1)], wanted
    texts = [message["text"] for message in came if message["way"] == "sms"]
    assert len(set(texts)) == count + 1, "each case has its own message"
    assert all(text.startswith("【福州政务服务】") and len(text) <= 70 for text in texts)
    again = {way: sum(m["handedOver"] - 1 for m in came if m["way"] == way) for way in ("sms", "mail")}
    assert again["sms"] == 0, "a gateway that can be asked is asked first, and is handed nothing again"
    assert again["mail"] >= 1, "answers of the relay got lost, and it recognised what came again"
    look_at_mail([message for message in came if message["way"] == "mail"])
    assert rows(folder, "SELECT COUNT(*) FROM outbox_spent") == [(0,)]

    server.stop()
    sandbox.stop()
    checked = subprocess.run([binary, "check", "--data", folder], capture_output=True, text=True,
                             env={**os.environ, **settings})
    assert checked.returncode == 0 and KEY not in checked.stdout and "signed (***)" in checked.stdout, checked.stdout
    subprocess.run([binary, "journal", "seal", "--data", folder], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([binary, "journal", "verify", "--data", folder], check=True)
    run_beside(binary, folder)
    print(f"{count} filings, gateways and server killed ({under_way} under way), answers lost: {count + 1} text "
          f"messages and {count} mails came, each once; the relay recognised {again['mail']} that came again")


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory(prefix="onewindow-notices-") as top:
        folder = f"{top}/data"
        demonstrate(binary, folder)
        sandbox = Sandbox(binary, f"{top}/messages.jsonl")
        settings = {
            "ONEWINDOW_SMS_URL": f"http://127.0.0.1:{sandbox.port}/v1", "ONEWINDOW_SMS_KEY": KEY,
            "ONEWINDOW_SMTP_URL": f"smtp://127.0.0.1:{sandbox.smtp_port}", "ONEWINDOW_SMTP_FROM": SENDER,
            "ONEWINDOW_NOTICE_NAME": "福州政务服务", "ONEWINDOW_QUIET_HOURS": "none",
            "ONEWINDOW_ADDRESS": "https://zwfw.example.gov.cn"}
        server = Server(binary, folder, settings)
        try:
            live(binary, folder, count, settings, sandbox, server)
        finally:
            for one in (server, sandbox):
                if hasattr(one, "process") and one.process.poll() is None:
                    one.kill()
        print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
