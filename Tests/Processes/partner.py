"""Two systems of other organisations, as processes that know nothing of the house but its API's document.

python3 Tests/Processes/partner.py BINARY. openapi-python-client makes a client of the document; with that client alone the
province files an application for a firm, a department's system accepts, examines and decides it for officials who answer by
name, and the province fetches the papers and the sealed certificate: a whole life.
"""
import base64
import importlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from house import FIRM, Server, demonstrate, until

GENERATOR = pathlib.Path(__file__).parents[2] / "Scripts" / "python-client"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NAME = "福州示例企业一有限公司"


def with_check(digits):
    """An identity number: seventeen digits with their check character (GB 11643)."""
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


# Of the demonstration: who runs the firm.
LIN = with_check("35010218850101001")


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    return done.stdout.strip()


def generated(server, folder):
    """The client that the generator makes of the document, as a module."""
    said = run(str(GENERATOR), f"{folder}/house_client", f"http://127.0.0.1:{server.port}/api/v1/openapi.json")
    assert "WARNING" not in said and "ERROR" not in said, said
    sys.path.insert(0, folder)
    return importlib.import_module("house_client")


def operation(tag, name):
    return importlib.import_module(f"house_client.api.{tag}.{name}")


def model(name):
    module = "".join("_" + c.lower() if c.isupper() or (c.isdigit() and not p.isdigit()) else c
                     for p, c in zip("_" + name, name)).lstrip("_")
    return getattr(importlib.import_module(f"house_client.models.{module}"), name)


class System:
    """A partner's program: a token by its own secret, then whatever its scopes allow."""

    def __init__(self, house_client, server, client_id, secret):
        self.house_client, self.server, self.number = house_client, server, 0
        self.base = f"http://127.0.0.1:{server.port}/api/v1"
        basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        # The token endpoint is the one of OAuth 2.0 that any library asks; here without one.
        request = urllib.request.Request(
            self.base + "/oauth/token", urllib.parse.urlencode({"grant_type": "client_credentials"}).encode(),
            {"Authorization": f"Basic {basic}"})
        self.granted = json.load(urllib.request.urlopen(request))
        self.client = house_client.AuthenticatedClient(base_url=self.base, token=self.granted["access_token"])

    def ask(self, tag, what, *places, expected=200, **more):
        answer = operation(tag, what).sync_detailed(*places, client=self.client, **more)
        assert answer.status_code == expected, f"{what}: {answer.status_code} {answer.content[:2000]}"
        return answer

    def do(self, tag, what, *places, expected=200, **more):
        self.number += 1
        return self.ask(tag, what, *places, expected=expected,
                        idempotency_key=f"partner-{id(self)}-{time.time_ns()}-{self.number}", **more)


def application(province, code, files):
    """What the firm files, with the sample answers of the guide; what the situation does not ask for is left out as the house
    says, one by one."""
    guide = json.loads(province.ask("items", "item", code).content)["guide"]
    body = {
        "applicant": {"organisation": {"name": NAME, "code": FIRM, "kind": "enterprise",
                                       "representative": {"name": "林晓榕", "number": LIN}}},
        "agent": {"name": "林晓榕", "number": LIN, "mobile": "13900000009"},
        "situation": {"system": "flexible", "procedure": "examination", "filedBy": "self"},
        "answers": dict(guide["standard"]["form"]["sample"]),
        "materials": [{"material": material, "files": [file]} for material, file in files.items()],
        "way": {"mode": "O1", "delivery": "eCertificate"},
        "truth": True,
    }
    refused = province.do("items", "apply", code, body=model("ApplyBody").from_dict(body), expected=422)
    errors = json.loads(refused.content)["errors"]
    assert errors and all(error["code"] == "form.unknown-field" for error in errors), errors
    for error in errors:
        del body["answers"][error["at"].removeprefix("/answers/")]
    return model("ApplyBody").from_dict(body)


def followed(department, dossier):
    """What the feed says of a dossier, once it says that it is closed."""
    found, after = [], ""
    while True:
        page = department.ask("events", "events", after=after, kinds="dossier.*").parsed
        found += [event for event in page.events if event.dossier == dossier]
        if not page.has_more:
            return found if found and found[-1].kind == "dossier.closed" else None
        after = page.next_


