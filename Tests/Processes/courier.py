"""Results by courier, with the carrier's sandbox and the server as processes of their own.

python3 Tests/Processes/courier.py BINARY. Applications are filed at the portal, decided over the API, carried by the sandbox with
each of its faults, and the server is killed in the middle. In the end every parcel was booked once, every report was taken once,
and every case whose parcel came to its door is closed.
"""
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
from html.parser import HTMLParser

from carrier import KEY, Carrier
from house import PASSWORD, Server, demonstrate, until

PDF = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
       b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
ITEM = ("特殊工时", "0300011411100301")
# An item of the guides that ship whose originals a courier may fetch (mode O3), with the answers of its sample.
ADVERTISING = ("户外广告", "000117903000")
SAMPLE = json.loads((pathlib.Path(__file__).parent / "../../Sources/Catalogue/Resources/guides/outdoor-advertising.json")
                    .read_text())["form"]["sample"]


class Fields(HTMLParser):
    """The fields of the form that posts to an address, with what they hold."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self.inside, self.fields, self.radios, self.area, self.list = path, False, {}, {}, None, None
        self.files = []
        self.feed(page)

    def handle_starttag(self, tag, given):
        given = dict(given)
        if tag == "form":
            self.inside = given.get("action") == self.path
        name = given.get("name")
        if not self.inside or not name and tag != "option":
            return
        if tag == "input" and given.get("type") in ("radio", "checkbox"):
            self.radios.setdefault(name, []).append(given.get("value", ""))
            if "checked" in given:
                self.fields[name] = given.get("value", "")
        elif tag == "input" and given.get("type") == "file":
            self.files.append(name)
        elif tag == "input":
            self.fields.setdefault(name, given.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""
        elif tag == "select":
            self.list = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self.list:
            self.radios.setdefault(self.list, []).append(given.get("value", ""))
            if "selected" in given:
                self.fields[self.list] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.list = None

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data


def sign_in(server, login, door=""):
    _, headers, page = server.ask("GET", f"{door}/sign-in")
    nonce = re.search(r"sign-in=[0-9a-f]+", headers["Set-Cookie"]).group(0)
    token = re.search(r'name="csrf" value="([0-9]+\.[0-9a-f]+)"', page).group(1)
    form = {"login": login, "password": PASSWORD, "csrf": token, "back": ""}
    status, headers, _ = server.ask("POST", f"{door}/sign-in", form, nonce)
    assert status == 303, login
    return re.search(r"session=[0-9a-f]+", headers["Set-Cookie"]).group(0)


def upload(server, path, fields, files, cookie):
    mark, body = "-----courier", b""
    for name, value in fields.items():
        body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name in files:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.pdf"\r\n'
                 "Content-Type: application/pdf\r\n\r\n").encode() + PDF + b"\r\n"
    body += f"--{mark}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", path, body=body, headers={
        "Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={mark}"})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode("utf-8", "replace")


CHOICES = {"system": "flexible", "procedure": "examination", "filedBy": "self", "carrier": "others", "-form": "board"}


def fill(fields):
    """Something for what is empty."""
    for name, values in fields.radios.items():
        wanted = next((choice for end, choice in CHOICES.items() if name.endswith(end) and choice in values), None)
        if wanted or not fields.fields.get(name):
            fields.fields[name] = wanted or next((value for value in values if value), "")
    for name, value in fields.fields.items():
        if not value.strip():
            fields.fields[name] = "示例内容"


def mend(fields, page):
    for name, sentence in re.findall(r'<a href="#field-([^"]+)">([^<]+)', page):
        kinds = [("日期", "2026-12-01"), ("整数", "2"), ("电话", "13800000001"), ("手机", "13800000001")]
        known = next((key for key in fields.fields if key.replace(".", "-") == name or key == name), name)
        fields.fields[known] = next((value for kind, value in kinds if kind in sentence), "示例内容")


def file_by_courier(server, cookie, street, item=ITEM, way="O2.courier", answers={}):
    """One application from the guide's page to the check, with the result by courier to a street."""
    found = json.loads(server.ask("GET", f"/api/v1/items?q={urllib.parse.quote(item[0])}")[2])["items"]
    code = next(one["itemCode"] for one in found if item[1] in one["itemCode"])
    _, _, page = server.ask("GET", f"/items/{code}", cookie=cookie)
    start = Fields(page, f"/items/{code}/drafts")
    firm = [value for value in start.radios.get("applicant", [])]
    start.fields["applicant"] = firm[-1] if firm else start.fields.get("applicant", "")
    status, headers, _ = server.ask("POST", f"/items/{code}/drafts", start.fields, cookie)
    assert status == 303, status
    path = headers["Location"]
    draft = path.rsplit("/", 1)[0]
    if not path.endswith("situation"):
        path = draft + "/situation"
    for _ in range(12):
        _, _, page = server.ask("GET", path, cookie=cookie)
        fields = Fields(page, path)
        step = path.rsplit("/", 1)[1]
        if step == "way":
            assert way in fields.radios["way"], (way, fields.radios)
            fields.fields["way"] = way
        elif step == "address":
            fields.fields.update(
                {"kept": "new", "recipient": "林晓榕", "mobile": "13800000001", "division": "350102", "street": street})
        elif step == "check":
            fields.fields.update({"truth": "yes", "double": "yes"})
        else:
            fields.fields.update({name: value for name, value in answers.items() if name in fields.fields})
            fill(fields)
        for _ in range(3):
            if step == "materials":
                fields.fields.pop("remove", None)
                fields.fields.pop("lagging", None)
                status, headers, page = upload(server, path, fields.fields, fields.files, cookie)
            else:
                status, headers, page = server.ask("POST", path, fields.fields, cookie)
            if status == 303:
                break
            mend(fields, page)
        assert status == 303, (path, status, re.findall(r'<a href="#field-([^"]+)">([^<]+)', page))
        path = headers["Location"]
        if path.startswith("/dossiers/"):
            return path.split("?")[0].rsplit("/", 1)[1]
    raise AssertionError("no end of steps")


