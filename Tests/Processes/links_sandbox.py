"""The far sides of links as processes of their own, asked by somebody who knows the protocol and nothing of the program.

python3 Tests/Processes/links_sandbox.py BINARY. This is the house's side of the way `web` (docs/links.md), signed and verified by
the library `standardwebhooks`: records, files, applications and results go both ways, every switch is turned once and the run comes
to its end all the same; what the sandboxes noticed about a house that errs stands in their reports. Then a department of the way
`folder`, read and answered by XML and CSV libraries, and one that works over the API of a real house.
"""
import base64
import csv
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from xml.etree import ElementTree

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from house import PASSWORD, Server, demonstrate, file_all, filing, free_port, sign_in, until

TASK = "11350100MADEM002X03000114111003"
PREFIX = {"records": "batch_", "pulls": "pull_", "receipts": "receipt_", "file-checks": "check_", "files": "file_",
          "file-pulls": "fetch_", "holdings": "holdings_", "pings": "ping_"}
# What an answer can be instead of one: nothing, or something that does not count.
UNANSWERED = (OSError, http.client.HTTPException, WebhookVerificationError, ValueError)


def number(serial, day="20261129"):
    return f"{TASK}{day}{serial:04d}"


def record(family, of, **values):
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    envelope = {"cd_operation": "I", "cd_time": now, "cd_batch": "b", "data_source": "350"}
    return {"family": family, "number": of, "values": {"project_no": of, **envelope, **values}}


def acceptance(of):
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    return record("up_pro_accept", of, row_guid=f"{of}-a", catalog_code=TASK[-12:], task_code=TASK, task_name="特殊工时审批",
                  task_version=1, applyer_name="福州示例企业一有限公司", applyer_type="2", applyer_page_type="001",
                  applyer_page_code="91350100MADEM0054D", apply_date=now, apply_type="1", org_name="市人社局",
                  org_code="11350100MADEM002X0", accept_date=now, project_type="2")


def step(of, words="符合"):
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    return record("up_pro_process", of, row_guid=f"{of}-p", event_name="1", process_name="受理", handle_user_name="林静",
                  handle_explain=words, event_start_time=now, event_end_time=now)