def life(house_client, server, secrets):
    """Files, handles and fetches; answers how many operations were called."""
    province = System(house_client, server, "province", secrets["province"])
    assert province.granted["scope"] == "dossiers.file" and province.granted["expires_in"] == 600
    found = province.ask("items", "search_items", q="特殊工时", place=model("SearchItemsPlace")("350100")).parsed
    code = next(item.item_code for item in found.items if item.slug == "special-working-hours")
    types = importlib.import_module("house_client.types")
    files = {}
    for material in ("restPlan", "staffOpinion"):
        sent = province.ask("uploads", "upload", body=types.File(payload=io.BytesIO(PDF)),
                            name=f"{material}.pdf", expected=201)
        files[material] = sent.parsed.id
    body = application(province, code, files)
    filed = province.do("items", "apply", code, body=body, expected=201).parsed
    dossier = filed.dossier
    assert province.ask("dossier_numbers", "dossier_by_number", filed.short).parsed.dossier == dossier
    assert [line.id for line in province.ask("dossiers", "dossiers").parsed.dossiers] == [dossier]

    department = System(house_client, server, "hrss", secrets["hrss"])
    for code_of, name, digits in (("K-1", "周明", "35010219800101101"), ("K-2", "何清", "35010219800101102"),
                                  ("K-3", "沈悦", "35010219800101103")):
        who = model("NameOfficerBody")(name=name, citizen_id=with_check(digits))
        department.ask("officers", "name_officer", code_of, body=who, expected=204)
    materials = department.ask("dossiers", "materials", dossier).parsed.materials
    handed_in = {one.material: one for one in materials}
    digest = handed_in["restPlan"].files[0].digest
    assert department.ask("dossiers", "file", dossier, digest).content == PDF
    seen = department.ask("dossiers", "dossier", dossier)
    tag = seen.headers["ETag"]
    assert seen.parsed.stage.value == "received", seen.parsed.stage
    accept = dict(body=model("AcceptBody")(), onewindow_officer="K-1")
    department.do("dossiers", "accept", dossier, if_match=tag, **accept)
    stale = department.do("dossiers", "accept", dossier, if_match=tag, expected=412, **accept)
    assert json.loads(stale.content)["code"] == "dossier.moved-on"
    review = model("ReviewBody").from_dict({"proposal": "grant", "opinion": "符合条件"})
    department.do("dossiers", "review", dossier, body=review, onewindow_officer="K-2")
    decision = model("DecideBody").from_dict({"decision": "grant", "grounds": "符合法定条件"})
    same = department.do("dossiers", "decide", dossier, body=decision, onewindow_officer="K-2", expected=403)
    assert json.loads(same.content)["code"] == "dossier.reviewer-may-not-decide"
    department.do("dossiers", "decide", dossier, body=decision, onewindow_officer="K-3")

    def closed():
        dossier_now = province.ask("dossiers", "dossier", dossier).parsed
        return dossier_now if dossier_now.stage.value == "ended" else None

    ended = until("the case is closed", 60, closed)
    assert ended.ending.value == "closed" and ended.trips.made == 0 == ended.trips.promised
    assert {event.by.value for event in ended.events} >= {"partner", "platform"}
    events = until("the feed has it all", 30, lambda: followed(department, dossier))
    assert [event.sequence for event in events] == list(range(1, len(events) + 1)), "in the dossier's own order"
    clock = province.ask("dossiers", "dossier_clock", dossier).parsed
    assert all(limit.result.value == "kept" for limit in clock.limits if limit.limit != "special")
    for paper in ended.papers:
        content = province.ask("dossiers", "dossier_paper", dossier, paper.id).content
        assert content.startswith(b"%PDF"), paper.title
    certificates = province.ask("dossiers", "certificates", dossier).parsed.certificates
    assert [one.standing.value for one in certificates] == ["valid"], certificates
    file_format = model("CertificateFileFormat")("ofd")
    sealed = province.ask("dossiers", "certificate_file", dossier, certificates[0].id, file_format).content
    report = province.ask("file_verifications", "verify_file",
                          body=types.File(payload=io.BytesIO(sealed))).parsed
    assert report.format_.value == "ofd" and report.verdict.value in ("valid", "untrusted"), report
    verified = province.ask("certificates", "verify_certificate", certificates[0].identifier).parsed
    assert verified.register.value == "valid"
    assert province.ask("dossiers", "parcels", dossier).parsed.parcels == []
    return province.number + department.number


def lived(binary, folder, top):
    """A house in a folder in which one case was lived from its application to its certificate; answers how many deeds it took."""
    demonstrate(binary, folder)
    secrets = {}
    for client_id, name, scopes, extent in (
            ("province", "省网上办事大厅", ["dossiers.file"], []),
            ("hrss", "市人社局业务系统",
             ["dossiers.read", "dossiers.receive", "dossiers.review", "dossiers.decide", "events.read"],
             ["--department", "11350100MADEM002X0", "--region", "350100"])):
        secrets[client_id] = run(binary, "partners", "add", client_id, "--name", name, "--data", folder)
        granted = run(binary, "partners", "grant", client_id, *scopes, *extent, "--data", folder)
        assert len(granted.splitlines()) == len(scopes)
    listed = [json.loads(line) for line in run(binary, "partners", "list", "--json", "--data", folder).splitlines()]
    assert [(one["clientID"], len(one["grants"])) for one in listed] == [("hrss", 5), ("province", 1)], listed
    assert not any(secret in json.dumps(listed) for secret in secrets.values())
    server = Server(binary, folder)
    server.start()
    try:
        deeds = life(generated(server, top), server, secrets)
        server.stop()
    finally:
        if server.process.poll() is None:
            server.kill()
    return deeds


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="onewindow-partner-") as top:
        deeds = lived(binary, f"{top}/data", top)
    print(f"a client made of the document: filed by one system, decided in another, fetched and verified; {deeds} deeds")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