class Staff:
    def __init__(self, server):
        self.server, self.tokens, self.number = server, {}, 0

    def token(self, login):
        if login not in self.tokens:
            _, _, text = self.call("POST", "/api/v1/sessions", {"door": "staff", "login": login, "password": PASSWORD})
            self.tokens[login] = json.loads(text)["token"]
        return self.tokens[login]

    def call(self, method, path, body, token=None):
        self.number += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"courier-process-{self.number:08d}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(method, path, json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def decide(self, dossier):
        for login, deed, body in [
                ("window-city", "acceptance", {}), ("review-hrss", "review", {"proposal": "grant", "opinion": "符合"}),
                ("decide-hrss", "decision", {"decision": "grant", "grounds": "符合"})]:
            status, _, text = self.call("POST", f"/api/v1/dossiers/{dossier}/{deed}", body, self.token(login))
            assert status in (200, 201, 204), (deed, status, text)


def rows(folder, question):
    """Read by somebody who knows nothing of the program."""
    database = sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True)
    answer = database.execute(question).fetchall()
    database.close()
    return answer


def stages(folder):
    return dict(rows(folder, "SELECT stage, COUNT(*) FROM parcel GROUP BY stage"))


def report(server, parcel, number, kind, key=KEY, age=0, name=None):
    """A report of our own, as the carrier would sign it."""
    body = json.dumps({"at": int(time.time() * 1000), "kind": kind, "number": number, "parcel": parcel["parcel"],
                       "waybill": parcel["waybill"]})
    name, stamp = name or f"{parcel['waybill']}-{number}", str(int(time.time()) - age)
    lines = "\n".join(["POST", "/api/courier/scans", stamp, name, hashlib.sha256(body.encode()).hexdigest()])
    signature = hmac.new(key.encode(), lines.encode(), hashlib.sha256).hexdigest()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", "/api/courier/scans", body, {
        "Content-Type": "application/json", "Idempotency-Key": name, "X-Timestamp": stamp, "X-Signature": signature})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read()).get("code", "")


