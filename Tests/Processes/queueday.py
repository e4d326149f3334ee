"""A queue day as somebody outside sees it: the server is killed in the middle, and five hundred screens follow it.

python3 Tests/Processes/queueday.py BINARY [SCREENS].
"""
import csv
import io
import json
import os
import re
import select
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from house import Server, sign_in

HALL, KEY = "350111", "demonstration-kiosk-350111"
# A Monday morning: the halls of the demonstration are open whenever this runs.
CLOCK = {"ONEWINDOW_DEMO_CLOCK": "2026-11-30T09:05"}
STAFF = {"window-jinan": 1, "window-jinan-two": 2}
TICKETS = 120


class Desk:
    """Somebody at a window, by the forms of her page."""

    def __init__(self, server, login, window):
        self.server, self.window = server, window
        self.cookie = sign_in(server, login)

    def post(self, path, **fields):
        """Sends the form of her page with this address; answers the status and the page."""
        _, _, page = self.server.ask("GET", "/window/queue", cookie=self.cookie)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        token = re.search(r'name="token" value="([^"]+)"', page).group(1)
        status, _, answer = self.server.ask("POST", path, {"csrf": csrf, "token": token, **fields}, self.cookie)
        return status, answer

    def sit(self):
        assert self.post("/window/seat", window=f"{HALL} {self.window}")[0] == 303, "the window opens"

    def call(self):
        """Calls and serves one; False when nobody waits."""
        status, answer = self.post("/window/queue/call")
        if status == 409 and "现在无人等候" in answer:
            return False
        for deed in ("start", "finish"):
            self.post(f"/window/queue/{deed}")
        return True


def take(server, number):
    """A ticket from the kiosk under a token of its own; answers its id, None when the server did not say it was taken."""
    form = {"need": "comprehensive", "card": "", "token": f"kiosk-ticket-number-{number:04}"}
    status, headers, _ = server.ask("POST", f"/halls/{HALL}/kiosk/ticket", form, f"kiosk={KEY}")
    return headers["Location"].rsplit("/", 1)[-1] if status == 303 else None


