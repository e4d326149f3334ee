"""The document of the API, held against the house that serves it.

python3 Tests/Processes/openapi.py BINARY. openapi-spec-validator reads the document; a whole life goes over the API, and each answer
is what the document says (jsonschema); schemathesis sends to every operation what fits its description and what does not, as
each kind of caller.
"""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator

from house import PASSWORD, Server, demonstrate, filing, sign_in

SCHEMATHESIS = pathlib.Path(sys.executable).parent / "schemathesis"
# What a schema cannot say is refused as 422: a check character, an empty file, a material of another item.
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 412, 413, 422, 429]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, "5xx"]
[parameters]
"path.dossier" = "{dossier}"
"path.code" = "{code}"
"path.paper" = "{paper}"
[[operations]]
include-operation-id = "problem"
[operations.parameters]
"path.code" = "dossier.not-found"
"""


class Programs:
    """Programs that speak for somebody; each answer is held against the document."""

    def __init__(self, server):
        self.server, self.number = server, 0
        status, self.document = self.call("GET", "/openapi.json")
        assert status == 200
        self.operations = {
            (method.upper(), path): operation
            for path, methods in self.document["paths"].items() for method, operation in methods.items()}

    def call(self, method, path, body=None, token=None):
        self.number += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        headers = {"Idempotency-Key": f"openapi-process-{self.number:08d}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        if (answer.headers["Content-Type"] or "").endswith("json"):
            content = json.loads(content)
        return answer.status, content

    def said(self, method, template, body=None, token=None, **places):
        """Calls an operation; its answer must be the one that is described for its status."""
        operation = self.operations[method, template]
        status, content = self.call(method, template.format(**places), body, token)
        described = operation["responses"].get(str(status))
        assert described, f"{method} {template} answers {status}, which is not described: {content}"
        while "$ref" in described:
            described = self.document["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
        for media in described.get("content", {}).values():
            if isinstance(content, (dict, list)):
                schema = {**media["schema"], "components": self.document["components"]}
                jsonschema.Draft202012Validator(schema).validate(content)
        return status, content

    def sign_in(self, login, door="staff"):
        status, session = self.said("POST", "/sessions", {"login": login, "password": PASSWORD, "door": door})
        assert status == 201, session
        return session["token"]


def life(server, programs, cookie, path, form, serial):
    """Received at the window by hand, everything else by programs; answers the dossier and one of its papers."""
    status, headers, page = server.ask("POST", path, dict(form, token=f"openapi-process-token-{serial}"), cookie)
    assert status == 303, page[:400]
    dossier = re.search(r"/dossiers/([^/]+)/", headers["Location"]).group(1)
    deeds = [("window-city", "acceptance", {}), ("review-hrss", "review", {"proposal": "grant", "opinion": "符合"}),
             ("decide-hrss", "decision", {"decision": "grant", "grounds": "符合"})]
    paper = None
    for login, deed, body in deeds:
        token = programs.sign_in(login)
        status, answer = programs.said("POST", "/dossiers/{dossier}/" + deed, body, token, dossier=dossier)
        assert status == 200 and answer["dossier"] == dossier, (deed, status, answer)
        status, answer = programs.said("POST", "/dossiers/{dossier}/" + deed, {"x": 1}, token, dossier=dossier)
        assert status == 400, "a member that nobody knows is refused"
        for what in ("", "/clock"):
            status, answer = programs.said("GET", "/dossiers/{dossier}" + what, token=token, dossier=dossier)
            assert status == 200, answer
            paper = next((one["id"] for one in answer.get("papers", [])), paper)
        status, content = programs.said(
            "GET", "/dossiers/{dossier}/papers/{paper}", token=token, dossier=dossier, paper=paper)
        assert status == 200 and content.startswith(b"%PDF")
    return dossier, paper


def open_to_all(programs):
    """What everybody may ask."""
    status, found = programs.said("GET", "/items")
    assert status == 200 and found["total"] > 1000
    code = found["items"][0]["itemCode"]
    for template in ("/items/{code}", "/items/{code}/form"):
        assert programs.said("GET", template, code=code)[0] == 200
    assert programs.said("GET", "/items/{code}", code="0" * 31)[0] == 404
    for template in ("/log/checkpoint", "/log/entries"):
        assert programs.said("GET", template)[0] in (200, 404)
    assert programs.said("GET", "/problems/{code}", code="dossier.not-found")[0] == 200
    lin = programs.sign_in("lin", "portal")
    status, page = programs.said("GET", "/dossiers", token=lin)
    assert status == 200 and page["dossiers"]
    assert programs.said("GET", "/dossiers/{dossier}", dossier=page["dossiers"][0]["id"])[0] == 401
    return code


def take_in(binary, folder):
    """A partner with every scope everywhere; answers its secret."""
    def run(*words):
        return subprocess.run([binary, "partners", *words, "--data", folder], check=True, capture_output=True, text=True).stdout
    secret = run("add", "all-of-it", "--name", "示例接入系统", "--per-minute", "60000").strip()
    run("grant", "all-of-it", "dossiers.file", "dossiers.read", "dossiers.receive", "dossiers.review", "dossiers.decide",
        "dossiers.lead", "events.read")
    return secret


def partner(programs, secret):
    """A token of the partner; it has named an official of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", programs.server.port, timeout=20)
    connection.request("POST", "/api/v1/oauth/token", f"grant_type=client_credentials&client_id=all-of-it&client_secret={secret}",
                       {"Content-Type": "application/x-www-form-urlencoded"})
    token = json.loads(connection.getresponse().read())["access_token"]
    status, _ = programs.said("PUT", "/officers/{code}", {"name": "周明", "citizenID": "350102198001011014"}, token, code="K-0012")
    assert status == 204
    return token


