"""A case that begins at the province's hall and is decided in a department's own system, by each of the four ways, with every fault of
both sides: what was asked is decided, the province knows all of it, and both sides have the same.

    python links.py BINARY
"""
import base64
import http.client
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import datetime

from house import FIRM, PASSWORD, Server, demonstrate, free_port, until
from links_sandbox import Sandbox
from partner import LIN, NAME, PDF, with_check

ITEM = "special-working-hours"
HRSS = "11350100MADEM002X0"
OFFICERS = {"K-1": ("周明", "35010219800101101"), "K-2": ("何清", "35010219800101102")}
# The province's housing department, and the officers of its platform.
HOUSING = "11350000MADEM3001P"
PLATFORM = [("高青松", "35010219810101103"), ("叶望舒", "35010219820101104")]
# Every switch that a way has, often enough to strike and seldom enough to come to an end: whoever was not answered waits longer
# each time. `down` and `slowSeconds` are turned while the cases are on their way.
ANSWERS = {"lostReply": 31, "wrongSignature": 37, "clockOff": 41, "errorInside": 29, "invalidBody": 43, "replay": 47,
           "hugeBytes": 53, "hugeMegabytes": 20, "neverAnswers": 59, "partial": 11, "refuse": 7}
PROVINCE = {**ANSWERS, "duplicate": 2, "drift": 3, "wrongFile": 5}
# A result names another dossier only once a second one is known: of three cases two such results are certain.
DEPARTMENT = {
    "web": {**ANSWERS, "duplicate": 2, "reorder": 2, "drift": 3, "anotherNumber": 2},
    "tables": {"lostReply": 3, "duplicate": 2, "reorder": 2, "partial": 2, "refuse": 5, "drift": 4, "anotherNumber": 2,
               "neverAnswers": 29},
    "folder": {"lostReply": 3, "duplicate": 2, "reorder": 2, "partial": 3, "refuse": 5, "drift": 4, "anotherNumber": 2,
               "errorInside": 6, "invalidBody": 5, "hugeBytes": 7, "hugeMegabytes": 20, "replay": 5, "neverAnswers": 29},
    "api": {"wrongSignature": 3, "lostReply": 2, "duplicate": 3, "reorder": 2},
}
CASES = 3
# What was not taken four times in a row is tried again after seven minutes.
PATIENCE = 600
# Seconds in which nobody is there.
AWAY = 3


def run(*words, code=0):
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    return done.stdout.strip()


