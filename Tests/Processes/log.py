"""The public log of certificates from real processes: killed between any two steps it comes to the same log; Go's
sumdb/note and sumdb/tlog agree with it, and pymerkle comes to the same roots.

python3 Tests/Processes/log.py BINARY FILES, where FILES is the folder that LogDoorTests wrote.
"""
import base64
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from pymerkle import InmemoryTree

from house import Server, demonstrate

GO = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}


def run(*words, code=0):
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    return done.stdout if code == 0 else done.stderr


def build(folder):
    source = str(pathlib.Path(__file__).parent / "logcheck" / "main.go")
    environment = {**os.environ, **GO, "GOCACHE": f"{folder}/go"}
    subprocess.run(["go", "build", "-o", f"{folder}/logcheck", source], check=True, env=environment)
    return f"{folder}/logcheck"


def roots(files):
    """The roots of the served lines, by a third program, against those of both checkpoints."""
    tree = InmemoryTree(algorithm="sha256")
    bundles = [path for path in pathlib.Path(f"{files}/log/tile/entries").rglob("*") if path.is_file()]
    for bundle in sorted(bundles):
        rest = bundle.read_bytes()
        while rest:
            length = int.from_bytes(rest[:2], "big")
            tree.append_entry(rest[2:2 + length])
            rest = rest[2 + length:]
    for name in ("older", "log"):
        _, size, root, *_ = pathlib.Path(f"{files}/{name}/checkpoint").read_text(encoding="utf-8").split("\n")
        assert base64.b64encode(tree.get_root(int(size))).decode() == root, f"pymerkle has another root of {size}"
    print(f"pymerkle comes to the same roots of {tree.get_size()} lines")


def killed(binary, data, seconds):
    """Starts to bring the log up to date and is killed after so long; answers whether it got to its end before."""
    process = subprocess.Popen(
        [binary, "log", "checkpoint", "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return True
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return False


def main():
    binary, files = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        check = build(folder)
        # The files that the doors served, and an older checkpoint.
        print(run(check, f"{files}/log", pathlib.Path(f"{files}/key").read_text().strip(), f"{files}/proof",
                  f"{files}/older").strip())
        roots(files)
        data = f"{folder}/house"
        demonstrate(binary, data)
        shutil.copytree(data, f"{folder}/calm")
        started = time.monotonic()
        calm = run(binary, "log", "checkpoint", "--data", f"{folder}/calm")
        whole = time.monotonic() - started
        dice, deaths = random.Random(11), 0
        for _ in range(12):
            deaths += not killed(binary, data, dice.uniform(0.3, 1.0) * whole)
            # A lease of a process that died runs out; nobody waits for it here.
        time.sleep(31)
        assert run(binary, "log", "checkpoint", "--data", data) == calm, "after any number of deaths it is the same log"
        print(f"{deaths} of 12 processes were killed; the checkpoint is the same, byte for byte")
        print(run(binary, "log", "verify", "--data", data).strip())

        key = run(binary, "log", "checkpoint", "--key", "--data", data).strip()
        server = Server(binary, data)
        server.start()
        address = f"http://127.0.0.1:{server.port}/log/certificates"
        status, headers, text = server.ask("GET", "/log/certificates/checkpoint")
        assert status == 200 and text == calm and headers["Content-Type"] == "text/plain; charset=utf-8"
        assert server.ask("GET", "/log/certificates/key")[2].strip() == key
        status, _, proof = server.ask("GET", "/api/v1/log/entries/0/proof")
        assert status == 200
        pathlib.Path(f"{folder}/0.tlog-proof").write_text(proof, encoding="utf-8")
        print(run(check, address, key, f"{folder}/0.tlog-proof").strip())
        server.stop()
        print(run(binary, "log", "check", f"{folder}/0.tlog-proof", "--key", key).strip())
        pathlib.Path(f"{folder}/0.tlog-proof").write_text(proof.replace("index 0", "index 1"), encoding="utf-8")
        assert "certificate-log.not-included" in run(
            binary, "log", "check", f"{folder}/0.tlog-proof", "--key", key, code=1)


main()
