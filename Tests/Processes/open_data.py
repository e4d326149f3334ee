"""The open files of a city that lived from a seed: what `onewindow open-data` writes and what `/open-data` sends are the same bytes;
Python's csv and json read the same numbers; nothing small is told, neither as it is nor by taking one column from another; the sums
of a month are those of the figures; the metadata say the columns as they are and the digest of the file.

    python open_data.py BINARY [CASES]
"""
import csv
import hashlib
import http.client
import io
import json
import pathlib
import sys
import tempfile

from figures import run
from house import Server

FIRST, LAST = "2018-01-02", "2018-03-31"
# A day after the last month, so that all of them are over.
NOW = "2018-04-02T09:00"
KEYS = ["month", "region", "body", "body_name", "item", "item_name"]
COUNTS = ["filed", "online", "accepted", "decided", "granted", "on_time", "ended", "closed", "limited"]
SUMS = ["statutory_sum", "taken_sum"]
RESTS = [("filed", "online"), ("decided", "granted"), ("decided", "on_time"), ("decided", "limited"), ("ended", "closed")]


def fetch(server, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def month_is_right(folder, month, figures):
    """One month: both forms, the metadata, what is small, and the sums."""
    content = (folder / f"figures-{month}.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    lines = [json.loads(line) for line in (folder / f"figures-{month}.jsonl").read_text("utf-8").splitlines()]
    assert [{name: str(value) for name, value in line.items()} for line in lines] == [
        {name: text for name, text in row.items() if text or name.endswith("_name")} for row in rows]
    told = json.loads((folder / f"figures-{month}.csv-metadata.json").read_text("utf-8"))
    columns = [column["name"] for column in told["tableSchema"]["columns"]]
    assert columns == KEYS + COUNTS + SUMS == list(csv.reader(io.StringIO(content.decode("utf-8"))))[0]
    assert told["@context"][0] == "http://www.w3.org/ns/csvw" and told["url"] == f"figures-{month}.csv"
    assert told["dc:identifier"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert len({tuple(row[name] for name in told["tableSchema"]["primaryKey"]) for row in rows}) == len(rows)
    for line in lines:
        for count in [line[name] for name in COUNTS if name in line] + [
                line[whole] - line[part] for whole, part in RESTS if part in line]:
            assert count == 0 or count >= 5, line
    for name in COUNTS + SUMS:
        assert not lines or name not in lines[0] or sum(line[name] for line in lines) == figures[name], (month, name)
    return len(rows)


def main():
    binary, cases = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as place:
        data, out = place + "/city", pathlib.Path(place, "open")
        if len(sys.argv) > 3:
            data = sys.argv[3]
        else:
            run(binary, "simulate", "--cases", str(cases), "--from", FIRST, "--to", LAST, "--data", data, "--json")
        figures = {line["month"]: line for line in json.loads(run(binary, "figures", "show", "--json", "--by", "month", "--data", data))}
        run(binary, "open-data", "--out", str(out), "--data", data)
        months = sorted({path.name[8:15] for path in out.iterdir()})
        assert len(list(out.iterdir())) == 3 * len(months)
        assert [month for month in figures if month <= "2018-03"] == [month for month in months if month <= "2018-03"]
        counts = [month_is_right(out, month, figures[month]) for month in months]
        assert any(counts), "a city of some hundred cases has something to tell"
        print(f"{len(months)} months, {counts} rows: safe, and their sums are the figures", flush=True)
        server = Server(binary, data, {"ONEWINDOW_DEMO_CLOCK": NOW})
        server.start()
        try:
            answer, page = fetch(server, "/open-data")
            assert answer.status == 200
            for path in sorted(out.iterdir()):
                if path.name[8:15] > "2018-03":
                    continue
                assert path.name.encode() in page, path.name
                answer, content = fetch(server, f"/open-data/{path.name}")
                assert answer.status == 200 and content == path.read_bytes(), path.name
                again, nothing = fetch(server, f"/open-data/{path.name}", {"If-None-Match": answer.getheader("ETag")})
                assert again.status == 304 and nothing == b"", path.name
            for name in ("figures-2001-01.csv", "figures-2018-04.csv", "figures-2018-03.xml", "..%2Fonewindow.sqlite"):
                assert fetch(server, f"/open-data/{name}")[0].status == 404, name
            print("the site sends the same bytes, and 304 where they are known", flush=True)
            server.stop()
        finally:
            if server.process.poll() is None:
                server.kill()
    print("ok")


if __name__ == "__main__":
    main()