def front(binary):
    """A department's database with the tables that `onewindow links tables` prints; where the server lies is said by the script
    that started it."""
    words = dict(word.split("=", 1) for word in os.environ["ONEWINDOW_TEST_POSTGRES"].split())
    tool = next(path for path in ("/usr/lib/postgresql/15/bin/psql", "/usr/bin/psql") if os.path.exists(path))
    at = f"postgresql://{words['user']}@{urllib.parse.quote(words['host'], safe='')}/"
    name = f"front_{secrets.token_hex(6)}"
    run(tool, "-q", "-c", f"CREATE DATABASE {name}", at + "postgres")
    made = subprocess.run([tool, "-q", "-v", "ON_ERROR_STOP=1", at + name], input=run(binary, "links", "tables"),
                          capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr
    return at + name


class House:
    """The house, and those who speak to it over the API."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        demonstrate(binary, folder)
        self.secrets = {}
        for client, name, scopes, extent in (
                ("province", "省网上办事大厅", ["dossiers.file", "dossiers.read", "catalogue.propose"], []),
                ("hrss", "市人社局业务系统", ["dossiers.read", "dossiers.review", "dossiers.decide", "events.read"],
                 ["--department", HRSS, "--region", "350100"])):
            self.secrets[client] = self.do("partners", "add", client, "--name", name)
            self.do("partners", "grant", client, *scopes, *extent)
        self.server = Server(binary, folder)

    def do(self, command, sub, *words, code=0):
        return run(self.binary, command, sub, *words, "--data", self.folder, code=code)

    def link(self, client, way, at):
        return self.do("links", "add", client, "--way", way, "--at", at).splitlines()

    def call(self, method, path, value=None, bearer=None, key=None):
        own = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Content-Type": "application/json"}
        if bearer:
            headers["Authorization"] = "Bearer " + bearer
        if key:
            headers["Idempotency-Key"] = key
        own.request(method, "/api/v1" + path, None if value is None else json.dumps(value), headers)
        answer = own.getresponse()
        text = answer.read()
        own.close()
        return answer.status, json.loads(text) if text else None

    def staff(self, login):
        status, answer = self.call("POST", "/sessions", {"login": login, "password": PASSWORD, "door": "staff"})
        assert status < 300, answer
        return answer["token"]

    def token(self, client):
        own = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        basic = base64.b64encode(f"{client}:{self.secrets[client]}".encode()).decode()
        own.request("POST", "/api/v1/oauth/token", "grant_type=client_credentials",
                    {"Authorization": "Basic " + basic, "Content-Type": "application/x-www-form-urlencoded"})
        return json.loads(own.getresponse().read())["access_token"]

    def item(self):
        status, found = self.call("GET", "/items?q=%E7%89%B9%E6%AE%8A%E5%B7%A5%E6%97%B6&place=350100")
        assert status == 200, found
        return next(item["itemCode"] for item in found["items"] if item["slug"] == ITEM)

    def stop(self):
        self.server.stop()


def application(house, code, files):
    """The answers of the guide's sample that the situation asks for, as the house itself says."""
    status, item = house.call("GET", f"/items/{code}")
    assert status == 200, item
    body = {
        "applicant": {"organisation": {"name": NAME, "code": FIRM, "kind": "enterprise",
                                       "representative": {"name": "林晓榕", "number": LIN}}},
        "agent": {"name": "林晓榕", "number": LIN, "mobile": "13900000009"},
        "situation": {"system": "flexible", "procedure": "examination", "filedBy": "self"},
        "answers": dict(item["guide"]["standard"]["form"]["sample"]),
        "materials": [{"material": material, "files": [digest]} for material, digest in files.items()],
        "way": {"mode": "O1", "delivery": "eCertificate"}, "truth": True, "despiteOpen": True,
    }
    asking = {**body, "materials": []}
    status, refused = house.call("POST", f"/items/{code}/applications", asking, house.token("province"), secrets.token_hex(16))
    for error in refused["errors"]:
        if error["code"] == "form.unknown-field":
            del body["answers"][error["at"].removeprefix("/answers/")]
    return body


def files(province):
    """Two files, laid down where the house fetches them."""
    found = {}
    for material in ("restPlan", "staffOpinion"):
        status, answer = province.post("/sandbox/files", PDF + material.encode() + secrets.token_bytes(8))
        assert status == 201, answer
        found[material] = answer["digest"]
    return found


def apply(house, province, code, count):
    """Applications at the province's hall, and the numbers that the house gave them."""
    rows = []
    for _ in range(count):
        form = application(house, code, files(province))
        status, answer = province.post("/sandbox/applications", {"taskCode": code, "form": form})
        assert status == 201, answer
        rows.append(answer["row_guid"])

    def numbers():
        said = [one for one in province.get("/sandbox/applications") if one["key"] in rows]
        bad = [one for one in said if one["outcome"] == "refused"]
        assert not bad, bad
        # One that was offered twice is taken and known, under the same number.
        found = {one["key"]: one["message"] for one in said if one["outcome"] in ("taken", "known")}
        assert all(found.values()), said
        return list(found.values()) if len(found) == count else None

    return until("the province was told the numbers", PATIENCE, numbers)


def accept(house, numbers):
    bearer, ids = house.staff("window-city"), []
    for number in numbers:
        status, answer = house.call("GET", f"/dossier-numbers/{number}", bearer=bearer)
        assert status == 200, (number, answer)
        ids.append(answer["dossier"])
        status, answer = house.call(
            "POST", f"/dossiers/{ids[-1]}/acceptance", {}, bearer, secrets.token_hex(16))
        assert status < 300, answer
    return ids


def ended(house, ids, seconds=PATIENCE):
    bearer = house.staff("window-city")

    def over():
        stages = [house.call("GET", f"/dossiers/{one}", bearer=bearer)[1] for one in ids]
        return all(one["stage"] == "ended" for one in stages) and stages

    for one in until("every case is decided and closed", seconds, over):
        assert one["ending"] == "closed", one["ending"]


def whole_at(province, numbers):
    """What the province knows of each case, once it knows its certificate and its end."""
    def whole():
        has = {}
        for one in province.get("/sandbox/dossiers"):
            has[one["number"]] = [record["family"] for record in one["records"] if not record["isOwn"]]
        return all({"up_pro_accept", "up_pro_material", "ow_file", "up_pro_process", "up_pro_result", "up_lic_data"}
                   <= set(has.get(number, [])) for number in numbers) and has

    until("the province knows each to its certificate", PATIENCE, whole)


def constructor(house, province):
    """A power of the province received at the city's window: a citizen registers as a constructor, and the province's own housing
    platform examines and decides over a link, by its own officers. Answers what was compared, and the day."""
    house.secrets["housing"] = house.do("partners", "add", "housing", "--name", "省住房城乡建设网上办事平台")
    house.do("partners", "grant", "housing", "dossiers.read", "dossiers.review", "dossiers.decide", "--department", HOUSING,
             "--region", "350000")
    bearer, words = house.token("housing"), ["department", "--way", "web", "--delay", "1"]
    for name, officer, (person, digits) in zip(("--officer", "--second-officer"), ("H-1", "H-2"), PLATFORM):
        status, answer = house.call("PUT", f"/officers/{officer}", {"name": person, "citizenID": with_check(digits)}, bearer)
        assert status < 300, answer
        words += [name, person]
    port = free_port()
    link, secret = house.link("housing", "web", f"http://127.0.0.1:{port}")
    platform = Sandbox(house.binary, *words, secret=secret, port=port)
    try:
        number, dossier = registers(house)
        accept(house, [number])
        ended(house, [dossier])
        whole_at(province, [number])
        whole_at(platform, [number])
        days = f"{number[31:35]}-{number[35:37]}-{number[37:39]}"
        platform_knows(platform, number)
        print(f"constructor: {decided_in(house, dossier)}; {same(house, link, days)}", flush=True)
        report = run(house.binary, "links", "check", link, "--data", house.folder)
        assert report.endswith(" unseen") and " 0 fail," in report, report
        print(f"constructor: the platform keeps to the protocol: {report.splitlines()[-1]}", flush=True)
        assert platform.get("/sandbox/dossiers")[0]["number"] == number
        house.do("links", "remove", link)
    finally:
        platform.stop()
    return days


def registers(house):
    """A citizen's application, at the city's own hall; answers its number and its dossier."""
    status, found = house.call("GET", "/items?q=%E4%BA%8C%E7%BA%A7%E5%BB%BA%E9%80%A0%E5%B8%88&place=350100")
    item = next(item for item in found["items"] if item["slug"] == "second-class-constructor")
    assert status == 200 and item["region"] == "350000" and item["itemCode"].startswith(HOUSING), item
    status, session = house.call("POST", "/sessions", {"login": "chen", "password": PASSWORD, "door": "portal"})
    assert status == 201, session
    status, guide = house.call("GET", f"/items/{item['itemCode']}")
    own = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=30)
    own.request("POST", "/api/v1/uploads?name=contract.pdf", PDF + secrets.token_bytes(8),
                {"Authorization": "Bearer " + session["token"], "Content-Type": "application/pdf"})
    upload = json.loads(own.getresponse().read())
    body = {
        "situation": {"registration": "first", "filedBy": "self"}, "answers": guide["guide"]["standard"]["form"]["sample"],
        "materials": [{"material": "labourContract", "files": [upload["id"]]}],
        "way": {"mode": "O1", "delivery": "eCertificate"}, "truth": True,
    }
    status, filed = house.call("POST", f"/items/{item['itemCode']}/applications", body, session["token"], secrets.token_hex(16))
    assert status == 201, filed
    return filed["number"], filed["dossier"]