class Round:
    def __init__(self, folder, server, carrier):
        self.folder, self.server, self.carrier = folder, server, carrier
        self.citizen, self.staff = sign_in(server, "lin"), Staff(server)
        self.dossiers = []

    def send(self, street="古田路1号101室"):
        dossier = file_by_courier(self.server, self.citizen, street)
        self.staff.decide(dossier)
        self.dossiers.append(dossier)
        return dossier

    def delivered(self, count, seconds=90):
        until(f"{count} parcels at their doors", seconds, lambda: stages(self.folder).get("delivered", 0) >= count)


def live(binary, folder, server, carrier):
    server.start()
    carrier.start()
    house = Round(folder, server, carrier)

    # Three round trips, then each switch with one more.
    for _ in range(3):
        house.send()
    house.delivered(3)
    for number, switches in enumerate(
            [{"duplicates": True}, {"reorders": True}, {"slowSeconds": 1}, {"lostAnswers": 1}], 4):
        carrier.turn(duplicates=False, reorders=False, slowSeconds=0, lostAnswers=0)
        carrier.turn(**switches)
        house.send()
        house.delivered(number)
    carrier.turn(slowSeconds=0, isSilent=True)
    house.send()
    until("the eighth order", 30, lambda: len(carrier.parcels()) == 8)
    time.sleep(1)
    assert all(r["sent"] == 0 for r in carrier.parcels()[7]["reports"]), "a silent carrier reports nothing"
    carrier.turn(isSilent=False)
    house.delivered(8)
    carrier.turn(loseEvery=9)
    house.send()
    until("the loss", 60, lambda: stages(folder).get("lost") == 1)
    carrier.turn(loseEvery=0)
    house.send("拒收路9号")
    until("the return", 60, lambda: stages(folder).get("returned") == 1)

    # What is forged, old, of another or out of its turn is refused, and nothing is kept.
    lost = carrier.parcels()[8]
    before = rows(folder, "SELECT COUNT(*) FROM journal WHERE kind = 'parcel.scanned'")
    assert report(server, lost, 4, "inTransit", key="another key of tests") == (403, "courier.wrong-signature")
    assert report(server, lost, 4, "inTransit", age=301) == (403, "courier.stale")
    assert report(server, lost, 4, "inTransit", name="x") == (400, "courier.wrong-key")
    assert report(server, lost, 5, "inTransit") == (409, "parcel.scan-out-of-order")
    assert report(server, {**lost, "waybill": carrier.parcels()[0]["waybill"]}, 4, "inTransit") == (
        409, "parcel.other-waybill")
    assert report(server, carrier.parcels()[0], 4, "inTransit") == (409, "parcel.closed")
    assert report(server, {**lost, "parcel": "0" * 26}, 4, "inTransit") == (404, "parcel.not-found")
    assert rows(folder, "SELECT COUNT(*) FROM journal WHERE kind = 'parcel.scanned'") == before

    # The server dies with orders and reports under way, again and again.
    carrier.turn(duplicates=True, reorders=True)
    for _ in range(4):
        house.send()
        time.sleep(0.3)
        server.kill()
        server.start()
        house.citizen, house.staff = sign_in(server, "lin"), Staff(server)
        house.staff.number = len(house.dossiers) * 100
    house.delivered(12, 180)
    carrier.turn(duplicates=False, reorders=False)

    parcels = carrier.parcels()
    assert len(parcels) == len(house.dossiers) == 14, f"{len(parcels)} parcels for {len(house.dossiers)} cases"
    assert all(r["isTaken"] for p in parcels for r in p["reports"]), "every report was taken"
    assert all("refusedAs" not in r for p in parcels for r in p["reports"]), "none was refused for good"
    taken = rows(folder, "SELECT subject, COUNT(*) FROM journal WHERE kind = 'parcel.scanned' GROUP BY subject")
    assert sum(count for _, count in taken) == sum(len(p["reports"]) for p in parcels), "each report once"
    assert rows(folder, "SELECT COUNT(*), COUNT(DISTINCT subject) FROM journal WHERE kind = 'parcel.booked'") == [(14, 14)]
    until("every delivered case is closed", 60, lambda: rows(
        folder, "SELECT COUNT(*) FROM journal WHERE kind = 'dossier.closed'") == [(12,)])
    assert rows(folder, "SELECT COUNT(*) FROM outbox_spent") == [(0,)]
    _, _, page = server.ask("GET", f"/dossiers/{house.dossiers[0]}", cookie=house.citizen)
    # Which of the first two orders reached the carrier first is chance.
    shown = [p for p in parcels if p["waybill"] in page]
    assert "已签收" in page and len(shown) == 1 and shown[0] in parcels[:2], shown
    _, _, page = server.ask("GET", "/office/parcels", cookie=sign_in(server, "supervisor", "/staff"))
    assert lost["waybill"] in page and "遗失" in page
    settle(binary, folder, parcels)
    both_ways(folder, server, carrier, house)
    server.stop()
    carrier.stop()
    early = sum(r["sent"] - 1 for p in parcels for r in p["reports"])
    print(f"14 results by courier: 12 at their doors, 1 lost, 1 returned; {early} reports came more than once or too early "
          "and were taken once; the server was killed four times")


