"""A review of closed files in a city that lived from a seed: opened, drawn by a checkpoint that was signed later, and drawn again from
the published list, seed and root by the script of the documents, which takes the same files. What the checkpoint's note says is the
root of the public page.

    python file_review.py BINARY [CASES]
"""
import base64
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

from house import Server, sign_in, until

FIRST, LAST = "2018-01-02", "2018-03-31"
TERMS = {"from": FIRST, "to": "2018-03-30", "sample": "10", "unit": "percent", "minutes": "1", "reviewers": "2", "gap": "10",
         "objection": "5", "mending": "5", "pass": "60", "excellent": "90"}


def post(server, session, page, action, fields):
    """Fills in the form of a page that goes to an address."""
    _, _, text = server.ask("GET", page, cookie=session)
    form = next(part for part in text.split("<form")[1:] if f'action="{action}"' in part.split(">")[0])
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', form).group(1) for name in ("csrf", "token")}
    return server.ask("POST", action, {**hidden, **fields}, session)


def opened(server, supervisor):
    """Opens a campaign; None while the house says that it still counts the days."""
    status, headers, page = post(server, supervisor, "/office/file-reviews", "/office/file-reviews", TERMS)
    if status == 409 and "期间内的案卷正在汇总" in page:
        return None
    assert status == 303, (status, re.sub(r"<[^>]+>", " ", page)[-800:])
    return urllib.parse.urlparse(headers["Location"]).path


def fact(page, name):
    """The hexadecimal text that stands beside a name."""
    return re.search(name + r".*?([0-9a-f]{64})", page, re.S).group(1)


def main():
    binary, cases = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/city"
        subprocess.run(
            [binary, "simulate", "--cases", str(cases), "--from", FIRST, "--to", LAST, "--data", data], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = Server(binary, data, {"ONEWINDOW_DEMO_CLOCK": "2018-03-30T15:00"})
        server.start()
        try:
            supervisor = sign_in(server, "supervisor")
            path = until("the figures know the days, and the list is fixed", 120, lambda: opened(server, supervisor))
            status, _, _ = post(server, supervisor, path, path + "/draw", {})
            assert status == 409, "no checkpoint gives the seed yet"
            until("the log signs, and the files are drawn", 240,
                  lambda: post(server, supervisor, path, path + "/draw", {})[0] == 303)
            _, _, public = server.ask("GET", path.replace("/office", ""))
            _, _, listed = server.ask("GET", path + "/population.txt", cookie=supervisor)
            root, seed = fact(public, "检查点根"), fact(public, "种子（十六进制）")
            note = re.search(r"<pre[^>]*>(.*?)</pre>", public, re.S).group(1).split("\n")
            assert base64.b64decode(note[2].replace("&#43;", "+")).hex() == root, "the root is that of the signed note"
            with open(folder + "/population.txt", "w", encoding="utf-8") as file:
                file.write(listed)
            campaign = path.split("/")[-1]
            said = subprocess.run(
                [sys.executable, "docs/file-review-draw.py", folder + "/population.txt", campaign, root, "10%"],
                check=True, capture_output=True, text=True).stdout.splitlines()
            assert said[0] == "digest " + fact(public, "摘要") and said[1] == "seed " + seed, said[:2]
            again = [tuple(line.split(" ")) for line in said[2:]]
            with sqlite3.connect(f"file:{data}/onewindow.sqlite?mode=ro", uri=True) as store:
                drawn = store.execute(
                    "SELECT f.body, CAST(f.body_rank AS TEXT), c.number FROM reviewed_file f JOIN file_review_case c"
                    " ON c.review = f.review AND c.dossier = f.dossier ORDER BY f.body, f.body_rank").fetchall()
            assert again == drawn and len(drawn) > 3, (again, drawn)
            assert not any(number in public for _, _, number in drawn), "no case is named in public"
            print(f"{len(drawn)} of {len(listed.splitlines())} files: the house and the script drew the same", flush=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
