"""Kills the server with SIGKILL while a clerk files a thousand applications at once, and counts what is left.

python3 Tests/Processes/crash.py BINARY [FILINGS]. Every filing that was acknowledged must be there exactly once; asking
again for those that were not, with the same tokens, must bring the count to the whole; every filing has its receipt, numbered
without a gap; the journal must verify.
"""
import signal
import subprocess
import sys
import tempfile

from house import Server, demonstrate, file_all, filing, id_bytes, papers, sign_in, submitted


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory(prefix="onewindow-crash-") as folder:
        folder += "/data"
        demonstrate(binary, folder)
        server = Server(binary, folder)
        server.start()
        cookie = sign_in(server, "window-jinan")
        path, form = filing(server, cookie)
        before = len(submitted(folder))
        tokens = [f"crash-test-token-{number:06d}" for number in range(count)]
        acknowledged = file_all(server, cookie, path, form, tokens, stop_after=count // 2)
        assert server.process.returncode == -signal.SIGKILL, "the server was killed in the middle"
        assert count // 2 <= len(acknowledged) < count, f"{len(acknowledged)} were acknowledged before the kill"
        server.start()
        counts = submitted(folder)
        lost = [token for token, dossier in acknowledged.items() if counts.get(id_bytes(dossier)) != 1]
        assert not lost, f"{len(lost)} acknowledged filings are lost or doubled"
        again = file_all(server, cookie, path, form, tokens)
        assert len(again) == count, f"only {len(again)} of {count} answered after the restart"
        moved = [token for token, dossier in acknowledged.items() if again[token] != dossier]
        assert not moved, "the same token gets the same answer"
        counts = submitted(folder)
        assert len(counts) - before == count and set(counts.values()) == {1}, "each filing is there exactly once"
        server.stop()
        subprocess.run([binary, "papers", "check", "--data", folder], check=True)
        receipts = papers(folder, "receipt")
        assert receipts == list(range(1, len(receipts) + 1)) and len(receipts) >= count, "receipts are numbered without a gap"
        subprocess.run([binary, "journal", "seal", "--data", folder], check=True)
        subprocess.run([binary, "journal", "verify", "--data", folder], check=True)
        print(f"{len(acknowledged)} of {count} filings were acknowledged before SIGKILL; all are there once, none twice")
        print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
