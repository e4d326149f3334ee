"""An outside caller of the sharing service as a process of its own: it signs calls by its own program, decrypts answers
with openssl and gmssl_pyx, makes all ten operations over HTTP, fetches the temporary link, and is refused with every
status that the document lists. The document is the OpenAPI file: whatever it lists is done.

python3 Tests/Processes/sharing.py BINARY
"""
import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

import gmssl_pyx

from house import FIRM, PASSWORD, Server, demonstrate, id_bytes, sign_in

ROOT = pathlib.Path(__file__).parent.parent.parent
# Shared with the city alone; with whoever has the permission; likewise.
CARD, LICENCE, CONSTRUCTOR = "11100000MADEM40121001", "11100000MADEM40046001", "11100000MADEM4020U004"
NAME = "福州示例企业一有限公司"


def run(*words, code=0):
    done = subprocess.run(words, capture_output=True, timeout=300)
    assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    return done.stdout


class Caller:
    def __init__(self, server, access_id, secret, key=None):
        self.server, self.access_id, self.secret, self.key = server, access_id, secret.strip(), key

    def body(self, operation, data, **head):
        text = json.dumps(data, ensure_ascii=False)
        now, nonce = head.get("timestamp", time.time_ns() // 1_000_000), head.get("nonce", secrets.token_hex(16))
        message = "\n".join(
            [operation, self.access_id, str(now), nonce, hashlib.sha256(text.encode()).hexdigest()])
        token = hmac.new(bytes.fromhex(self.secret), message.encode(), "sha256").hexdigest()
        own = {"accessId": self.access_id, "accessToken": head.get("token", token), "timestamp": now, "nonce": nonce}
        return '{"head": %s, "data": %s}' % (json.dumps(own), text)

    def send(self, operation, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request(
            "POST", f"/api/v1/sharing/{operation}", body.encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, text
        reply = json.loads(text)
        assert reply["head"]["status"] == 0 or "data" not in reply or reply["data"] is None, "no data with a refusal"
        return reply

    def ask(self, operation, data, **head):
        """The status and the data, decrypted."""
        data = {"useCause": "办理开户核验", **data}
        reply = self.send(operation, self.body(operation, data, **head))
        status, answer = reply["head"]["status"], reply.get("data")
        if status != 0:
            return status, reply["head"]["message"]
        if self.key is None:
            assert isinstance(answer, dict)
            return status, answer
        assert isinstance(answer, str), "an outside caller gets a ciphertext"
        return status, json.loads(self.decrypted(base64.b64decode(answer)))

    def decrypted(self, ciphertext):
        with tempfile.NamedTemporaryFile() as file:
            file.write(ciphertext)
            file.flush()
            return run("openssl", "pkeyutl", "-decrypt", "-inkey", self.key, "-in", file.name)


def make_key(folder, name):
    key, public = f"{folder}/{name}.key", f"{folder}/{name}.pem"
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", key)
    run("openssl", "pkey", "-in", key, "-pubout", "-out", public)
    return key, public


def scalar(key):
    """The private number of a PEM file, as openssl prints it."""
    text = run("openssl", "pkey", "-in", key, "-noout", "-text").decode()
    digits = text.split("priv:")[1].split("pub:")[0].replace(":", "").replace(" ", "").replace("\n", "")
    return int(digits, 16).to_bytes(32, "big")


def certificates(data):
    """Id, identifier and holder's number of every certificate, read from the file."""
    with sqlite3.connect(f"file:{data}/onewindow.sqlite?mode=ro", uri=True) as database:
        rows = database.execute("SELECT subject, body, personal FROM journal WHERE kind = 'certificate.reserved'")
        return [(row[0], json.loads(row[1])["identifier"], json.loads(row[2])["holderNumber"]) for row in rows]


def make_expired(data, subject):
    """Nobody here can wait twelve years: the last day is moved in the file, behind the program's back."""
    with sqlite3.connect(f"{data}/onewindow.sqlite") as database:
        body = json.loads(database.execute(
            "SELECT body FROM journal WHERE subject = ? AND sequence = 1", (subject,)).fetchone()[0])
        body["validUntil"] = body["validFrom"]
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        database.execute("UPDATE journal SET body = ? WHERE subject = ? AND sequence = 1", (text, subject))


def deed(server, cookie, certificate, name, ground):
    path = f"/office/certificates/{certificate}"
    _, _, page = server.ask("GET", path, cookie=cookie)
    form = next(part for part in page.split("<form ") if f'action="{path}/{name}"' in part)
    tokens = dict(re.findall(r'name="(csrf|token)" value="([^"]*)"', form))
    ground = re.search(rf'name="ground" value="({ground})"', form).group(1)
    status, _, _ = server.ask("POST", f"{path}/{name}", {**tokens, "ground": ground, "note": "示例"}, cookie)
    assert status == 303, name


def presented(server, certificate, folder):
    """The holder makes a code on her page; answers its digits as they stand there and as a scanner reads the picture."""
    _, headers, page = server.ask("GET", "/sign-in")
    nonce = re.search(r"sign-in=[0-9a-f]+", headers["Set-Cookie"]).group(0)
    token = re.search(r'name="csrf" value="([0-9]+\.[0-9a-f]+)"', page).group(1)
    form = {"login": "lin", "password": PASSWORD, "csrf": token, "back": ""}
    cookie = re.search(r"session=[0-9a-f]+", server.ask("POST", "/sign-in", form, nonce)[1]["Set-Cookie"]).group(0)
    path = f"/certificates/{certificate}/presentations"
    form = next(part for part in server.ask("GET", path, cookie=cookie)[2].split("<form ") if 'name="minutes"' in part)
    tokens = dict(re.findall(r'name="(csrf|token)" value="([^"]*)"', form))
    assert server.ask("POST", path, {**tokens, "minutes": "5", "uses": "once"}, cookie)[0] == 303
    page = server.ask("GET", path, cookie=cookie)[2]
    digits = re.search(r"\d{4} \d{4} \d{4} \d{4}", page).group(0).replace(" ", "")
    side = int(re.search(r'class="code-picture" viewBox="0 0 (\d+)', page).group(1))
    rows = [[0] * side for _ in range(side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page):
        rows[int(y)][int(x):int(x) + int(width)] = [1] * int(width)
    large = [" ".join(str(dot) for dot in row for _ in range(8)) for row in rows for _ in range(8)]
    pathlib.Path(f"{folder}/code.pbm").write_text(f"P1\n{side * 8} {side * 8}\n" + "\n".join(large), encoding="ascii")
    return digits, run("zbarimg", "--raw", "-q", f"{folder}/code.pbm").decode().strip()


def main():
    binary, seen = sys.argv[1], set()
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/house"
        demonstrate(binary, data)
        held = certificates(data)
        licence = next(row for row in held if LICENCE in row[1] and row[2] == FIRM)
        card = next(row for row in held if CARD in row[1])
        make_expired(data, card[0])
        key, public = make_key(folder, "bank")
        sharing = [binary, "sharing", "callers"]

        def add(name, *words):
            return run(*sharing, "add", name, "--name", "示例银行", "--data", data, *words).decode()

        secret = add("bank-01", "--network", "outside", "--public-key", public)
        keyless, local = add("keyless", "--network", "outside"), add("local-01", "--network", "local", "--per-minute", "5")
        near_secret = add("local-02", "--network", "local")
        for name in ("bank-01", "keyless", "local-01", "local-02"):
            run(*sharing, "permit", name, CARD, LICENCE, CONSTRUCTOR, "--data", data)
        assert b"sharing.access-id-taken" in subprocess.run(
            [*sharing, "add", "bank-01", "--name", "x", "--network", "local", "--data", data], capture_output=True).stderr
        line = json.loads(run(*sharing, "list", "--json", "--data", data).splitlines()[0])
        assert line["accessID"] == "bank-01" and line["types"] == [LICENCE, CARD, CONSTRUCTOR] and "secret" not in str(line)

        # gmssl_pyx opens what libcrypto encrypts, up to the 255 bytes that it takes.
        server = Server(binary, data, {"ONEWINDOW_ADDRESS": "http://127.0.0.1"})
        server.start()
        bank = Caller(server, "bank-01", secret, key)
        small = bank.send("verifyCertInfo", bank.body("verifyCertInfo", {
            "certIdentifier": licence[1], "useCause": "核验", "fields": {"name": NAME}}))
        opened = gmssl_pyx.sm2_decrypt(scalar(key), base64.b64decode(small["data"]))
        assert json.loads(opened) == {"valid": True}, opened

        def expect(status, operation, values, caller=bank, **head):
            found, answer = caller.ask(operation, values, **head)
            assert found == status, f"{operation}: {found} {answer}, not {status}"
            seen.add(status)
            return answer

        done = set()

        def ok(operation, values):
            done.add(operation)
            return expect(0, operation, values)

        # All ten operations.
        by_holder = {"holderCode": licence[2], "holderTypeCode": "001", "certTypeCode": LICENCE}
        info = ok("queryCertInfo", {"certIdentifier": licence[1]})
        assert {NAME, licence[2]} <= {field["value"] for field in info["certData"]}
        assert ok("queryCertInfoByHolderCode", by_holder)["certDataList"][0]["certData"] == info["certData"]
        remarks = ok("getCertRemarkInfo", {"certTypeCode": LICENCE})
        assert remarks["fields"] and remarks["fields"][0]["orderNum"] == 1
        assert ok("verifyCertInfo", {**by_holder, "fields": {"name": "福州示例企业二有限公司"}}) == {"valid": False}
        file = ok("downloadFile", {
            "fileType": "ofd", "certificateIdentifier": licence[1], "certificateCopyCause": "贷款审查"})
        sealed = base64.b64decode(file["content"])
        assert sealed.startswith(b"PK")
        picture = ok("downloadFile", {
            "fileType": "png", "certificateIdentifier": licence[1], "certificateCopyCause": "贷款审查"})
        assert base64.b64decode(picture["content"]).startswith(b"\x89PNG")
        check = {"certTypeCode": LICENCE, "contentType": "base64"}
        assert ok("verifyFile", {**check, "content": file["content"]})["valid"] is True
        torn = bytearray(sealed)
        torn[len(torn) // 2] ^= 1
        assert ok("verifyFile", {**check, "content": base64.b64encode(torn).decode()})["valid"] is False
        link = ok("downloadUrl", {"certIdentifier": licence[1]})
        assert len(ok("downloadUrlsByHolderCode", by_holder)["downloadUrls"]) == 1
        path = link["url"].removeprefix("http://127.0.0.1")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        copy = answer.read()
        assert answer.status == 200 and copy.startswith(b"PK") and answer.headers["Content-Type"] == "application/ofd"
        done.add("download")
        assert server.ask("GET", path[:-1] + ("0" if path[-1] != "0" else "1"))[0] == 404
        # What was fetched is sealed and says what for: by the program without a database, and by its text.
        pathlib.Path(f"{folder}/copy.ofd").write_bytes(copy)
        with zipfile.ZipFile(f"{folder}/copy.ofd") as package:
            text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
        assert "办理开户核验" in text and "示例银行" in text
        # The code on the face, as a scanner reads it.
        pathlib.Path(f"{folder}/face.png").write_bytes(base64.b64decode(picture["content"]))
        scanned = run("zbarimg", "--raw", "-q", f"{folder}/face.png").decode().split()[0]
        assert ok("queryCertInfoByQRcode", {"qrcode": scanned})["certData"] == info["certData"]
        # The code that the holder shows: one look, for whoever may look at all.
        digits, scanned = presented(server, crockford(licence[0]), folder)
        assert digits == scanned, f"{digits} {scanned}"
        expect(101, "queryCertInfoByQRcode", {"qrcode": digits}, caller=Caller(server, "keyless", keyless))
        assert ok("queryCertInfoByQRcode", {"qrcode": scanned})["certData"] == info["certData"]
        expect(99, "queryCertInfoByQRcode", {"qrcode": scanned})

        # Every status of refusal.
        expect(11, "queryCertInfo", {"certIdentifier": licence[1]}, token="0" * 64)
        expect(11, "queryCertInfo", {"certIdentifier": licence[1]}, timestamp=time.time_ns() // 1_000_000 - 301_000)
        expect(11, "queryCertInfo", {"certIdentifier": licence[1]}, caller=Caller(server, "nobody", secret, key))
        body = bank.body("queryCertInfo", {"certIdentifier": licence[1], "useCause": "核验"})
        assert [bank.send("queryCertInfo", body)["head"]["status"] for _ in range(2)] == [0, 11], "a call counts once"
        expect(13, "getCertRemarkInfo", {"certTypeCode": "11350100MADEM002X0999"})
        cookie = sign_in(server, "decide-market")
        name = crockford(licence[0])
        deed(server, cookie, name, "restriction", "[a-zA-Z]+")
        expect(23, "queryCertInfo", {"certIdentifier": licence[1]})
        deed(server, cookie, name, "revocation", "[a-zA-Z]+")
        expect(21, "queryCertInfo", {"certIdentifier": licence[1]})
        expect(22, "queryCertInfo", {"certIdentifier": card[1]}, caller=Caller(server, "local-02", near_secret))
        expect(99, "queryCertInfo", {"certIdentifier": licence[1], "useCause": ""})
        expect(99, "queryCertInfo", {"certIdentifier": "1.2.156.3005.2"})
        expect(100, "queryCertInfo", {"certIdentifier": card[1]})
        expect(101, "getCertRemarkInfo", {"certTypeCode": LICENCE}, caller=Caller(server, "keyless", keyless))
        expect(103, "queryCertInfoByHolderCode", {**by_holder, "holderTypeCode": "414"})
        near = Caller(server, "local-01", local)
        statuses = [near.ask("getCertRemarkInfo", {"certTypeCode": LICENCE})[0] for _ in range(12)]
        assert 0 in statuses and 99 in statuses, "more calls than were agreed"

        document = json.loads((ROOT / "docs/api/sharing.json").read_text(encoding="utf-8"))
        assert done == {path.rsplit("/", 1)[1] for path in document["paths"]}, "every operation of the document"
        listed = document["components"]["schemas"]["ReplyHead"]["properties"]["status"]["enum"]
        assert seen == set(listed), f"every status of the document: {seen}"

        # The secret changes while the server runs; whoever is shut out stays so.
        renewed = Caller(server, "bank-01", run(*sharing, "renew", "bank-01", "--data", data).decode(), key)
        expect(11, "getCertRemarkInfo", {"certTypeCode": LICENCE})
        expect(0, "getCertRemarkInfo", {"certTypeCode": LICENCE}, caller=renewed)
        run(*sharing, "revoke", "bank-01", LICENCE, "--data", data)
        expect(100, "getCertRemarkInfo", {"certTypeCode": LICENCE}, caller=renewed)
        run(*sharing, "revoke", "bank-01", "--data", data)
        expect(11, "getCertRemarkInfo", {"certTypeCode": LICENCE}, caller=renewed)
        server.stop()

        with sqlite3.connect(f"file:{data}/onewindow.sqlite?mode=ro", uri=True) as database:
            entries = database.execute("SELECT body, personal FROM journal WHERE kind = 'sharing.called'").fetchall()
            looks = database.execute("SELECT COUNT(*) FROM look_by_target WHERE purpose = 'shared'").fetchone()[0]
        assert len(entries) > 25 and looks > 8
        public = b"".join(row[0] for row in entries).decode()
        assert NAME not in public and licence[2] not in public and "开户" not in public
        print(f"ten operations and {len(seen)} statuses over HTTP; {len(entries)} entries of the journal, {looks} looks")


def crockford(data):
    number, text = int.from_bytes(data, "big"), ""
    for _ in range(26):
        text = "0123456789abcdefghjkmnpqrstvwxyz"[number % 32] + text
        number //= 32
    assert id_bytes(text) == data
    return text


main()
