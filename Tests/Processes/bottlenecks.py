"""Where the time goes, told twice: what the program counted of the ways of closed cases, and a recount of the journal in Python
that knows nothing of it: the steps each case went through, how long it was in each by the office's hours and by the calendar, in
first and in later rounds, and the variants. Counted again from nothing the program says the same.

    python bottlenecks.py BINARY [CASES]
"""
import csv
import datetime
import json
import pathlib
import sqlite3
import sys
import tempfile

from figures import CST, run

FIRST, LAST = "2018-01-02", "2018-03-31"
A_DAY = 7 * 1440
HOURS = ((540, 720), (780, 1020))
HOLIDAYS = pathlib.Path(__file__).parents[2] / "Sources/Vocabulary/Resources/holidays_cn_2018_2026.csv"
ENDS = {"dossier.closed": "closed", "dossier.declined": "declined", "dossier.withdrawn": "withdrawn",
        "dossier.terminated": "terminated", "dossier.lapsed": "lapsed", "dossier.tolerance-lapsed": "toleranceLapsed"}
HERS = ("mending", "originals", "correction", "supplement", "hand-over")
STAGES = {"dossier.pre-review-returned": "mending", "dossier.resubmitted": "pre-review", "dossier.pre-review-passed": "originals",
          "dossier.received": "acceptance", "dossier.correction-requested": "correction", "dossier.corrected": "acceptance",
          "dossier.review-passed": "decision", "dossier.issued": "hand-over", "dossier.handed-over": "closing"}


class Calendar:
    """The working days of 2018, and how much of one is gone at an instant."""

    def __init__(self):
        with open(HOLIDAYS, encoding="utf-8", newline="") as file:
            self.kinds = {row["date"]: row["kind"] for row in csv.DictReader(file)}
        self.before, count = {}, 0
        for number in range(800):
            day = datetime.date(2017, 12, 25) + datetime.timedelta(number)
            self.before[day] = count
            count += self.works(day)

    def works(self, day):
        return self.kinds.get(day.isoformat(), "work" if day.weekday() < 5 else "off") == "work"

    def gone(self, at):
        moment = datetime.datetime.fromtimestamp(at // 1000, CST)
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        parts = self.before[day] * A_DAY
        if self.works(day):
            parts += A_DAY * sum(min(max(minute, start), end) - start for start, end in HOURS) // sum(b - a for a, b in HOURS)
        return parts


def way(entries):
    """The steps of one case: from which instant, which step, whether somebody had it, and the step's own limit in days."""
    said = json.loads(entries[0][2])
    terms = said["terms"]
    steps = (terms.get("procedure") or {}).get("steps") or []
    limits = {step["id"]: step.get("ownDays") for step in steps}
    stands, stage, step, procedure, hearing, holder, asked, lagging = [], None, steps[0]["id"] if steps else "", None, None, None, False, set()
    for at, kind, body in entries:
        body = json.loads(body)
        if kind == "dossier.submitted":
            stage = "pre-review" if said["mode"] in PRE_REVIEWED else "originals"
        elif kind in STAGES:
            stage, holder = STAGES[kind], None if kind == "dossier.review-passed" else holder
        elif kind in ("dossier.accepted", "dossier.returned-to-reviewer"):
            stage, holder = "examination", None
        elif kind in ("dossier.step-passed", "dossier.step-sent-back"):
            stage, holder, step = "examination", None, body.get("next") or body.get("to")
        elif kind in ("dossier.taken", "dossier.assigned"):
            holder = True
        elif kind == "dossier.given-back":
            holder = None
        elif kind in ("dossier.granted", "dossier.refused", "dossier.renewed-by-silence"):
            stage, holder = "making", None
        elif kind == "dossier.tolerance-granted":
            lagging = set(body["lagging"])
        elif kind == "dossier.tolerance-supplied":
            lagging = set()
        elif kind == "dossier.special-begun":
            procedure = body["procedure"]
        elif kind == "dossier.special-ended":
            procedure = None
        elif kind in ("dossier.opinions-asked", "dossier.opinions-closed"):
            asked = kind.endswith("asked")
            if body.get("next"):
                stage, holder, step = "examination", None, body["next"]
        elif kind in ("dossier.hearing-told", "dossier.hearing-requested"):
            hearing = True
        elif kind in ("dossier.hearing-held", "dossier.hearing-waived"):
            hearing = None
        if stands and stands[-1][0] == at and (len(stands) > 1 or kind not in ENDS):
            stands.pop()
        if kind in ENDS:
            return said, stands, at, ENDS[kind]
        name, limit = stage, None
        if stage in ("examination", "decision"):
            if procedure or hearing:
                name = "procedure:" + (procedure or "hearing")
            elif stage == "examination":
                name, limit = "examination" + (":" + step if step else ""), limits.get(step)
        elif stage == "making" and lagging:
            name = "supplement"
        stands.append((at, name, bool(holder or asked or procedure or hearing), limit))
    return None


PRE_REVIEWED = set()


def recount(folder, calendar):
    """By step the sums of every closed case, and by variant how many there were and how long they took."""
    steps, variants = {}, {}
    with sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True) as store:
        rows = store.execute(
            "SELECT subject, at, kind, body FROM journal WHERE kind LIKE 'dossier.%' ORDER BY subject, sequence").fetchall()
    lives = {}
    for subject, at, kind, body in rows:
        lives.setdefault(subject, []).append((at, kind, body))
    # Which ways of filing are reviewed first shows in what followed: nothing else passes or returns a pre-review.
    for entries in lives.values():
        if any(kind.startswith("dossier.pre-review") for _, kind, _ in entries):
            PRE_REVIEWED.add(json.loads(entries[0][2])["mode"])
    for entries in lives.values():
        found = way(entries)
        if found is None:
            continue
        _, stands, end, how = found
        path, sums, main = [], {}, None
        for place, (at, name, held, limit) in enumerate(stands):
            until = stands[place + 1][0] if place + 1 < len(stands) else end
            line = sums.setdefault(name, dict.fromkeys(
                ("rounds", "wait_parts", "wait_minutes", "work_parts", "work_minutes", "again_parts", "again_minutes"), 0))
            if not path or path[-1] != name:
                line["rounds"] += main != name
                main = main if name.startswith("procedure") else name
                path.append(name)
            sort = "again" if line["rounds"] > 1 else "work" if held and name not in HERS else "wait"
            line[sort + "_parts"] += calendar.gone(until) - calendar.gone(at)
            line[sort + "_minutes"] += until // 60000 - at // 60000
            line["limit"] = limit or line.get("limit")
        for name, line in sums.items():
            whole = steps.setdefault(name, {})
            limit = line.pop("limit")
            over = max(0, line["wait_parts"] + line["work_parts"] - limit * A_DAY) if limit else 0
            for figure, amount in (*line.items(), ("cases", 1), ("again_cases", int(line["rounds"] > 1)),
                                   ("limited", int(bool(limit))), ("over_parts", over)):
                whole[figure] = whole.get(figure, 0) + amount
        line = variants.setdefault(">".join(path + [how]), [0, 0, 0])
        line[0] += 1
        line[1] += calendar.gone(end) - calendar.gone(stands[0][0])
        line[2] += end // 60000 - stands[0][0] // 60000
    return steps, variants