def post(server, page, path, cookie, **answers):
    """Sends the form of a page that posts to an address, with these answers; answers status, headers and page."""
    _, _, text = server.ask("GET", page, cookie=cookie)
    fields = Fields(text, path)
    assert fields.fields.get("token"), f"no form to {path} on {page}"
    return server.ask("POST", path, {**fields.fields, **answers}, cookie)


def both_ways(folder, server, carrier, house):
    """Originals from the door to the window and back: filed online, looked at, fetched, scanned in, decided, sent back."""
    dossier = file_by_courier(server, house.citizen, "古田路1号101室", ADVERTISING, "O3.eCertificate", SAMPLE)
    case, desk = f"/dossiers/{dossier}", f"/window/dossiers/{dossier}"
    clerk = sign_in(server, "window-city", "/staff")
    status, _, _ = server.ask("GET", f"{case}/pick-up", cookie=house.citizen)
    assert status == 200
    assert post(server, desk, f"{desk}/pre-review", clerk)[0] == 303
    _, _, page = server.ask("GET", f"{case}/pick-up", cookie=house.citizen)
    form = Fields(page, f"{case}/pick-up")
    time_slot = [value for value in form.radios["time"] if value][0]
    booked = {"materials": form.radios["materials"][0], "time": time_slot, "kept": "new", "recipient": "林晓榕",
              "mobile": "13800000001", "division": "350102", "street": "古田路1号101室"}
    status, _, page = server.ask("POST", f"{case}/pick-up", {**form.fields, **booked, "time": "2018-01-01 540"},
                                 house.citizen)
    assert status == 422 and "请选择上门时间" in page, status
    status, headers, _ = post(server, f"{case}/pick-up", f"{case}/pick-up", house.citizen, **booked)
    assert (status, headers["Location"]) == (303, case), status
    (code,), = rows(folder, "SELECT code FROM custody_by_code ORDER BY code")
    fetched = until("the order of the pick-up", 30, lambda: next(
        (p for p in carrier.parcels() if p["direction"] == "originalsToWindow"), None))
    _, _, page = server.ask("GET", f"{case}/parcels/{fetched['parcel']}/labels", cookie=house.citizen)
    assert code[:4] in page and "<svg" in page
    until("the courier at the window", 30, lambda: rows(
        folder, "SELECT 1 FROM parcel WHERE direction = 'originalsToWindow' AND stage = 'delivered'"))
    # Whoever sits nowhere takes nothing, and no label of nobody is taken.
    assert server.ask("POST", "/window/originals", {
        **Fields(server.ask("GET", desk, cookie=clerk)[2], f"{desk}/receipt").fields, "label": code}, clerk)[0] >= 400
    assert post(server, "/window/queue", "/window/seat", clerk, window="350100 1")[0] == 303
    status, headers, _ = post(server, "/window/originals", "/window/originals", clerk, label=fetched["waybill"])
    assert (status, headers["Location"]) == (303, desk), "the carrier's label leads to the case"
    assert post(server, "/window/originals", "/window/originals", clerk, label="0000000000009")[0] >= 400
    for _ in range(2):
        status, headers, page = post(server, "/window/originals", "/window/originals", clerk, label=code)
        assert status == 303, "a label that is read twice is one deed"
    (received,), = rows(folder, "SELECT received_at FROM dossier WHERE mode = 'O3'")
    scanned = rows(folder, "SELECT MAX(at) FROM journal WHERE kind = 'custody.taken'")[0][0]
    assert received == scanned, "the receipt is the scan"
    # A late report of the same parcel, and one that is forged, change nothing.
    before = rows(folder, "SELECT COUNT(*) FROM journal WHERE kind = 'parcel.scanned'")
    assert report(server, fetched, 4, "inTransit") == (409, "parcel.closed")
    assert report(server, fetched, 4, "inTransit", key="another key of tests") == (403, "courier.wrong-signature")
    assert rows(folder, "SELECT COUNT(*) FROM journal WHERE kind = 'parcel.scanned'") == before
    assert post(server, desk, f"{desk}/non-acceptance", clerk, ground="notNeeded", note="无需许可")[0] == 303
    assert post(server, desk, f"{desk}/originals-return", clerk)[0] == 303
    until("the originals at the door", 60, lambda: rows(
        folder, "SELECT 1 FROM parcel WHERE direction = 'originalsToDoor' AND stage = 'delivered'"))
    hands = rows(folder, "SELECT kind FROM journal WHERE kind LIKE 'custody.%' ORDER BY at, sequence")
    assert [kind for kind, in hands] == ["custody.labelled", *["custody.offered", "custody.taken"] * 4], hands
    _, _, page = server.ask("GET", case, cookie=house.citizen)
    assert "申请人" in page
    print("1 original by courier both ways: labelled at home, fetched, scanned in at a window, and back at the door")