def platform_knows(platform, number):
    """Who examined and who decided over there, and what the house made of it."""
    own = next(one for one in platform.get("/sandbox/dossiers") if one["number"] == number)["records"]
    deeds = [record for record in own if record["isOwn"]]
    assert [one["values"]["handle_user_name"] for one in deeds] == [name for name, _ in PLATFORM], deeds
    assert all(one["outcome"] == "taken" for one in deeds), deeds
    assert any(one["family"] == "up_lic_data" and not one["isOwn"] for one in own), "its certificate was made and told"


def decided_in(house, dossier):
    """The hours from filing to decision, as the house says when each happened."""
    status, said = house.call("GET", f"/dossiers/{dossier}", bearer=house.staff("window-city"))
    assert status == 200, said
    at = {event["kind"]: datetime.fromisoformat(event["at"]) for event in said["events"]}
    hours = (at["dossier.granted"] - at["dossier.submitted"]).total_seconds() / 3600
    assert 0 < hours < 3, f"decided in {hours} hours: the city's figure for it is just over three"
    return f"filed by a citizen, accepted at the city's window, decided on the province's platform in {hours:.4f} hours"


def same(house, link, day):
    """Nothing differs, and nothing is on its way; what is can take the house a while."""
    def zero():
        done = subprocess.run(
            [house.binary, "links", "reconcile", link, "--day", day, "--heal", "--data", house.folder], capture_output=True,
            text=True, timeout=120)
        same.last = done.stdout + done.stderr
        return done.returncode == 0 and done.stdout.splitlines()[-1]

    try:
        return until("both sides have the same", PATIENCE, zero)
    except AssertionError:
        raise AssertionError(same.last) from None


