"""The schema of every form, as a server answers it, against a validator that others made (jsonschema): it takes the forms that the
house takes and refuses those that the house refuses.

python3 Tests/Processes/forms.py BINARY CASES, where CASES is what `FORM_CASES=CASES swift test --filter FormSchemaTests` wrote.
"""
import json
import sys
import tempfile

from jsonschema import Draft202012Validator

from house import Server, demonstrate


def schema_of(server, code):
    """The schema, and that what did not change is not sent twice."""
    path = f"/api/v1/items/{code}/form"
    status, headers, text = server.ask("GET", path)
    assert status == 200 and headers["Content-Type"] == "application/schema+json", f"{code}: {status}"
    status, _, rest = server.ask("GET", path, headers={"If-None-Match": headers["ETag"]})
    assert status == 304 and not rest, f"{code}: {status} for its own ETag"
    schema = json.loads(text)
    item = json.loads(server.ask("GET", f"/api/v1/items/{code}")[2])
    assert schema["x-item"] == {name: item[name] for name in ("code", "version", "digest", "effectiveDate")}
    Draft202012Validator.check_schema(schema)
    return schema


def main():
    binary, cases = sys.argv[1:]
    with open(cases) as file:
        forms = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        demonstrate(binary, folder)
        server = Server(binary, folder)
        server.start()
        try:
            good = bad = beyond = 0
            for code, instances in sorted(forms.items()):
                validator = Draft202012Validator(schema_of(server, code))
                for case in instances:
                    taken = validator.is_valid(case["instance"])
                    assert taken == (case["isGood"] or case["isBeyondSchema"]), f"{code}: {case['why']}: {taken}"
                    good += case["isGood"]
                    bad += not case["isGood"]
                    beyond += case["isBeyondSchema"]
            status, _, text = server.ask("GET", "/api/v1/items/1/form")
            assert status == 404 and "catalogue.item-not-found" in text, text
        finally:
            server.stop()
    print(f"ok   {len(forms)} schemas: {good} good forms are taken, {bad - beyond} bad ones are not, {beyond} are wrong in a check "
          "character alone, which no schema counts")


if __name__ == "__main__":
    main()
