"""An evidence pack of a whole case, verified where there is no OneWindow, and found out wherever one byte of it was changed.

    python evidence.py BINARY

The verifier runs with nothing but sh, unzip, openssl and python3 on its path.
"""
import http.client
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
from concurrent.futures import ThreadPoolExecutor

from house import Server, id_text, sign_in
from partner import lived

TOOLS = ("sh", "unzip", "openssl", "python3")
# Changed bytes that are tried: one in each part of the archive, and so many by chance.
CHANCES = 60
SEED = 20261129


def run(*words, code=0, **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, **more)
    assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    return done.stdout


def whole_case(folder):
    """The id and the number of a case with a certificate, the longest of them."""
    path = next(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith((".sqlite", ".db")))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as store:
        rows = store.execute(
            "SELECT d.subject, COUNT(*) AS entries FROM journal d WHERE d.kind LIKE 'dossier.%' GROUP BY d.subject "
            "HAVING SUM(d.kind = 'dossier.granted') > 0 ORDER BY entries DESC, d.subject LIMIT 1").fetchall()
        assert rows, "the demonstration has a case that was granted"
        body = store.execute(
            "SELECT body FROM journal WHERE subject = ? AND kind = 'dossier.submitted'", (rows[0][0],)).fetchone()[0]
    return id_text(rows[0][0]), json.loads(body)["numbers"]["number"]


def from_the_page(binary, data, path):
    """The pack as the head of the authority takes it from the page of the case; nobody below her is offered it."""
    server = Server(binary, data)
    server.start()
    try:
        found = {}
        for login in ("head-hrss", "review-hrss"):
            session = sign_in(server, login)
            status, _, page = server.ask("GET", path, cookie=session)
            found[login] = (status, page, session)
        status, page, session = found["head-hrss"]
        assert status == 200 and "证据包" in page, (status, page[:500])
        assert found["review-hrss"][0] == 403, found["review-hrss"][0]
        form = page.split(f'action="{path}"')[1]
        fields = {name: re.search(rf'name="{name}" value="([^"]*)"', form).group(1) for name in ("csrf", "token")}
        own = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        own.request("POST", path, urllib.parse.urlencode(fields),
                    {"Cookie": session, "Content-Type": "application/x-www-form-urlencoded"})
        answer = own.getresponse()
        content = answer.read()
        own.close()
        assert answer.status == 200 and answer.headers["Content-Type"] == "application/zip", (answer.status, content[:300])
        server.stop()
        return content
    finally:
        if server.process.poll() is None:
            server.kill()


class Elsewhere:
    """A machine without OneWindow: a folder of its own, and four tools."""

    def __init__(self, top):
        self.folder = os.path.join(top, "elsewhere")
        tools = os.path.join(self.folder, "bin")
        os.makedirs(tools)
        for tool in TOOLS:
            # The system's own: what stands before it on a path may be a script that wants more.
            os.symlink(shutil.which(tool, path="/usr/bin:/bin"), os.path.join(tools, tool))
        self.environment = {"PATH": tools, "TMPDIR": self.folder}

    def verify(self, script, pack, *words):
        done = subprocess.run(
            [os.path.join(self.folder, "bin", "python3"), script, pack, *words], capture_output=True, text=True, timeout=120,
            env=self.environment, cwd=self.folder)
        return done.returncode, done.stdout + done.stderr


def places(pack):
    """Of each part of the archive one place: heads, names and contents of each file, the list and the end."""
    found = []
    with zipfile.ZipFile(pack) as archive:
        for info in archive.infolist():
            start = info.header_offset
            found += [start + 1, start + 5, start + 10, start + 15, start + 19, start + 27, start + 31]
            if info.file_size:
                found += [start + 30 + len(info.filename) + offset for offset in (0, info.file_size // 2, info.file_size - 1)]
        found += [archive.start_dir + offset for offset in (1, 9, 17, 33, 43, 47)]
    size = os.path.getsize(pack)
    return found + [size - 1, size - 2, size - 10, size - 14, size - 22]


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="onewindow-evidence-") as top:
        data = os.path.join(top, "data")
        lived(binary, data, top)
        dossier, number = whole_case(data)
        pack, script = os.path.join(top, "case.zip"), os.path.join(top, "verify.py")
        said = run(binary, "evidence", number, "--to", pack, "--data", data)
        key = next(line.removeprefix("key: ") for line in said.splitlines() if line.startswith("key: "))
        run(binary, "evidence", "--verifier", "--to", script)
        print(said.splitlines()[0])

        there = Elsewhere(top)
        run("unzip", "-tq", pack, env=there.environment)
        code, told = there.verify(script, pack, "--key", key)
        assert code == 0 and "everything holds" in told, told
        with zipfile.ZipFile(pack) as archive:
            assert archive.read("verify.py") == open(script, "rb").read(), "the program in the pack is the same"
            index = json.loads(archive.read("index.json"))
            kinds = {name.rsplit(".", 1)[-1] for name in archive.namelist() if name.startswith("files/")}
            texts = [json.loads(archive.read(name))["public"] for name in archive.namelist() if name.startswith("journal/")]
            assert "pdf" in kinds and index, kinds
            assert any('"purpose":"evidence"' in text for text in texts), "that it was made is part of it"
            assert any('"kind":"dossier.granted"' in text for text in texts)
        print(f"{len(texts)} entries, {len(index)} files ({', '.join(sorted(kinds))})")

        page = os.path.join(top, "page.zip")
        with open(page, "wb") as file:
            file.write(from_the_page(binary, data, f"/office/dossiers/{dossier}/evidence"))
        code, told = there.verify(script, page, "--key", key)
        assert code == 0 and "everything holds" in told, told

        other = key[:-4] + ("AAA=" if not key.endswith("AAA=") else "BAA=")
        code, told = there.verify(script, pack, "--key", other)
        assert code == 1 and "not the key of the house" in told, told
        code, told = there.verify(script, pack)
        assert code == 0 and "compare the key" in told, told

        content = open(pack, "rb").read()
        chance = random.Random(SEED)
        tried = sorted(set(places(pack)) | {chance.randrange(len(content)) for _ in range(CHANCES)})

        def changed(place):
            path = os.path.join(top, f"changed-{place}.zip")
            with open(path, "wb") as file:
                file.write(content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1:])
            code, told = there.verify(script, path, "--key", key)
            os.remove(path)
            return place, code, told

        with ThreadPoolExecutor(2) as pool:
            for place, code, told in pool.map(changed, tried):
                assert code == 1 and "does not hold" in told, f"byte {place}: {code} {told}"
        print(f"each of {len(tried)} changed bytes was found")
        code, told = there.verify(script, pack, "--key", key)
        assert code == 0, told
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
