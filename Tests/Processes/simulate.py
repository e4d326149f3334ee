"""A city that lived from a seed is a house like any other: its store is opened by `serve`, its staff sign in with their own
logins, and what waits for them stands in their lists. Only the standard library.

    python simulate.py BINARY
"""
import json
import re
import sqlite3
import subprocess
import sys
import tempfile

from house import Server, id_text, sign_in

CASES, FIRST, LAST = 300, "2018-01-02", "2018-01-31"


def simulate(binary, folder, *more):
    """What a run says of itself."""
    done = subprocess.run(
        [binary, "simulate", "--cases", str(CASES), "--from", FIRST, "--to", LAST, "--data", folder, "--json", *more],
        capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout
    assert f"{CASES} cases" in done.stderr, "the bar says how far it is"
    return json.loads(done.stdout)


def waiting(folder):
    """A case that is being examined, with the login of somebody who examines at its body."""
    with sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True) as store:
        row = store.execute(
            "SELECT id, body, region, number FROM dossier WHERE stage = 'inReview' ORDER BY due, id LIMIT 1").fetchone()
        assert row, "somebody waits for a decision on the last day"
        for staff, in store.execute("SELECT staff FROM staff_grant WHERE department = ? AND role = 'reviewer'", (row[1],)):
            holder = f"staff:{id_text(staff)}"
            found = store.execute("SELECT login FROM account_by_holder WHERE holder = ?", (holder,)).fetchone()
            if found and found[0].startswith("examine-"):
                return id_text(row[0]), row[3], found[0]
    raise AssertionError("nobody examines there")


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/city"
        said = simulate(binary, data)
        totals = said["totals"]
        assert said["findings"] == [] and said["is_repeatable"] is True, said["findings"]
        assert totals["filed"] == CASES == sum(totals["by_mode"].values()) == sum(totals["by_month"].values())
        assert totals["decided"] == totals["granted"] + totals["refused"] == totals["on_time"] + totals["late"]
        again = subprocess.run(
            [binary, "simulate", "--cases", "3", "--data", data], capture_output=True, text=True, timeout=60)
        assert again.returncode != 0 and "empty store" in again.stderr, "a city is not built over another"
        dossier, number, login = waiting(data)
        server = Server(binary, data, {"ONEWINDOW_DEMO_CLOCK": f"{LAST}T15:00"})
        server.start()
        try:
            session = sign_in(server, login)
            status, _, page = server.ask("GET", "/office", cookie=session)
            assert status == 200 and f"/office/dossiers/{dossier}" in page, "it stands in the list of work"
            status, _, page = server.ask("GET", f"/office/dossiers/{dossier}", cookie=session)
            assert status == 200 and number in page, "the case opens"
            assert re.search(r'name="csrf"', page), "something can be done to it"
            session = sign_in(server, "clerk-350100-1")
            assert server.ask("GET", "/window", cookie=session)[0] == 200
            server.stop()
        finally:
            if server.process.poll() is None:
                server.kill()
        verified = subprocess.run(
            [binary, "journal", "verify", "--data", data], capture_output=True, text=True, timeout=120)
        assert verified.returncode == 0, verified.stdout + verified.stderr
    print(f"{totals['filed']} cases, {totals['decided']} decided, {totals['certificates']} certificates: served and verified")
    print("ok")


if __name__ == "__main__":
    main()