def away(*sides):
    """Both sides go away for a while, and are slow when they come back."""
    for side in sides:
        side.turn(down=True)
    time.sleep(AWAY)
    for side in sides:
        side.turn(down=False, slowSeconds=1)
    time.sleep(AWAY)
    for side in sides:
        side.turn(slowSeconds=0)


def struck(side, switches):
    """Every switch struck, and nothing of what the house did is amiss: how often each did."""
    wanted = set(switches) - {"hugeMegabytes"}

    def all_of_them():
        struck.last = side.get("/sandbox/report")
        return wanted <= set(struck.last["struck"])

    try:
        until("every switch struck", PATIENCE, all_of_them)
    except AssertionError:
        raise AssertionError(f"never: {sorted(wanted - set(struck.last['struck']))}") from None
    wrong = [check for check in struck.last["checks"] if check["standing"] == "fail"]
    assert not wrong, wrong
    return ", ".join(f"{name} {count}" for name, count in sorted(struck.last["struck"].items()))


def one_way(house, province, code, way, place):
    """Cases through one way of a department; answers what was compared."""
    port = free_port()
    words, link, secret = ["department", "--way", way, "--delay", "0"], None, None
    for name, (officer, _) in zip(("--officer", "--second-officer"), OFFICERS.values()):
        words += [name, officer]
    if way == "web":
        link, secret = house.link("hrss", "web", f"http://127.0.0.1:{port}")
    elif way == "api":
        words += ["--at", f"http://127.0.0.1:{house.server.port}", "--client", "hrss"]
        secret = house.secrets["hrss"]
    else:
        link = house.link("hrss", way, place)[0]
        words += ["--at", place]
    for name, value in DEPARTMENT[way].items():
        words += ["--switch", f"{name}={value}"]
    department = Sandbox(house.binary, *words, secret=secret, port=port)
    try:
        numbers = apply(house, province, code, CASES)
        ids = accept(house, numbers)
        away(province, department)
        ended(house, ids)
        whole_at(province, numbers)
        strikes = struck(department, DEPARTMENT[way])
        day = f"{numbers[0][31:35]}-{numbers[0][35:37]}-{numbers[0][37:39]}"
        department.calm()
        said = same(house, link, day) if link else "no records of its own"
        print(f"{way}: {len(numbers)} cases; {said}; {strikes}", flush=True)
        if link:
            house.do("links", "remove", link)
    finally:
        department.stop()
    return numbers, day


