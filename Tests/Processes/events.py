"""A partner follows what happens: by the feed, and by webhooks that the library `standardwebhooks` verifies.

python3 Tests/Processes/events.py BINARY [FILINGS]. The receiver goes away for a while, answers 500 for one dossier, breaks
off without an answer; another one is slow, one never answers, and one answers without an end. The server is killed with
SIGKILL amid deliveries. In the end every event was taken, none under two names, those of each dossier in order; the feed
says the same, byte for byte; and nobody who is slow held up anybody else.
"""
import http.client
import http.server
import json
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from standardwebhooks.webhooks import Webhook

from house import PASSWORD, Server, demonstrate, file_all, filing, free_port, sign_in, until


class Receiver:
    """Listens at a port; what each path does to a request is said by its fault."""

    def __init__(self, port):
        self.port = port
        self.lock = threading.Lock()
        self.taken = {}      # path -> list of (webhook-id, body), in the order in which they were taken
        self.seen = {}       # path -> set of webhook-ids that came, taken or not
        self.unsigned = 0
        self.cut = 0         # how many answers without an end were broken off
        self.secrets = {}    # path -> Webhook
        self.faults = {}     # path -> function(event) -> status, None to break off, "never", "flood", "flood"
        self.server = None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if len(body) < int(self.headers["content-length"]):
                    # The server was killed amid what it said.
                    self.close_connection = True
                    return
                answer = receiver.take(self.path, self.headers, body)
                if answer is None:
                    self.close_connection = True
                    return
                if answer == "never":
                    receiver.away.wait(60)
                    self.close_connection = True
                    return
                if answer == "flood":
                    try:
                        self.send_response(200)
                        self.send_header("connection", "close")
                        self.end_headers()
                        # Also while the receiver goes away: an answer that it ended itself would be counted for one broken off.
                        while True:
                            self.wfile.write(b"x" * 65536)
                    except OSError:
                        with receiver.lock:
                            receiver.cut += 1
                    self.close_connection = True
                    return
                self.send_response(answer)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

        self.away = threading.Event()

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self.server = Listener(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.away.set()
        self.server.shutdown()
        self.server.server_close()

    def take(self, path, headers, body):
        # The first may come before the answer that says the secret has been read.
        until("the secret is known", 10, lambda: path in self.secrets)
        try:
            event = self.secrets[path].verify(body, dict(headers))
        except Exception:
            with self.lock:
                self.unsigned += 1
            return 401
        identifier = headers["webhook-id"]
        with self.lock:
            self.seen.setdefault(path, set()).add(identifier)
        status = self.faults.get(path, lambda _: 200)(event)
        if status in (200, "flood") and event["kind"] != "exchange.ping":
            with self.lock:
                self.taken.setdefault(path, []).append((identifier, body))
        return status


class Partner:
    """A partner's program: it has a token and asks."""

    def __init__(self, server, name, secret):
        self.server, self.name, self.secret = server, name, secret

    def token(self):
        form = {"grant_type": "client_credentials", "client_id": self.name, "client_secret": self.secret}
        status, _, text = self.server.ask("POST", "/api/v1/oauth/token", form)
        assert status == 200, text
        return json.loads(text)["access_token"]

    def enter(self):
        self.bearer = {"Authorization": "Bearer " + self.token()}
        return self

    def ask(self, method, path, value=None):
        own = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = dict(self.bearer)
        body = None
        if value is not None:
            body, headers["Content-Type"] = json.dumps(value), "application/json"
        own.request(method, "/api/v1" + path, body=body, headers=headers)
        answer = own.getresponse()
        text = answer.read()
        own.close()
        return answer.status, text

    def feed(self, kinds="", limit=200):
        """Every event, and how many answers it took."""
        events, after, answers = [], "", 0
        while True:
            query = urllib.parse.urlencode({"after": after, "limit": limit, "kinds": kinds})
            status, text = self.ask("GET", f"/events?{query}")
            assert status == 200, text
            page = json.loads(text)
            # The events as they stand in the answer, byte for byte.
            rest, position = text[len('{"events":['):], 0
            for event in page["events"]:
                raw = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
                assert rest[position:position + len(raw)] == raw, "an event is canonical JSON"
                position += len(raw) + 1
                events.append((event["id"], raw))
            answers += 1
            assert page["next"] != after or not page["hasMore"], "the feed moves on"
            after = page["next"]
            if not page["hasMore"]:
                return events


def decide_all(server, dossiers):
    """Each is accepted, examined and granted, by as many threads as there are deeds; what a killed server did not do is left."""
    deeds = [("window-city", "acceptance", {}), ("review-hrss", "review", {"proposal": "grant", "opinion": "符合"}),
             ("decide-hrss", "decision", {"decision": "grant", "grounds": "符合"})]
    bearers = {}
    for login, _, _ in deeds:
        own = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        own.request("POST", "/api/v1/sessions", json.dumps({"login": login, "password": PASSWORD, "door": "staff"}),
                    {"Content-Type": "application/json"})
        bearers[login] = json.loads(own.getresponse().read())["token"]
        own.close()
    left, lock = list(dossiers), threading.Lock()

    def work():
        own = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        while True:
            with lock:
                if not left:
                    return
                dossier = left.pop()
            for login, deed, body in deeds:
                headers = {"Content-Type": "application/json", "Authorization": "Bearer " + bearers[login],
                           "Idempotency-Key": f"events-{dossier}-{deed[:6]}"}
                try:
                    own.request("POST", f"/api/v1/dossiers/{dossier}/{deed}", json.dumps(body), headers)
                    answer = own.getresponse()
                    text = answer.read()
                except (OSError, http.client.HTTPException):
                    return
                assert answer.status < 300, (dossier, deed, text)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def command(binary, folder, *words):
    return subprocess.run(
        [binary, *words[:2], "--data", folder, *words[2:]], check=True, capture_output=True, text=True).stdout.strip()


def dossiers(events):
    """The ids of the events of each dossier, in order."""
    order = {}
    for identifier, body in events:
        order.setdefault(json.loads(body)["dossier"], []).append(identifier)
    return order


def firsts(taken):
    """What was taken, each event where it came first."""
    known, order = set(), []
    for identifier, body in taken:
        if identifier not in known:
            known.add(identifier)
            order.append((identifier, body))
    return order


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory(prefix="onewindow-events-") as folder:
        folder += "/data"
        demonstrate(binary, folder)
        secret = command(binary, folder, "partners", "add", "--name", "示例大数据局", "data-office", "--per-minute", "60000")
        command(binary, folder, "partners", "grant", "data-office", "events.read")
        other = command(binary, folder, "partners", "add", "--name", "示例外地系统", "far-office")
        command(binary, folder, "partners", "grant", "far-office", "events.read", "--region", "350211")
        server = Server(binary, folder)
        server.start()
        partner = Partner(server, "data-office", secret).enter()
        far = Partner(server, "far-office", other).enter()
        port = free_port()
        receiver = Receiver(port)
        receiver.start()
        subscriptions = {}
        for path, kinds in [("/good", []), ("/slow", ["dossier.*"]), ("/never", []), ("/few", ["dossier.accepted"]),
                            ("/flood", ["dossier.granted"])]:
            status, text = partner.ask(
                "POST", "/subscriptions",
                {"url": f"http://127.0.0.1:{port}{path}", "kinds": kinds, "after": "0"})
            assert status == 201, text
            answer = json.loads(text)
            subscriptions[path] = answer["id"]
            receiver.secrets[path] = Webhook(answer["secret"])
        status, text = partner.ask("POST", "/subscriptions", {"url": f"http://127.0.0.1:{port}/good"})
        assert status == 409 and json.loads(text)["code"] == "exchange.address-taken", text
        for url in ["http://example.org/", "https://user:word@example.org/", "https://169.254.169.254/", "ftp://example.org/"]:
            status, text = partner.ask("POST", "/subscriptions", {"url": url})
            assert status == 422 and json.loads(text)["code"] == "exchange.address-unfit", (url, text)
        status, text = far.ask("GET", f"/subscriptions/{subscriptions['/good']}")
        assert status == 404, "a partner sees its own subscriptions only"
        status, text = partner.ask("POST", f"/subscriptions/{subscriptions['/good']}/pings", {})
        assert status == 200 and json.loads(text)["isAccepted"], text

        # Faults: one dossier is answered 500, now and then a connection breaks off, one receiver is slow, one never answers.
        unlucky, breaks = set(), [0]

        def good(event):
            if event["kind"] == "exchange.ping":
                return 200
            if event["dossier"] in unlucky:
                return 500
            breaks[0] += 1
            return None if breaks[0] % 97 == 50 else 200

        def slow(_):
            time.sleep(0.5)
            return 200

        receiver.faults.update({"/good": good, "/slow": slow, "/never": lambda _: "never", "/flood": lambda _: "flood"})
        cookie = sign_in(server, "window-jinan")
        path, form = filing(server, cookie)
        first = file_all(server, cookie, path, form, [f"event-test-token-a{number:05d}" for number in range(count // 4)])
        unlucky.add(next(iter(first.values())))
        decide_all(server, first.values())

        def taken(name="/good"):
            with receiver.lock:
                return list(receiver.taken.get(name, []))

        until("events arrive", 30, lambda: len(taken()) > count // 4)
        # The receiver goes away, things happen, and it comes back.
        receiver.stop()
        second = file_all(server, cookie, path, form, [f"event-test-token-b{number:05d}" for number in range(count // 4)])
        decide_all(server, second.values())
        time.sleep(2)
        status, text = partner.ask("GET", f"/subscriptions/{subscriptions['/good']}")
        standing = json.loads(text)
        assert standing["failures"] > 0 and "pausedUntil" in standing, "a receiver that is away is left alone: " + text.decode()
        receiver.start()
        # The server dies amid deliveries.
        before = len(taken())
        tokens = [f"event-test-token-c{number:05d}" for number in range(count // 2)]

        def live():
            try:
                decide_all(server, file_all(server, cookie, path, form, tokens).values())
            except (OSError, http.client.HTTPException):
                return

        filer = threading.Thread(target=live)
        filer.start()
        until("deliveries go on", 60, lambda: len(taken()) > before + 20)
        server.kill()
        filer.join()
        server.start()
        partner.enter()
        again = file_all(server, cookie, path, form, tokens)
        assert len(again) == len(tokens), "what was asked again was answered"
        decide_all(server, again.values())
        held = [body for _, body in taken() if json.loads(body)["dossier"] in unlucky]
        unlucky.clear()

        feed = None

        def whole():
            nonlocal feed
            feed = partner.feed()
            return {identifier for identifier, _ in taken()} == {identifier for identifier, _ in feed}

        until("everything was taken", 120, whole)
        assert len(feed) > 2 * count, len(feed)
        # Under which name an event comes is the same for ever, and what it says is what the feed says.
        says = dict(feed)
        assert len(says) == len(feed), "no event stands twice in the feed"
        for identifier, body in taken():
            assert says[identifier] == body, identifier
        # In the order of the journal, for each dossier.
        assert dossiers(firsts(taken())) == dossiers(feed), "the events of each dossier came in order"
        sequences = {}
        for _, body in feed:
            event = json.loads(body)
            sequences.setdefault(event["subject"], []).append(event["sequence"])
        assert all(order == list(range(1, len(order) + 1)) for order in sequences.values()), "without a gap"
        # No name, no number of a person, nobody who did it.
        everything = b"".join(says.values()).decode()
        for word in ["13800000001", "91350100MADEM0054D", "staff:", "applicant", "示例企业"]:
            assert word not in everything, word
        # Kinds and grants filter both ways.
        accepted = [pair for pair in feed if json.loads(pair[1])["kind"] == "dossier.accepted"]
        assert partner.feed(kinds="dossier.accepted") == accepted and accepted
        until("the one who wants few has them", 30, lambda: {i for i, _ in taken("/few")} == {i for i, _ in accepted})
        granted = {i for i, body in feed if json.loads(body)["kind"] == "dossier.granted"}
        until("what answers without an end has them too", 30, lambda: {i for i, _ in taken("/flood")} == granted and granted)
        until("and was broken off each time", 30, lambda: receiver.cut >= len(granted))
        assert far.feed() == [], "another place's events are not for everybody"
        status, text = partner.ask("GET", "/events?after=999999999")
        assert status == 409 and json.loads(text)["code"] == "exchange.cursor-ahead", text
        # The slow one gets what it can take, the one that never answers is tried and left alone; neither has held up the rest.
        assert 0 < len(taken("/slow")) < len(taken()), "the slow one is behind"
        assert taken("/never") == [] and receiver.seen["/never"]
        assert receiver.unsigned == 0, "every signature is right"
        doubles = len(taken()) - len(firsts(taken()))
        # The page of those who look after it.
        office = sign_in(server, "supervisor")
        status, _, page = server.ask("GET", "/office/exchange", cookie=office)
        assert status == 200 and "示例大数据局" in page
        # Another secret signs together with the one before; who says 410 is not asked again.
        status, text = partner.ask("POST", f"/subscriptions/{subscriptions['/good']}/secret-renewals", {})
        assert status == 200
        old, receiver.secrets["/good"] = receiver.secrets["/good"], Webhook(json.loads(text)["secret"])
        status, text = partner.ask("POST", f"/subscriptions/{subscriptions['/good']}/pings", {})
        assert json.loads(text)["isAccepted"], text
        receiver.secrets["/good"] = old
        status, text = partner.ask("POST", f"/subscriptions/{subscriptions['/good']}/pings", {})
        assert json.loads(text)["isAccepted"], "the old secret counts for a day"
        receiver.faults["/good"] = lambda _: 410
        assert file_all(server, cookie, path, form, ["event-test-token-d00001"]), "one more"
        def ended():
            answer = partner.ask("GET", f"/subscriptions/{subscriptions['/good']}")[1]
            return json.loads(answer)["state"] == "ended"

        until("it has ended", 30, ended)
        status, _ = partner.ask("DELETE", f"/subscriptions/{subscriptions['/good']}")
        assert status == 204
        server.stop()
        receiver.stop()
        print(f"{len(feed)} events were taken, in the order of each dossier, through faults and SIGKILL; "
              f"{doubles} came twice under the same name, none was lost; {len(held)} of the unlucky dossier had come before")
        print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