def main():
    binary, cases = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/city"
        if len(sys.argv) > 3:
            data = sys.argv[3]
        else:
            run(binary, "simulate", "--cases", str(cases), "--from", FIRST, "--to", LAST, "--data", data, "--json")
        said = run(binary, "figures", "bottlenecks", "--json", "--data", data)
        found = json.loads(said)
        steps, variants = recount(data, Calendar())
        assert {line["step"] for line in found["steps"]} == set(steps), (found["steps"], steps.keys())
        for line in found["steps"]:
            for figure, amount in steps[line["step"]].items():
                assert line[figure] == amount, (line["step"], figure, line[figure], amount)
            bands = sum(amount for name, amount in line.items() if name.startswith("band_"))
            assert bands == line["cases"], line
            parts = [part for part in found["parts"] if part["step"] == line["step"]]
            assert sum(part["cases"] for part in parts) == line["cases"]
        print(f"{len(steps)} steps: rounds, waiting, working and doing again agree with a recount of the journal", flush=True)
        told = {line["variant"]: [line["cases"], line["parts"], line["minutes"]] for line in found["variants"]}
        assert told == variants, set(told.items()) ^ set(variants.items())
        assert found["whole"]["cases"] == sum(line[0] for line in variants.values())
        print(f"{len(variants)} variants of {found['whole']['cases']} cases agree", flush=True)
        changes(found)
        run(binary, "figures", "recount", "--data", data)
        assert run(binary, "figures", "bottlenecks", "--json", "--data", data) == said, "counted again they are the same"
    print("ok")


def changes(found):
    """What to change first can be worked out again from the sums that are shown."""
    parts = {(line["item"], line["body"], line["step"]): line for line in found["parts"]}
    assert found["changes"], "a city of some hundred cases has something to change"
    saved = [change["saved"] for change in found["changes"]]
    assert saved == sorted(saved, reverse=True)
    for change in found["changes"]:
        line = parts[change["item"], change["body"], change["step"]]
        if change["cause"] in ("limit", "again"):
            assert change["saved"] == line["over_parts" if change["cause"] == "limit" else "again_parts"], change
            continue
        figure = "wait_parts" if change["cause"] == "queue" else "work_parts"
        rest = change["reference"]
        bodies = [parts[change["item"], body, change["step"]] for body in rest["bodies"]]
        assert rest["parts"] == sum(body[figure] for body in bodies) and rest["cases"] == sum(body["cases"] for body in bodies)
        others = [other for (item, _, step), other in parts.items()
                  if (item, step) == (change["item"], change["step"]) and other["cases"] >= 5]
        assert len(bodies) == -(-len(others) // 4)
        assert change["saved"] == (line[figure] * rest["cases"] - rest["parts"] * line["cases"]) // rest["cases"], change
    print(f"{len(saved)} changes can be worked out again", flush=True)


if __name__ == "__main__":
    main()