def killed(binary, folder):
    """SIGKILL while tickets are taken and called: what was acknowledged is there once, and nobody is called twice."""
    server = Server(binary, folder, CLOCK)
    server.start()
    desks = [Desk(server, login, window) for login, window in STAFF.items()]
    for desk in desks:
        desk.sit()
    taken, lock, left = {}, threading.Lock(), list(range(TICKETS))

    def kiosk():
        while True:
            with lock:
                if not left:
                    return
                number = left.pop()
            try:
                ticket = take(server, number)
            except OSError:
                return
            with lock:
                taken[number] = ticket
                if len(taken) == TICKETS // 2 and server.process.poll() is None:
                    server.kill()

    def clerk(desk):
        try:
            while server.process.poll() is None:
                desk.call()
        except (OSError, AttributeError):
            return

    threads = [threading.Thread(target=kiosk) for _ in range(8)]
    threads += [threading.Thread(target=clerk, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server = Server(binary, folder, CLOCK)
    server.start()
    # The same tokens once more: who was answered gets the same ticket, the others one of their own.
    again = {number: take(server, number) for number in range(TICKETS)}
    assert all(again[number] == ticket for number, ticket in taken.items() if ticket), "an acknowledged ticket is there"
    assert len(set(again.values())) == TICKETS, "none twice"
    for desk in desks:
        desk.server = server
        # Whoever stood at the window when the server died stands there still.
        for deed in ("start", "finish"):
            desk.post(f"/window/queue/{deed}")
    while any([desk.call() for desk in desks]):
        pass
    with sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True) as database:
        called = database.execute(
            "SELECT subject, COUNT(*) FROM journal WHERE kind = 'windows.ticket-called' GROUP BY subject").fetchall()
        states = database.execute("SELECT state, COUNT(*) FROM ticket GROUP BY state").fetchall()
        numbers = [row[0] for row in database.execute("SELECT serial FROM ticket WHERE letter = 'A' ORDER BY serial")]
    assert len(called) == TICKETS and all(count == 1 for _, count in called), "everybody is called once"
    assert states == [("served", TICKETS)], states
    assert numbers == list(range(1, TICKETS + 1)), "the numbers have no gap"
    print(f"{sum(1 for ticket in taken.values() if ticket)} of {TICKETS} tickets were acknowledged before SIGKILL; all are"
          f" there, each called once")
    return server, desks[0]


def waits(server, folder):
    """What the page of queues says is what a recount of the tickets' entries says, written without a look at it."""
    with sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True) as database:
        entries = database.execute(
            "SELECT subject, at, kind, body FROM journal WHERE kind LIKE 'windows.ticket-%' ORDER BY subject, sequence")
        tickets = {}
        for subject, at, kind, body in entries:
            tickets.setdefault(subject, []).append((at, kind.removeprefix("windows.ticket-"), json.loads(body)))
    windows, minutes = {}, []
    for life in tickets.values():
        at = {kind: when for when, kind, _ in life}
        window = next(body["window"] for _, kind, body in life if kind == "called")
        waited, handled = (at["called"] - at["taken"]) // 1000, (at["finished"] - at["started"]) // 1000
        windows.setdefault(window, []).append((waited, handled))
        minutes.append(waited // 60)
    minutes.sort()

    def mean(values):
        average = (sum(values) + len(values) // 2) // len(values)
        return f"{(average + 3) // 6 / 10:.1f}"

    cookie = sign_in(server, "supervisor")
    path = "/office/statistics/queues.csv"
    for _ in range(60):
        rows = list(csv.reader(io.StringIO(server.ask("GET", path, cookie=cookie)[2].lstrip("\ufeff"))))
        if len(rows) > 1 and int(rows[1][2]) == len(tickets):
            break
        time.sleep(0.5)
    assert [rows[1][0], *rows[1][2:5]] == [HALL, str(len(tickets)), str(len(tickets)), "0.00"], rows
    half, nine = minutes[(len(minutes) - 1) // 2], minutes[(len(minutes) * 90 + 99) // 100 - 1]
    soon = sum(1 for wait in minutes if wait < 15) * 10000
    assert rows[1][5:7] == [str(half), str(nine)], rows
    assert rows[1][7] == f"{(soon + len(minutes) // 2) // len(minutes) / 100:.2f}", rows
    everybody = [each for window in windows.values() for each in window]
    assert rows[1][8:10] == [mean([w for w, _ in everybody]), mean([h for _, h in everybody])], rows
    text = server.ask("GET", f"{path}?hall={HALL}", cookie=cookie)[2].lstrip("\ufeff")
    own = {int(row[0]): row for row in list(csv.reader(io.StringIO(text)))[1:]}
    assert sorted(own) == sorted(windows), own
    for number, visits in windows.items():
        assert own[number][2:4] == [str(len(visits))] * 2, own
        assert own[number][5:7] == [mean([w for w, _ in visits]), mean([h for _, h in visits])], own
    print(f"the waits of {len(tickets)} tickets at {len(windows)} windows are those of a recount of the journal")


def screens(server, desk, count, calls=10):
    """So many big screens follow the hall; every one sees every call. Says how long the slowest took."""
    sockets = []
    for _ in range(count):
        screen = socket.create_connection(("127.0.0.1", server.port))
        screen.sendall(f"GET /halls/{HALL}/board/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        screen.setblocking(False)
        sockets.append(screen)
    heard = {screen: b"" for screen in sockets}

    def listen(until, seconds):
        """Reads until every screen has been told `until`; answers those that have not."""
        deadline, missing = time.monotonic() + seconds, {s for s in sockets if until not in heard[s]}
        poller = select.poll()
        byfile = {screen.fileno(): screen for screen in sockets}
        for screen in sockets:
            poller.register(screen, select.POLLIN)
        while missing and time.monotonic() < deadline:
            for number, _ in poller.poll(200):
                screen = byfile[number]
                part = screen.recv(65536)
                assert part, "the stream goes on"
                heard[screen] += part
                if until in heard[screen]:
                    missing.discard(screen)
        return missing

    assert not listen(b"event: board", 30), "every screen is told at once how things stand"
    slowest = []
    for number in range(calls):
        take(server, TICKETS + number)
        for screen in sockets:
            heard[screen] = b""
        start = time.monotonic()
        status, page = desk.post("/window/queue/call")
        assert status == 303
        name = f"A{TICKETS + number + 1}".encode()
        assert not listen(b"<strong>" + name, 30), f"every screen shows {name.decode()}"
        slowest.append(time.monotonic() - start)
        for deed in ("start", "finish"):
            desk.post(f"/window/queue/{deed}")
    for screen in sockets:
        screen.close()
    slowest.sort()
    print(f"{count} screens saw {calls} calls each; from the call to the slowest screen {slowest[len(slowest) // 2]:.2f} s in the"
          f" middle, {slowest[-1]:.2f} s at most")
    return slowest[-1]


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory(prefix="onewindow-queue-") as folder:
        data = f"{folder}/data"
        subprocess.run([binary, "demo", "--data", data], check=True, capture_output=True, env={**os.environ, **CLOCK})
        server, desk = killed(binary, data)
        waits(server, data)
        screens(server, desk, count)
        server.stop()
    print("3 passed, 0 failed")


if __name__ == "__main__":
    main()
