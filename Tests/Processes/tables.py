"""The catalogue out and in as a spreadsheet, held by openpyxl, which others wrote, and as CSV, JSON and YAML.

python3 Tests/Processes/tables.py BINARY.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

FORMATS = ["xlsx", "csv", "json", "yaml"]
# Guides that ship, and items of the real list that were completed.
ITEMS = ["road-freight", "special-working-hours", "food-business-licence", "350105001000", "350105002001"]


class House:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def run(self, *words, fails=False):
        done = subprocess.run(
            [self.binary, *words, "--data", self.folder], capture_output=True, text=True, encoding="utf-8")
        assert (done.returncode != 0) == fails, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
        return done.stdout if not fails else done.stdout + done.stderr

    def out(self, path, *slugs):
        self.run("catalogue", "export", path, *[word for slug in slugs for word in ("--slug", slug)])
        with open(path, "rb") as file:
            return file.read()

    def take(self, path, fails=False):
        return json.loads(self.run("catalogue", "import", path, "--json", fails=fails).split("\n")[0])

    def refuse(self, path, code):
        said = self.run("catalogue", "import", path, fails=True)
        assert code in said, f"{code} expected: {said}"


def said(value):
    """A value without what is null: it says the same as what is missing."""
    if isinstance(value, dict):
        return {name: said(member) for name, member in value.items() if member is not None}
    return [said(item) for item in value] if isinstance(value, list) else value


def table(path):
    """The rows of the table as openpyxl reads them."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [["" if cell is None else cell for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


def agree(folder, house):
    """openpyxl reads the workbook, and the same stands in the other table."""
    house.out(f"{folder}/all.xlsx", *ITEMS)
    house.out(f"{folder}/all.csv", *ITEMS)
    rows = table(f"{folder}/all.xlsx")
    assert all(isinstance(cell, str) for row in rows for cell in row), "every cell is text: no code loses its noughts"
    with open(f"{folder}/all.csv", encoding="utf-8-sig", newline="") as file:
        others = list(csv.reader(file))
    assert len(rows) == len(others) > 1000, f"{len(rows)} rows, {len(others)} in the other table"
    place = rows[0].index("路径")
    assert [row[place] for row in rows] == [row[place] for row in others]
    book = openpyxl.load_workbook(f"{folder}/all.xlsx")
    assert book.sheetnames[1] == "说明" and book.worksheets[0].freeze_panes == "A2"
    assert house.out(f"{folder}/again.xlsx", *ITEMS) == open(f"{folder}/all.xlsx", "rb").read(), "equal sheets, equal bytes"


def travel(folder, binary, house):
    """Into an empty house by each format, and out again: nothing is lost."""
    whole = said(json.loads(house.out(f"{folder}/all.json", *ITEMS)))
    for form in FORMATS:
        house.out(f"{folder}/all.{form}", *ITEMS)
        other = House(binary, f"{folder}/house-{form}")
        os.mkdir(other.folder)
        other.run("migrate")
        done = other.take(f"{folder}/all.{form}")
        assert done["added"] == len(ITEMS) and done["refused"] == [], f"{form}: {done}"
        back = said(json.loads(other.out(f"{folder}/back.json", *ITEMS)))
        assert back == whole, f"{form}: what came back is what went out"
        same = other.take(f"{folder}/all.{form}")
        assert same["same"] == len(ITEMS) and same["changed"] == 0, f"{form}: {same}"


def edit(folder, house):
    """Somebody changes a cell in a spreadsheet, paints it, comments on it, and takes the file in."""
    path = f"{folder}/all.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    item, where, what = (head.index(name) + 1 for name in ("事项", "路径", "内容"))

    def cell(slug, path):
        row = next(r for r in range(2, sheet.max_row + 1)
                   if sheet.cell(r, item).value == slug and sheet.cell(r, where).value == path)
        return sheet.cell(row, what)

    changed = cell("road-freight", "promisedLimit.value")
    assert changed.value == "6"
    changed.value = 5
    changed.font = Font(bold=True)
    changed.comment = Comment("缩短", "编辑")
    wrong = cell("food-business-licence", "itemType")
    wrong.value = "77"
    sheet.append(["special-working-hours", "", "", "colour", "红"][:len(head)])
    book.save(f"{folder}/edited.xlsx")
    done = house.take(f"{folder}/edited.xlsx", fails=True)
    assert done["changed"] == 1 and done["same"] == len(ITEMS) - 3, done
    assert {(row["item"], row["code"], row["line"]) for row in done["refused"]} == {
        ("food-business-licence", "sheets.unknown-code", wrong.row),
        ("special-working-hours", "sheets.unknown-path", sheet.max_row)}, done["refused"]
    after = json.loads(house.out(f"{folder}/after.json", "road-freight"))["sheets"][0]
    assert after["values"]["promisedLimit"]["value"] == 5


def refusals(folder, house):
    """What a spreadsheet can do that a table cannot mean is refused by its name, and nothing is taken in."""
    before = house.out(f"{folder}/before.json", *ITEMS)

    def change(name, deed, code):
        book = openpyxl.load_workbook(f"{folder}/all.xlsx")
        deed(book.worksheets[0])
        book.save(f"{folder}/{name}.xlsx")
        house.refuse(f"{folder}/{name}.xlsx", code)

    change("merged", lambda sheet: sheet.merge_cells("A2:A3"), "workbook.merged-cells")
    change("formula", lambda sheet: sheet.cell(2, 5, "=1+1"), "workbook.formula")
    change("head", lambda sheet: sheet.cell(1, 4, "别处"), "table.column-missing")
    with open(f"{folder}/text.xlsx", "wb") as file:
        file.write(b"no workbook")
    house.refuse(f"{folder}/text.xlsx", "zip.not-an-archive")
    with open(f"{folder}/gb.csv", "wb") as file:
        file.write("事项,路径,内容\nroad-freight,resultName.zh,许可证\n".encode("gb18030"))
    house.refuse(f"{folder}/gb.csv", "table.encoding")
    with open(f"{folder}/cell.csv", "w", encoding="utf-8") as file:
        file.write("事项,路径,内容\nroad-freight,resultName.zh," + "长" * 4_000_000 + "\n")
    house.refuse(f"{folder}/cell.csv", "table.field-too-large")
    assert house.out(f"{folder}/after.json", *ITEMS) == before, "nothing is half imported"


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="onewindow-tables-") as folder:
        house = House(binary, f"{folder}/city")
        house.run("demo")
        agree(folder, house)
        travel(folder, binary, house)
        edit(folder, house)
        refusals(folder, house)
    print("ok   sheets went out and in as xlsx, csv, json and yaml; openpyxl reads and writes them; wrong rows are refused alone")


if __name__ == "__main__":
    main()
