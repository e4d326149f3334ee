"""The worked examples of docs/api/examples.md, run as they stand.

python3 Tests/Processes/examples.py BINARY. The blocks of shell are one script; each command must succeed.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from house import Server, demonstrate

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "api" / "examples.md"


def main():
    binary, text = sys.argv[1], PAGE.read_text()
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    with tempfile.TemporaryDirectory(prefix="onewindow-examples-") as top:
        folder = f"{top}/data"
        demonstrate(binary, folder)
        secrets = {}
        # The commands with which the partners are taken in stand in the page, too.
        for line in re.findall(r"^onewindow (partners .*) --data DIR$", text, re.M):
            words = line.split()
            said = subprocess.run([binary, *words, "--data", folder], check=True, capture_output=True, text=True).stdout
            if words[1] == "add":
                secrets[words[2].upper() + "_SECRET"] = said.strip()
        server = Server(binary, folder)
        server.start()
        try:
            script = "set -euo pipefail\n" + "\n".join(f"echo '== block {n}'\n{block}" for n, block in enumerate(blocks, 1))
            done = subprocess.run(
                ["bash", "-c", script], cwd=top, capture_output=True, text=True, timeout=300,
                env={**os.environ, **secrets, "HOUSE": f"http://127.0.0.1:{server.port}/api/v1"})
            assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
            for expected in ("/answers/shoeSize", "application.incomplete", "ended closed", "ofd ", " dossier.closed "):
                assert expected in done.stdout, (expected, done.stdout)
            server.stop()
        finally:
            if server.process.poll() is None:
                server.kill()
    print(f"{len(blocks)} blocks of examples ran as they stand")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
