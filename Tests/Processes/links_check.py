"""The house's half of a conformance report, `onewindow links check`, against departments as processes of their own.

python3 Tests/Processes/links_check.py BINARY, under Scripts/test-postgres. Without a house, as on a vendor's machine, by each way: a
department that keeps to the protocol passes, one that does not is named by the point, the report is the same for people and machines,
and what the sandbox noticed about the house agrees with it. Then a link of a real house: nothing of it comes into the house's books.
"""
import json
import os
import subprocess
import sys
import tempfile

from house import free_port
from links import House, front
from links_sandbox import Sandbox

PATIENCE = "10"
# What is wrong over there, and the point that names it.
WEB = {"wrongSignature": "signature", "clockOff": "clock", "errorInside": "understood", "invalidBody": "body", "partial": "verdicts",
       "refuse": "taken", "lostReply": "answer", "drift": "rows"}
FOLDER = {"lostReply": "answer", "partial": "verdicts", "drift": "rows"}
TABLES = {"lostReply": "answer", "refuse": "taken"}


def check(binary, *words):
    """The report, as a machine reads it, and whether it ended well."""
    done = subprocess.run([binary, "links", "check", *words, "--seconds", PATIENCE, "--json"], capture_output=True, text=True,
                          timeout=300)
    assert done.returncode in (0, 1) and done.stdout, (done.returncode, done.stdout, done.stderr)
    report = json.loads(done.stdout)
    assert report["isGood"] == (done.returncode == 0) and report["protocol"] == "onewindow-links 1", report
    assert report["time"] and len(report["number"]) == 43 and all(one["says"] and one["section"] for one in report["checks"]), report
    return report


def standing(report, which):
    return {one["check"] for one in report["checks"] if one["standing"] == which}


def well(binary, way, words):
    report = check(binary, *words)
    bad = [one for one in report["checks"] if one["standing"] == "fail"]
    assert not bad and report["way"] == way, bad
    assert standing(report, "unseen") <= ({"fileFetched"} if way == "tables" else set()), standing(report, "unseen")
    print(f"{way}: {len(standing(report, 'pass'))} points pass, {len(standing(report, 'unseen'))} unseen", flush=True)


def badly(binary, department, faults, words):
    for switch, point in faults.items():
        department.turn(**{switch: 1})
        report = check(binary, *words)
        failing = standing(report, "fail") - ({"ping"} if point in ("signature", "clock", "understood", "body", "answer") else set())
        assert failing == {point}, (switch, report)
        assert next(one["found"] for one in report["checks"] if one["check"] == point), report
        department.calm()
    print(f"{report['way']}: each of {len(faults)} faults is named by its point", flush=True)


def over_web(binary):
    department = Sandbox(binary, "department", "--way", "web", "--delay", "0")
    words = ["--way", "web", "--at", f"http://127.0.0.1:{department.port}", "--secret", department.secret]
    well(binary, "web", words)
    # What the house did wrong on purpose, the sandbox noticed, and nothing else.
    noticed = {one["code"] for one in department.get("/sandbox/report")["checks"] if one["bad"]}
    assert noticed == {"signature", "clock", "id", "body", "values", "fileDigest"}, department.get("/sandbox/report")
    said = subprocess.run([binary, "links", "check", *words], capture_output=True, text=True, timeout=120)
    assert said.returncode == 0 and said.stdout.startswith("onewindow-links 1, the way web at http://127.0.0.1:"), said
    assert "\npass   signature: " in said.stdout and said.stdout.endswith(" pass, 0 fail, 0 unseen\n"), said.stdout
    assert department.secret not in said.stdout
    other = check(binary, *words[:-1], "whsec_" + "A" * 32)
    assert standing(other, "fail") == {"answer", "ping"}, "who does not know the secret is not answered"
    mine = check(binary, *words, "--number", "11350100MADEM002X03000114111003200001020001")
    assert mine["isGood"] and mine["number"].endswith("200001020001")
    # What was offered wrongly lies there until it is taken away, so this comes last.
    badly(binary, department, WEB, words)
    department.stop()


def over_others(binary, top):
    for way, faults, place in (("folder", FOLDER, f"{top}/folder"), ("tables", TABLES, front(binary))):
        os.makedirs(f"{top}/folder", exist_ok=True)
        department = Sandbox(binary, "department", "--way", way, "--at", place, "--delay", "0")
        words = ["--way", way, "--at", place]
        well(binary, way, words)
        if way == "folder":
            assert not [name for name in os.listdir(f"{place}/to") if not name.startswith(".")], "what was sent is taken away"
        badly(binary, department, faults, words)
        department.stop()


def in_a_house(binary, top):
    """A link of a house: the same, and the house has nothing of it."""
    house = House(binary, f"{top}/data")
    port = free_port()
    link, secret = house.link("hrss", "web", f"http://127.0.0.1:{port}")
    department = Sandbox(binary, "department", "--way", "web", "--delay", "0", secret=secret, port=port)
    report = check(binary, link, "--data", house.folder)
    assert report["isGood"] and report["at"] == f"http://127.0.0.1:{port}", report
    listed = json.loads(house.do("links", "list", "--json"))
    assert listed["sent"] == {} and listed["received"] == {}, listed
    department.stop()
    for words, code in ((["0" * 26], 1), ([], 64), ([link, "--way", "web"], 64), (["--way", "web", "--at", "https://x.example"], 64),
                        (["--way", "folder", "--at", "/srv", "--secret", "x"], 64)):
        done = subprocess.run([binary, "links", "check", *words, "--data", house.folder], capture_output=True, text=True, timeout=60)
        assert done.returncode == code, (words, done)
    print("a link of a house: the same, and the house's books have nothing of it", flush=True)


def main():
    binary = sys.argv[1]
    over_web(binary)
    with tempfile.TemporaryDirectory(prefix="onewindow-check-") as top:
        over_others(binary, top)
        in_a_house(binary, top)
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
