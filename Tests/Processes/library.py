"""Kills a bulk filling of the library with SIGKILL, among its records and among its ways, and goes on each time.

python3 Tests/Processes/library.py BINARY [RECORDS]. In the end every record is there once and found along every way, and
the journal and the public log verify.
"""
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile

# Records: seconds from the start. Ways: what it says, after which it is in the midst of what comes next.
SECONDS = [2.0, 3.0, 2.5]
LINES = [": names\n", ": nameWords\n", ": holders\n", ": wakes\n"]


def generate(binary, folder, count):
    return subprocess.Popen(
        [binary, "certificates", "generate", "--count", str(count), "--data", folder, "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(process, after=None, line=None):
    """Kills after so many seconds or behind a line; answers whether it was still running."""
    if line is None:
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    else:
        for said in process.stderr:
            if said.endswith(line):
                process.send_signal(signal.SIGKILL)
                break
    process.communicate()
    return process.returncode == -signal.SIGKILL


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory(prefix="onewindow-library-") as folder:
        folder += "/data"
        among = sum(killed(generate(binary, folder, count), after=seconds) for seconds in SECONDS)
        ways = sum(killed(generate(binary, folder, count), line=line) for line in LINES)
        assert among >= 1 and ways >= 2, f"only {among} and {ways} kills came in time"
        process = generate(binary, folder, count)
        out, said = process.communicate()
        assert process.returncode == 0, said[-2000:]
        assert json.loads(out.strip().split("\n")[-1])["refused"] == 0
        database = sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True)
        tables = ["certificate", "certificate_by_serial", "certificate_of_holder", "certificate_of_issuer"]
        counts = {name: database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in tables}
        assert set(counts.values()) == {count}, counts
        taken = database.execute("SELECT COUNT(*) FROM journal WHERE kind = 'certificate.imported'").fetchone()[0]
        assert taken == count, f"{taken} records in the journal"
        database.close()
        for words in (["journal", "seal"], ["journal", "verify"], ["log", "verify"]):
            subprocess.run([binary, *words, "--data", folder], check=True, stdout=subprocess.DEVNULL)
        print(f"{count} records after {among} and {ways} times SIGKILL: once each, along every way; journal and log verify")


main()