def settle(binary, folder, parcels):
    month = time.strftime("%Y%m", time.gmtime(time.time() + 8 * 3600))
    finished = [p for p in parcels if p["reports"][-1]["kind"] in ("delivered", "returned")]
    statement = f"{folder}/statement.csv"

    def run(lines):
        with open(statement, "w") as file:
            file.write("waybill,cents\n" + "".join(f"{waybill},{cents}\n" for waybill, cents in lines))
        return subprocess.run([binary, "parcels", "settle", "--data", folder, "--month", month, statement],
                              capture_output=True, text=True)

    lines = [(p["waybill"], p["feeCents"]) for p in finished]
    same = run(lines)
    assert same.returncode == 0, same
    other = run(lines[1:-1] + [(lines[-1][0], 1)] + [("YZ9999999", 5)])
    assert other.returncode == 1 and f"missing there: {lines[0][0]}" in other.stdout, other
    assert "missing here: YZ9999999 5" in other.stdout and f"different: {lines[-1][0]}" in other.stdout, other


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="onewindow-courier-") as top:
        folder = f"{top}/data"
        demonstrate(binary, folder)
        server = Server(binary, folder)
        carrier = Carrier(binary, f"http://127.0.0.1:{server.port}/api/courier/scans")
        server.settings = carrier.of_house
        try:
            live(binary, folder, server, carrier)
            checked = subprocess.run([binary, "check", "--data", folder], capture_output=True, text=True,
                                     env={**os.environ, **server.settings})
            assert checked.returncode == 0 and KEY not in checked.stdout, checked.stdout
            assert "courier: http://127.0.0.1" in checked.stdout and "signed (***)" in checked.stdout
            subprocess.run([binary, "journal", "seal", "--data", folder], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([binary, "journal", "verify", "--data", folder], check=True)
        finally:
            for one in (server, carrier):
                if hasattr(one, "process") and one.process.poll() is None:
                    os.kill(one.process.pid, signal.SIGKILL)
                    one.process.wait()
        print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
