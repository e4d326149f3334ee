"""The carrier's sandbox as a process of its own, for whoever needs one beside the server."""
import json
import os
import subprocess
import urllib.request

from house import free_port, until

KEY = "a key for process tests"
SENDER = "市民服务中心出件窗口;13800000009;350105;市民服务中心一楼"


class Carrier:
    """A carrier that reports to an address; with a `clock` it lives at the time of its house."""

    def __init__(self, binary, callback):
        self.binary, self.callback, self.port = binary, callback, free_port()

    @property
    def of_house(self):
        """The settings of a house that has it as its carrier."""
        return {"ONEWINDOW_COURIER_URL": f"http://127.0.0.1:{self.port}/v1", "ONEWINDOW_COURIER_KEY": KEY,
                "ONEWINDOW_COURIER_SENDER": SENDER}

    def start(self, *switches, clock=None):
        self.process = subprocess.Popen(
            [self.binary, "sandbox", "courier", "--port", str(self.port), "--key", KEY, "--callback", self.callback,
             *switches], stderr=subprocess.DEVNULL,
            env={**os.environ, **({"ONEWINDOW_DEMO_CLOCK": clock} if clock else {})})
        until("the carrier's counter", 20, lambda: self.ask("/health") == "")

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method="GET" if body is None else "PUT")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def turn(self, **switches):
        self.ask("/faults", {**json.loads(self.ask("/faults")), **switches})

    def parcels(self):
        return json.loads(self.ask("/parcels.json"))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