def proposal(house, province, code):
    """The province publishes that the item takes a day less: the house has it as a proposal, and its guide stays as it is."""
    status, item = house.call("GET", f"/items/{code}")
    assert status == 200, item
    standard = item["guide"]["standard"]
    days = standard["promisedLimit"]["value"]
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    row = {"row_guid": "task-1", "task_name": standard["itemName"]["zh"], "catalog_code": code[19:31], "task_type": "01",
           "by_law": "《中华人民共和国劳动法》第三十九条", "power_source": "1", "use_level": "3", "task_code": code[:31],
           "task_state": "1", "task_version": 2, "dept_name": "市人社局", "dept_type": "1", "dept_code": HRSS,
           "anticipate_day": standard["statutoryLimit"]["value"], "anticipate_type": "1", "promise_day": days - 1,
           "promise_type": 1, "accept_condition": "见指南", "handle_flow": "见指南", "is_fee": "0", "server_type": "2",
           "project_type": "2", "limit_scene_num": 0, "special_procedure": "无", "app_is_single_login": "0",
           "is_single_login": "0", "transact_addr": "见指南", "transact_time": "见指南", "link_way": "见指南",
           "supervise_way": "12345", "cd_operation": "I", "cd_time": now, "cd_batch": "c-1", "data_source": "350"}
    status, answer = province.post(
        "/sandbox/offers", {"family": "dn_task_general_basic", "number": "", "values": row})
    assert status == 201, answer

    def said():
        return next((one for one in province.get("/sandbox/offers")
                     if one["key"] == "task-1" and one["outcome"] in ("taken", "known")), None)

    taken = until("the change of the catalogue was taken", PATIENCE, said)
    assert len(taken["message"]) == 26, taken
    assert house.call("GET", f"/items/{code}")[1]["guide"]["standard"]["promisedLimit"]["value"] == days
    return taken["message"]


def main():
    binary = sys.argv[1]
    ways = sys.argv[2].split(",") if len(sys.argv) > 2 else ["web", "tables", "folder", "api", "constructor"]
    with tempfile.TemporaryDirectory(prefix="onewindow-links-") as top:
        house = House(binary, f"{top}/data")
        port = free_port()
        link, secret = house.link("province", "web", f"http://127.0.0.1:{port}")
        words = [word for name, value in PROVINCE.items() for word in ("--switch", f"{name}={value}")]
        province = Sandbox(binary, "province", *words, secret=secret, port=port)
        house.server.start()
        try:
            bearer = house.token("hrss")
            for officer, (name, digits) in OFFICERS.items():
                status, answer = house.call(
                    "PUT", f"/officers/{officer}", {"name": name, "citizenID": with_check(digits)}, bearer)
                assert status < 300, answer
            code = house.item()
            for way in ways:
                if way == "constructor":
                    day = constructor(house, province)
                    continue
                place = front(binary) if way == "tables" else f"{top}/{way}"
                os.makedirs(f"{top}/{way}", exist_ok=True)
                _, day = one_way(house, province, code, way, place)
            print(f"catalogue: proposal {proposal(house, province, code)}", flush=True)
            strikes = struck(province, PROVINCE)
            province.calm()
            print(f"province: {same(house, link, day)}; {strikes}", flush=True)
        finally:
            province.stop()
            house.stop()
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