def digest(one):
    """Of a record, as the protocol has it."""
    said = {k: v for k, v in one["values"].items() if k not in ("cd_operation", "cd_time", "cd_batch")}
    text = json.dumps({"family": one["family"], "values": said}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Sandbox:
    """A far side, and the house that speaks to it."""

    def __init__(self, binary, *words, secret=None, port=None):
        self.port, self.count = port or free_port(), 0
        self.secret = secret or "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        self.hook = secret is None and Webhook(self.secret)
        self.process = subprocess.Popen(
            [binary, "sandbox", *words, "--port", str(self.port), "--secret", self.secret],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=os.environ)
        until("the sandbox answers", 20, lambda: self.call("GET", "/health")[0] == 200)

    def call(self, method, path, body=None, headers=None, timeout=20):
        own = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            own.request(method, path, body, headers or {})
            answer = own.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            own.close()

    def get(self, path):
        status, _, body = self.call("GET", path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def post(self, path, value):
        status, _, body = self.call("POST", path, value if isinstance(value, bytes) else json.dumps(value).encode())
        return status, json.loads(body)

    def turn(self, **switches):
        status, answer = self.post("/sandbox/switches", switches)
        assert status == 200, answer

    def calm(self):
        now = self.get("/sandbox/switches")
        counts = {k: 0 for k, v in now.items() if isinstance(v, int) and not isinstance(v, bool)
                  and k not in ("clockOffSeconds", "hugeMegabytes")}
        self.turn(**{**counts, "down": False})

    def sign(self, identifier, stamp, body):
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        return "v1," + base64.b64encode(
            hmac.new(key, f"{identifier}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()

    def ask(self, address, value, identifier=None, timeout=20, off=0):
        """A signed request; answers what a verified answer says, and raises one of UNANSWERED otherwise."""
        body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        self.count += 1
        identifier = identifier or f"{PREFIX[address]}{self.count}"
        moment = datetime.fromtimestamp(time.time() + off, tz=timezone.utc)
        stamp = str(int(moment.timestamp()))
        if isinstance(value, bytes):
            signature = self.sign(identifier, stamp, body)
        else:
            signature = self.hook.sign(identifier, moment, body.decode())
        status, headers, answer = self.call("POST", "/" + address, body, {
            "webhook-id": identifier, "webhook-timestamp": stamp, "webhook-signature": signature,
            "Content-Type": "application/json"}, timeout)
        headers = {k.lower(): v for k, v in headers.items()}
        if headers.get("webhook-id") != identifier:
            raise WebhookVerificationError("another answer's id")
        if headers["content-type"].startswith("application/octet-stream"):
            assert headers["webhook-signature"] == self.sign(identifier, headers["webhook-timestamp"], answer)
            return status, answer
        said = self.hook.verify(answer, headers)
        assert status in (200, 404), status
        return said

    def patient(self, address, value, identifier=None):
        """Asks until it is answered, as a house does."""
        for _ in range(20):
            try:
                said = self.ask(address, value, identifier, timeout=3)
                if said["code"] == 0:
                    return said
            except UNANSWERED:
                pass
        raise AssertionError(f"{address} is never answered")

    def push(self, batch, *records):
        """Sends a batch until there is a verdict of each record."""
        verdicts = {}
        for _ in range(20):
            said = self.patient("records", {"batch": batch, "records": list(records)}, f"batch_{batch}")
            verdicts.update({one["key"]: one for one in said["verdicts"] if one["outcome"] != "refused"})
            if len(verdicts) == len(records):
                return verdicts
        raise AssertionError(f"{batch} is never taken: {verdicts}")

    def pull(self, after=""):
        rows = []
        while True:
            said = self.patient("pulls", {"after": after, "limit": 2})
            rows += said["rows"]
            after = said["next"]
            if not said["hasMore"]:
                return rows, after

    def receipt(self, *receipts):
        self.patient("receipts", {"receipts": list(receipts)})

    def stop(self):
        self.process.terminate()
        _, said = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, said
        return said


def refused(sandbox, address, value, **more):
    try:
        said = sandbox.ask(address, value, timeout=2, **more)
    except UNANSWERED as error:
        return error
    raise AssertionError(f"{address} was answered: {said}")


def checks(sandbox):
    return {one["code"]: one for one in sandbox.get("/sandbox/report")["checks"]}


def plain(province):
    """Records, files, applications and holdings, with no switch on."""
    assert province.ask("pings", {}) == {"code": 0, "message": ""}
    first, one, two = number(1), acceptance(number(1)), step(number(1))
    assert {v["outcome"] for v in province.push("b1", one, two).values()} == {"taken"}
    assert {v["outcome"] for v in province.push("b1", one, two).values()} == {"known"}
    paper = b"%PDF-1.4 synthetic"
    name = hashlib.sha256(paper).hexdigest()
    assert province.ask("file-checks", {"digest": name})["isThere"] is False
    assert province.ask("files", paper)["digest"] == name
    assert province.ask("file-checks", {"digest": name})["isThere"] is True
    file = record("ow_file", first, row_guid=f"{first}-f", material_guid="m", file_name="a.pdf", file_digest=name)
    assert province.push("b2", file)[f"{first}-f"]["outcome"] == "taken"
    assert province.ask("file-pulls", {"digest": name}) == (200, paper)
    assert province.ask("file-pulls", {"digest": "0" * 64}) == {"code": 404}

    held = province.ask("holdings", {"day": "2026-11-29", "after": {"family": "", "key": ""}})
    told = [(line["family"], line["key"], line["digest"], line["isTheirs"]) for line in held["lines"]]
    assert told == [(r["family"], r["values"]["row_guid"], digest(r), False) for r in (file, one, two)], told
    assert held["hasMore"] is False
    later = province.ask("holdings", {"day": "2026-11-29", "after": {"family": "up_pro_accept", "key": f"{first}-a"}})
    assert [line["family"] for line in later["lines"]] == ["up_pro_process"]
    assert province.ask("holdings", {"day": "2026-11-28", "after": {"family": "", "key": ""}})["lines"] == []

    status, made = province.post("/sandbox/applications", {"taskCode": TASK, "form": {"truth": True, "materials": []}})
    assert status == 201, made
    other = step(number(7))
    assert province.post("/sandbox/offers", {"family": "up_pro_process"})[0] == 400
    assert province.post("/sandbox/offers", {**other, "values": {**other["values"], "colour": "green"}})[0] == 400
    status, laid = province.post("/sandbox/files", b"laid down")
    assert status == 201 and province.ask("file-pulls", {"digest": laid["digest"]}) == (200, b"laid down")
    rows, after = province.pull()
    assert [row["family"] for row in rows] == ["ow_apply"] and rows[0]["values"]["row_guid"] == made["row_guid"]
    assert json.loads(rows[0]["values"]["form"]) == {"truth": True, "materials": []}
    assert province.pull(after) == ([], after)
    assert province.post("/sandbox/offers", other)[0] == 201
    rows += province.pull(after)[0]
    assert rows[1] == {"mark": "2", **other}, rows
    province.receipt({"mark": rows[0]["mark"], "family": "ow_apply", "key": made["row_guid"], "outcome": "taken", "code": "",
                      "message": number(7)})
    told = province.get("/sandbox/applications")
    assert [(one["key"], one["outcome"], one["message"]) for one in told] == [(made["row_guid"], "taken", number(7))]
    status, _, page = province.call("GET", "/")
    assert status == 200 and first in page.decode() and "up_pro_process" in page.decode()
    assert province.get("/sandbox/report")["isGood"], "a house that does all right is told so"


def faults_of_answers(sandbox):
    """Each switch of the answers: what comes of it, and that the house gets through."""
    serial = 100

    def next_batch():
        nonlocal serial
        serial += 1
        return f"f{serial}", acceptance(number(serial)), step(number(serial))

    sandbox.turn(down=True)
    assert isinstance(refused(sandbox, "pings", {}), (OSError, http.client.HTTPException))
    sandbox.turn(down=False, slowSeconds=1)
    begun = time.monotonic()
    sandbox.ask("pings", {})
    assert time.monotonic() - begun >= 1
    sandbox.calm()
    for switch in ("neverAnswers", "lostReply", "invalidBody"):
        sandbox.turn(**{switch: 2})
        batch = next_batch()
        sandbox.push(*batch)
        refused(sandbox, "records", {"batch": batch[0], "records": list(batch[1:])})
        sandbox.push(*batch)
        sandbox.calm()
    # What got lost had been done.
    sandbox.turn(lostReply=1)
    batch = next_batch()
    refused(sandbox, "records", {"batch": batch[0], "records": list(batch[1:])})
    sandbox.calm()
    assert {v["outcome"] for v in sandbox.push(*batch).values()} == {"known"}
    sandbox.turn(errorInside=1)
    batch = next_batch()
    said = sandbox.ask("records", {"batch": batch[0], "records": list(batch[1:])})
    assert said["code"] == 500 and said["message"] and "verdicts" not in said, said
    sandbox.calm()
    assert {v["outcome"] for v in sandbox.push(*batch).values()} == {"taken"}, "an error inside did nothing"
    for switch, words in (("wrongSignature", "signature"), ("clockOff", "timestamp"), ("replay", "id")):
        sandbox.turn(**{switch: 1})
        error = refused(sandbox, "pings", {})
        assert isinstance(error, WebhookVerificationError) and words in str(error).lower(), (switch, error)
        sandbox.calm()
    sandbox.turn(partial=1)
    batch = next_batch()
    said = sandbox.ask("records", {"batch": batch[0], "records": list(batch[1:])})
    assert len(said["verdicts"]) == 1, said
    sandbox.calm()
    sandbox.push(*batch)
    sandbox.turn(refuse=2, refuseFamily="up_pro_process", refuseCode="sandbox.busy")
    refusals = []
    for _ in range(2):
        batch = next_batch()
        said = sandbox.ask("records", {"batch": batch[0], "records": list(batch[1:])})
        refusals += [one["code"] for one in said["verdicts"] if one["outcome"] == "refused"]
        sandbox.push(*batch)
    assert refusals == ["sandbox.busy"], refusals
    sandbox.calm()
    sandbox.turn(hugeBytes=1, hugeMegabytes=100)
    try:
        sandbox.ask("pulls", {"after": "", "limit": 2}, timeout=60)
        raise AssertionError("a hundred megabytes of nothing are no JSON")
    except ValueError:
        pass
    sandbox.calm()
    status, laid = sandbox.post("/sandbox/files", b"some bytes")
    sandbox.turn(wrongFile=1)
    _, answer = sandbox.ask("file-pulls", {"digest": laid["digest"]})
    assert hashlib.sha256(answer).hexdigest() != laid["digest"]
    sandbox.calm()
    assert sandbox.ask("file-pulls", {"digest": laid["digest"]}) == (200, b"some bytes")
    # All at once: a patient house comes to its end.
    sandbox.turn(lostReply=3, invalidBody=5, errorInside=4, wrongSignature=7, clockOff=6, partial=2, replay=11,
                 refuse=3, neverAnswers=13)
    for _ in range(8):
        sandbox.push(*next_batch())
    sandbox.calm()
    assert sandbox.post("/sandbox/switches", {"nothing": 1})[0] == 400
    assert sandbox.post("/sandbox/switches", {"lostReply": -1})[0] == 400


def a_house_that_errs(sandbox):
    """What the sandbox notices: each fault of the house stands in the report, and nothing of it was done."""
    assert all(one["bad"] == 0 for one in checks(sandbox).values()), checks(sandbox)
    body = b"{}"
    assert sandbox.call("POST", "/pings", body)[0] == 401, "no signature at all"
    stamp = str(int(time.time()))
    wrong = {"webhook-id": "ping_x", "webhook-timestamp": stamp, "webhook-signature": "v1," + "A" * 43 + "="}
    assert sandbox.call("POST", "/pings", body, wrong)[0] == 401
    assert sandbox.ask("pings", {}, identifier="batch_x")["code"] == 400, "what was said on one address counts on no other"
    right = sandbox.sign("ping_x", stamp, body)
    assert sandbox.call("POST", "/pings", b"{ }", {**wrong, "webhook-signature": right})[0] == 401, "another body"
    assert sandbox.call("POST", "/pings", body, {**wrong, "webhook-signature": "v1a,x " + right})[0] == 200, "one of several"
    for off in (-400, 400):
        refused(sandbox, "pings", {}, off=off)
    of = number(900)
    said = sandbox.ask("records", {"batch": "e1", "records": [step(of)]})
    assert said["verdicts"][0]["outcome"] == "taken"
    sandbox.ask("records", {"batch": "e1", "records": [acceptance(of)]})
    strange = acceptance(number(901))
    strange["values"]["colour"] = "green"
    long = acceptance(number(902))
    long["values"]["data_source"] = "350100"
    named = record("ow_file", of, row_guid="f9", material_guid="m", file_name="a", file_digest="0" * 64)
    said = sandbox.ask("records", {"batch": "e2", "records": [
        strange, long, named, step(of, "another"), {**step(number(903)), "number": of}]})
    assert [one["code"] for one in said["verdicts"]] == [
        "record.field-unknown", "record.value-unfit", "sandbox.file-missing", "", ""], said
    assert sandbox.ask("records", {"batch": "e3"})["code"] == 400
    assert sandbox.ask("pulls", {"after": "x", "limit": 1})["code"] == 400
    assert sandbox.ask("receipts", {"receipts": [
        {"mark": "9999", "family": "ow_apply", "key": "none", "outcome": "taken", "code": "", "message": ""}]})["code"] == 0
    assert sandbox.ask("file-checks", {"digest": "1" * 64})["isThere"] is False
    sandbox.ask("files", b"other bytes than announced")
    seen = checks(sandbox)
    bad = {code: one["bad"] for code, one in seen.items() if one["bad"]}
    assert bad == {"signature": 3, "clock": 2, "id": 1, "body": 2, "sameBatch": 1, "sameRecord": 1, "order": 1, "number": 1,
                   "values": 2, "fileNamed": 1, "fileDigest": 1, "receipt": 1}, bad
    assert all(seen[code]["standing"] == "fail" for code in bad) and seen["answer"]["standing"] == "unseen"


def deliver(department, seen, marks=None):
    """Pulls whatever is there and takes it, as the house does; answers the rows."""
    rows, after = department.pull(marks or "")
    for row in rows:
        key = (row["family"], row["values"]["row_guid"])
        strange = "sandbox_column" in row["values"]
        other = row["number"] != row["values"]["project_no"]
        outcome = "refused" if strange or other else "known" if key in seen else "taken"
        seen.setdefault(key, row)
        code = "record.field-unknown" if strange else "link.contradicts" if other else ""
        department.receipt({"mark": row["mark"], "family": key[0], "key": key[1], "outcome": outcome, "code": code,
                            "message": ""})
    return rows, after


def works(department, numbers, seconds=30):
    """Waits until the department has decided all; answers what it said of each, in order."""
    seen, said, mark = {}, {}, ""

    def over():
        nonlocal mark
        rows, mark = deliver(department, seen, mark)
        for row in rows:
            said.setdefault(row["values"]["project_no"], []).append(row)
        ends = [of for of in numbers if any(row["family"] == "up_pro_result" and row["number"] == of
                                            and "sandbox_column" not in row["values"] for row in said.get(of, []))]
        return len(ends) == len(numbers)

    until("every dossier is decided", seconds, over)
    rows, _ = deliver(department, seen, mark)
    for row in rows:
        said.setdefault(row["values"]["project_no"], []).append(row)
    return said


def names(rows):
    return [row["values"].get("process_name") or row["family"] for row in rows]


def decides(binary):
    department = Sandbox(binary, "department", "--way", "web", "--special", "--refuse", "2", "--delay", "0")
    numbers = [number(serial) for serial in (1, 2)]
    for of in numbers:
        department.push(f"d{of[-4:]}", acceptance(of))
    said = works(department, numbers)
    for of in numbers:
        assert names(said[of]) == ["检验开始", "检验结束", "up_pro_special_procedure", "审核", "up_pro_result"], names(said[of])
        examined, decided = said[of][3]["values"], said[of][4]["values"]
        isRefused = of == numbers[1]
        assert examined["event_name"] == ("2" if isRefused else "1")
        assert decided["result_type"] == ("1" if isRefused else "0")
        assert examined["handle_user_name"] != decided["handle_user_name"], "who decides is not the one who examined"
    held = department.ask("holdings", {"day": "2026-11-29", "after": {"family": "", "key": ""}})["lines"]
    assert sum(line["isTheirs"] for line in held) == 10 and len(held) == 12, held
    told = department.get("/sandbox/dossiers")
    assert [one["number"] for one in told] == numbers
    assert all(r["outcome"] == "taken" for one in told for r in one["records"]), told
    # What the house told to be over is left alone.
    over = number(3)
    result = record("up_pro_result", over, row_guid="w", result_date=time.strftime("%Y-%m-%d %H:%M:%S"), result_type="2",
                    is_delivery_results="0")
    department.push("d3", acceptance(over), result)
    time.sleep(1)
    assert department.get("/sandbox/dossiers")[2]["records"][-1]["family"] == "up_pro_result"
    assert len(department.get("/sandbox/dossiers")[2]["records"]) == 2
    report = department.stop()
    assert "pass   signed with the secret" in report and "fail " not in report, report


def decides_badly(binary):
    """Every switch of what is offered, and that each dossier is decided all the same."""
    department = Sandbox(
        binary, "department", "--delay", "0", "--officer", "周明", "--second-officer", "何清", "--switch", "reorder=2",
        "--switch", "duplicate=3", "--switch", "drift=4", "--switch", "anotherNumber=2")
    numbers = [number(serial) for serial in range(1, 9)]
    for of in numbers:
        department.push(f"d{of[-4:]}", acceptance(of))
    department.turn(lostReply=5, errorInside=7, wrongSignature=6, replay=9)
    said = works(department, numbers, 60)
    rows = [row for of in numbers for row in said[of]]
    keys = [(row["family"], row["values"]["row_guid"]) for row in rows if "sandbox_column" not in row["values"]]
    assert len(keys) > len(set(keys)), "some came twice"
    assert any("sandbox_column" in row["values"] for row in rows), "some had a column that there is not"
    assert any(row["number"] != row["values"]["project_no"] for row in rows), "some named another dossier"
    right = [[name for name, row in zip(names(said[of]), said[of]) if row["values"]["row_guid"] in (f"{of}-s1", f"{of}-r1")]
             for of in numbers]
    firsts = [one[0] for one in right]
    assert "up_pro_result" in firsts and "审核" in firsts, "some results came before their steps"
    department.calm()
    told = {(one["family"], one["key"]): one["outcome"] for one in department.get("/sandbox/offers") if one["isRight"]}
    assert set(told.values()) <= {"taken", "known"}, told
    assert department.get("/sandbox/report")["isGood"], checks(department)
    department.stop()


def over_folders(binary, top):
    """The way `folder`, with an XML library that knows nothing of the sandbox: batches, receipts, files, holdings; and CSV."""
    for kind in ("xml", "csv"):
        place = pathlib.Path(top, kind)
        department = Sandbox(binary, "department", "--way", "folder", "--at", str(place), "--delay", "0", "--switch",
                             "invalidBody=2", *(["--csv"] if kind == "csv" else []))
        until("the folders are there", 10, lambda: (place / "files").is_dir())
        numbers = [number(serial) for serial in (1, 2)]
        for serial, of in enumerate(numbers):
            one = acceptance(of)
            one["values"]["project_name"] = "<特殊> & \"工时\""
            batch = ElementTree.Element("batch", id=f"b{serial}")
            line = ElementTree.SubElement(batch, "record", family=one["family"], number=of)
            for name, value in one["values"].items():
                ElementTree.SubElement(line, name).text = str(value)
            hidden = place / "to" / f".{serial}.xml"
            hidden.write_bytes(ElementTree.tostring(batch, "utf-8", xml_declaration=True))
            hidden.rename(place / "to" / f"{serial}.xml")
        receipt = until("the receipt", 10, lambda: list((place / "to-receipts").glob("1.csv")))[0]
        assert list(csv.reader(receipt.open())) == [
            ["family", "key", "outcome", "code", "message"], ["up_pro_accept", f"{numbers[1]}-a", "taken", "", ""]]
        decided, unreadable = set(), 0

        def over():
            nonlocal unreadable
            for path in sorted((place / "from").glob("[!.]*")):
                name, answer = path.name.split(".")[0], [["family", "key", "outcome", "code", "message"]]
                if (place / "from-receipts" / f"{name}.csv").exists():
                    continue
                try:
                    if kind == "xml":
                        rows = [(r.get("family"), r.get("number"), {c.tag: c.text for c in r})
                                for r in ElementTree.parse(path).getroot()]
                    else:
                        lines = list(csv.reader(path.open(newline=""), strict=True))
                        assert lines[0][0] == "ow_number"
                        rows = [(path.name.split(".")[1], line[0], dict(zip(lines[0][1:], line[1:]))) for line in lines[1:]]
                    for family, of, values in rows:
                        answer.append([family, values["row_guid"], "taken", "", ""])
                        if family == "up_pro_result":
                            decided.add(of)
                except (ElementTree.ParseError, csv.Error):
                    unreadable += 1
                    answer.append(["", "", "refused", "link.unreadable", ""])
                (place / "from-receipts" / f".{name}.csv").write_text("".join(",".join(line) + "\n" for line in answer))
                (place / "from-receipts" / f".{name}.csv").rename(place / "from-receipts" / f"{name}.csv")
            told = department.get("/sandbox/offers")
            return decided == set(numbers) and len(told) == 4 and all(one["outcome"] == "taken" for one in told)

        until("every dossier is decided", 30, over)
        assert unreadable == 2, unreadable
        until("what is finished was taken away", 10, lambda: not list((place / "from").iterdir()))
        holdings = place / "to-receipts" / "holdings-2026-11-29.csv"
        until("the holdings", 10, lambda: len(list(csv.reader(holdings.open()))) == 7)
        said = {line[1]: line for line in csv.reader(holdings.open())}
        assert said[f"{numbers[0]}-a"][3:] != said[f"{numbers[1]}-a"][3:] and said[f"{numbers[0]}-r1"][4] == "true"
        told = department.get("/sandbox/dossiers")[0]["records"][0]
        assert told["values"]["project_name"] == "<特殊> & \"工时\"" and told["digest"] == said[f"{numbers[0]}-a"][3]
        assert "fail " not in department.stop()


def over_the_interface(binary, folder):
    """A department without records follows a real house's events, and its two officials examine and decide there."""
    demonstrate(binary, folder)
    words = ["--data", folder]
    secret = subprocess.run([binary, "partners", "add", "hrss", "--name", "市人社局业务系统", *words], check=True,
                            capture_output=True, text=True).stdout.strip()
    subprocess.run([binary, "partners", "grant", "hrss", "dossiers.read", "dossiers.review", "dossiers.decide", "events.read",
                    "--department", "11350100MADEM002X0", "--region", "350100", *words], check=True, capture_output=True)
    server = Server(binary, folder)
    server.start()
    department = Sandbox(
        binary, "department", "--way", "api", "--at", f"http://127.0.0.1:{server.port}", "--client", "hrss", "--refuse", "3",
        "--delay", "0", "--switch", "wrongSignature=2", "--switch", "lostReply=2", "--switch", "duplicate=3",
        "--switch", "reorder=2", secret=secret)
    cookie = sign_in(server, "window-jinan")
    path, form = filing(server, cookie)
    filed = file_all(server, cookie, path, form, [f"sandbox-test-token-{serial:05d}" for serial in range(6)])
    clerk = json.loads(call(server, "POST", "/sessions", {"login": "window-city", "password": PASSWORD, "door": "staff"}))
    bearer = {"Authorization": "Bearer " + clerk["token"]}
    for dossier in filed.values():
        call(server, "POST", f"/dossiers/{dossier}/acceptance", {}, {**bearer, "Idempotency-Key": f"accept-{dossier}"})

    def decided():
        kinds = [[event["kind"] for event in json.loads(call(server, "GET", f"/dossiers/{dossier}", None, bearer))["events"]]
                 for dossier in filed.values()]
        ends = [kind for one in kinds for kind in one if kind in ("dossier.granted", "dossier.refused")]
        return sorted(ends) if len(ends) == 6 else None

    ends = until("each dossier is decided, once", 60, decided)
    assert ends == ["dossier.granted"] * 4 + ["dossier.refused"] * 2, ends
    until("it knows", 20, lambda: sum(
        record["outcome"] == "taken" for one in department.get("/sandbox/dossiers") for record in one["records"]) == 12)
    told = [record for one in department.get("/sandbox/dossiers") for record in one["records"]]
    early = [record["code"] for record in told if record["outcome"] == "refused"]
    assert early and all(code.startswith("dossier.") for code in early), "who decides before the examination is refused"
    seen = checks(department)
    assert seen["answer"]["bad"] == 0 and seen["sameRecord"]["good"] > 0 == seen["sameRecord"]["bad"], seen
    server.stop()
    assert "fail " not in department.stop()


def call(server, method, path, value, headers=None):
    own = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {"Content-Type": "application/json", **(headers or {})}
    own.request(method, "/api/v1" + path, None if value is None else json.dumps(value), headers)
    answer = own.getresponse()
    text = answer.read()
    own.close()
    assert answer.status < 300, (path, answer.status, text)
    return text


def main():
    binary = sys.argv[1]
    province = Sandbox(binary, "province")
    plain(province)
    faults_of_answers(province)
    a_house_that_errs(province)
    report = province.stop()
    assert "fail   signed with the secret: " in report, report
    decides(binary)
    decides_badly(binary)
    with tempfile.TemporaryDirectory(prefix="onewindow-links-") as top:
        over_folders(binary, top)
        over_the_interface(binary, f"{top}/data")
    print("the province and a department by the way web: records, files, applications and results both ways; every switch was "
          "turned and came to its end, and what a house does wrong stands in the report; a department by folders and over the API, too")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
