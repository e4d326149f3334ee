"""Backs the house up while a clerk files applications, restores it elsewhere, and looks at what operators look at.

python3 Tests/Processes/operations.py BINARY [FILINGS AT ONCE].
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from prometheus_client.parser import text_string_to_metric_families

from house import FIRM, Server, file_all, filing, sign_in

PASSPHRASE = "一个只供测试的很长的口令"


def run(binary, *arguments, code=0):
    """Runs a command to its end and answers what it printed."""
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def counts(path):
    """The rows of every table, read from the file by somebody who knows nothing of the program."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    rows = {table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}
    database.close()
    return {table: count for table, count in rows.items() if not table.startswith(("backup_", "sqlite_"))}


def backup_under_load(server, binary, folder, batch):
    """Backs up while batch after batch is filed; answers the backup, the passphrase's file and how many were filed."""
    cookie = sign_in(server, "window-jinan")
    path, form = filing(server, cookie)
    filed, stop = [], threading.Event()

    def work():
        while not stop.is_set():
            tokens = [f"backup-test-{len(filed) + number:09d}" for number in range(batch)]
            filed.extend(file_all(server, cookie, path, form, tokens).values())
            assert len(filed) % batch == 0, "every filing was acknowledged beside the backup"

    load = threading.Thread(target=work)
    load.start()
    while len(filed) < batch:
        time.sleep(0.05)
    passphrase = f"{folder}/passphrase"
    with open(passphrase, "w", encoding="utf-8") as file:
        file.write(PASSPHRASE + "\n")
    print(run(binary, "backup", f"{folder}/backup", "--data", server.folder,
              "--private-keys", "--passphrase-file", passphrase).strip())
    stop.set()
    load.join()
    saved = counts(f"{folder}/backup")["dossier"]
    assert batch <= saved < len(set(filed)), f"{saved} saved, {len(filed)} filed: the backup was made under load"
    return f"{folder}/backup", passphrase, len(set(filed))


def restore(binary, backup, target, *arguments):
    """Restores elsewhere: the counts are those of the backup, the journal verifies, and everything holds."""
    print(run(binary, "restore", backup, "--data", target, *arguments).strip())
    restored, saved = counts(f"{target}/onewindow.sqlite"), counts(backup)
    assert {**restored, "migration": 0} == {**saved, "migration": 0}, "the same tables with the same counts"
    print(run(binary, "journal", "verify", "--data", target).strip())
    return restored


def look(server):
    """What machines beside the server ask for."""
    status, _, text = server.ask("GET", "/health/ready")
    assert status == 200 and json.loads(text) == {"findings": [], "isReady": True}, text
    status, headers, text = server.ask("GET", "/metrics")
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=0.0.4")
    samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            samples[(sample.name, tuple(sorted(sample.labels.items())))] = sample.value
    intake = (("method", "POST"), ("route", "/window/intake/{code}"), ("status", "303"))
    return samples[("onewindow_journal_sealed_total", ())], samples[("onewindow_http_requests_total", intake)]


def log_is_lines(server, forbidden):
    """The log is one object a line, and nothing of anybody stands in it."""
    with open(server.log, encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if line.startswith("{")]
    entries = [json.loads(line) for line in lines]
    assert any(entry["message"] == "answered" and entry["route"] == "/window/intake" for entry in entries)
    for word in forbidden:
        assert not any(word in line for line in lines), f"{word} stands in the log"


def main():
    binary = sys.argv[1]
    batch = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory(prefix="onewindow-operations-") as folder:
        server = Server(binary, f"{folder}/data")
        run(binary, "demo", "--data", server.folder)
        server.start()
        backup, passphrase, filed = backup_under_load(server, binary, folder, batch)
        sealed, posts = look(server)
        assert sealed > 0 and posts >= filed, "the doors were counted"
        assert server.ask("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.9"})[0] == 404, "not for outside"
        log_is_lines(server, [FIRM, "13800000001", "示例内容", "林晓榕", "session="])
        server.stop()

        kept = restore(binary, backup, f"{folder}/with-keys", "--passphrase-file", passphrase)
        assert kept["dossier"] > 0
        print(run(binary, "check", "--data", f"{folder}/with-keys").strip().splitlines()[-1])
        elsewhere = Server(binary, f"{folder}/with-keys")
        elsewhere.start()
        cookie = sign_in(elsewhere, "window-jinan")
        path, form = filing(elsewhere, cookie)
        assert len(file_all(elsewhere, cookie, path, form, ["after-the-restore-1"])) == 1, "the house goes on"
        elsewhere.stop()

        restore(binary, backup, f"{folder}/without-keys")
        run(binary, "restore", backup, "--data", f"{folder}/without-keys", code=1)
        assert not os.path.exists(f"{folder}/without-keys/keys/account.secret"), "secrets come only when asked for"
        print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