def sent(server, folder, name, token, examples, *choice):
    """Schemathesis as one kind of caller; it must find nothing."""
    report = f"{folder}/{name}.log"
    command = [str(SCHEMATHESIS), "--config-file", f"{folder}/schemathesis.toml", "run",
               f"http://127.0.0.1:{server.port}/api/v1/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing",
               "-n", str(examples), "--seed", "20261130", "--generation-deterministic", "--no-color", *choice]
    if token:
        command += ["-H", f"Authorization: Bearer {token}"]
    with open(report, "w") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    text = open(report).read()
    assert done.returncode == 0, f"as {name}:\n{text[-60000:]}"
    return int(re.search(r"(\d+) generated", text).group(1))


def main():
    binary = sys.argv[1]
    examples = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory(prefix="onewindow-openapi-") as top:
        folder = f"{top}/data"
        demonstrate(binary, folder)
        secret = take_in(binary, folder)
        server = Server(binary, folder)
        server.start()
        try:
            programs = Programs(server)
            OpenAPIV31SpecValidator(programs.document).validate()
            cookie = sign_in(server, "window-jinan")
            path, form = filing(server, cookie)
            dossier, paper = life(server, programs, cookie, path, form, 1)
            code = open_to_all(programs)
            cases = 0
            for number, (login, door) in enumerate(
                    [("lin", "portal"), ("window-city", "staff"), ("partner", None),
                     *([(None, None), ("decide-hrss", "staff"), ("review-hrss", "staff"), ("issue-city", "staff")]
                       if examples > 5 else [])], 2):
                # Each caller meets a case on which nothing was done yet.
                status, headers, _ = server.ask(
                    "POST", path, dict(form, token=f"openapi-process-token-{number}"), cookie)
                fresh = re.search(r"/dossiers/([^/]+)/", headers["Location"]).group(1) if status == 303 else dossier
                with open(f"{top}/schemathesis.toml", "w") as config:
                    config.write(CONFIG.replace("{dossier}", fresh).replace("{code}", code).replace("{paper}", paper))
                token = programs.sign_in(login, door) if door else partner(programs, secret) if login else None
                cases += sent(server, top, login or "nobody", token, examples, "--exclude-operation-id", "endSession")
            token = programs.sign_in("lin", "portal")
            cases += sent(server, top, "leaving", token, 1, "--include-operation-id", "endSession", "--exclude-checks",
                          "positive_data_acceptance")
            server.stop()
        finally:
            if server.process.poll() is None:
                os.kill(server.process.pid, signal.SIGKILL)
                server.process.wait()
    print(f"{len(programs.operations)} operations: the document is valid, a life is as it says, {cases} cases by chance found nothing")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
