"""A 47th element by one declaration in one file, in a test build, through every channel.

python3 Tests/Processes/element47.py BINARY: the debug build that BINARY lies in is linked once more with the catalogue's
room compiled from a copy of its sources, in which one file declares one more element. Everything else is the build as it
is. What the two programs say is compared.
"""
import filecmp
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from house import Server, demonstrate, sign_in

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOM = os.path.join(ROOT, "Sources", "Catalogue")
FILE = "GuideElement+Service.swift"
KEY, LABEL, NOTE = "barrierFreeService", "无障碍服务", "大厅东门有坡道，可以预约手语翻译"
DECLARATION = """
        GuideElement(
            further: "E47", "barrierFreeService", Bilingual("无障碍服务", "Barrier-free service"), .optional, in: .service,
            .record([
                .init("ramp", "有坡道", "Ramp", .flag), .init("note", "说明", "Note", .bilingual(max: 200)),
            ])),
"""
SLUG = "road-freight"


def manifest(binary):
    """The commands of the build that made the program, as it wrote them down: the words of one by its name."""
    scratch = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(binary))))
    text = open(os.path.join(scratch, "debug.yaml"), encoding="utf-8").read()

    def command(pattern):
        entry = re.search(rf'\n  "{pattern}":\n(.*?)\n\n', text, re.S)
        words = re.search(r"\n    args: (\[.*?\])(?:\n|$)", "\n" + entry.group(1)).group(1)
        return json.loads(words)

    return command


def without(words, *names):
    """A command without some options and their values."""
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in names:
            skip = True
        else:
            kept.append(word)
    return kept


def build(folder, binary):
    """The program with one more element; and how many files of the room differ."""
    room = os.path.join(folder, "Catalogue")
    shutil.copytree(ROOM, room)
    path = os.path.join(room, FILE)
    source = open(path, encoding="utf-8").read()
    place = source.index("    ]\n\n    private static func visitLines")
    open(path, "w", encoding="utf-8").write(source[:place] + DECLARATION.lstrip("\n") + source[place:])
    differing = [
        name for at, _, names in os.walk(ROOM) for name in names
        if not filecmp.cmp(os.path.join(at, name), os.path.join(room, os.path.relpath(at, ROOM), name), shallow=False)]
    command = manifest(binary)
    words = command(r"C\.Catalogue-[^\"]*-debug\.module")
    listed = next(word[1:] for word in words if word.startswith("@") and word.endswith("sources"))
    own = os.path.join(folder, "sources")
    names = [line.strip().strip("'\"") for line in open(listed, encoding="utf-8").read().splitlines()]
    with open(own, "w", encoding="utf-8") as out:
        for name in names:
            out.write(f"'{name.replace(ROOM, room)}'\n")
    objects = os.path.join(folder, "objects")
    os.mkdir(objects)
    words = without(
        words, "-output-file-map", "-index-store-path", "-emit-module-path", "-emit-objc-header-path")
    words = [f"@{own}" if word == f"@{listed}" else word for word in words]
    drop = {"-emit-module", "-emit-dependencies", "-incremental", "-parseable-output", "-emit-objc-header",
            "-serialize-diagnostics"}
    subprocess.run([word for word in words if word not in drop], cwd=objects, check=True)
    # Every other object is the one of the build.
    link = command(r"C\.onewindow-[^\"]*-debug\.exe")
    listed = next(word[1:] for word in link if word.startswith("@") and word.endswith("LinkFileList"))
    own = os.path.join(folder, "objects.list")
    compiled = {name for name in os.listdir(objects)}
    taken = set()
    with open(own, "w", encoding="utf-8") as out:
        for line in open(listed, encoding="utf-8").read().splitlines():
            name = line.strip().strip("'\"")
            if os.sep + "Catalogue.build" + os.sep in name:
                short = os.path.basename(name)
                plain = short.replace(".swift.o", ".o")
                if plain in compiled:
                    taken.add(plain)
                    name = os.path.join(objects, plain)
            out.write(f"'{name}'\n")
    assert taken == compiled, f"an object has no place: {compiled - taken}"
    more = os.path.join(folder, "onewindow")
    link = [f"@{own}" if word == f"@{listed}" else word for word in link]
    link[link.index("-o") + 1] = more
    subprocess.run(link, cwd=folder, check=True)
    return more, differing


def edit(server):
    """The new element is filled in by the form that its shape makes, reviewed by somebody else, and published."""
    editor, reviewer = sign_in(server, "editor"), sign_in(server, "editor-review")
    sheet = f"/office/catalogue/{SLUG}"

    def send(cookie, deed, fields, on=sheet):
        _, _, page = server.ask("GET", on, cookie=cookie)
        found = re.search(rf'<form [^>]*action="{re.escape(sheet + deed)}".*?</form>', page, re.S)
        assert found, f"no form for {deed}: {re.findall(r'banner-title.>([^<]+)</p>(.{0,300})', page, re.S)}"
        form = found.group(0)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        status, _, answer = server.ask("POST", sheet + deed, {**hidden, **fields}, cookie)
        assert status == 303, f"{deed}: {status} {re.findall('banner-title.>([^<]+)', answer)}"

    field = f"/fields/{KEY}"
    _, _, page = server.ask("GET", sheet + field, cookie=editor)
    assert f'name="{KEY}.ramp"' in page and f'name="{KEY}.note.zh"' in page, "the editor has a form for it"
    send(editor, field, {f"{KEY}.ramp": "true", f"{KEY}.note.zh": NOTE, f"{KEY}.note.en": "A ramp at the east gate"},
         on=sheet + field)
    _, _, page = server.ask("GET", sheet, cookie=editor)
    assert NOTE in page, "the sheet and the differences show it"
    send(editor, "/submission", {})
    send(reviewer, "/approval", {})
    _, _, page = server.ask("GET", sheet, cookie=reviewer)
    send(reviewer, "/publication", {"from": re.search(r'name="from"[^>]*value="([0-9-]+)"', page).group(1)})


def elements(server, code):
    status, _, text = server.ask("GET", f"/items/{code}/guide.json")
    assert status == 200
    return json.loads(text)["elements"]


def code(server):
    """An item of the sheet."""
    _, _, page = server.ask("GET", f"/items?item={SLUG}&place=350111")
    return re.search(r'href="/items/([0-9A-Z]{31,33})"', page).group(1)


def check(server, item):
    """Every channel has it, once it is published."""
    _, _, page = server.ask("GET", f"/items/{item}")
    assert LABEL in page and NOTE in html.unescape(page), "the guide's page"
    _, _, page = server.ask("GET", f"/items/{item}", cookie="look=en")
    assert "Barrier-free service" in page and "A ramp at the east gate" in page, "the guide's page in English"
    paper = subprocess.run(
        ["pdftotext", "-", "-"], check=True, capture_output=True,
        input=urllib.request.urlopen(f"http://127.0.0.1:{server.port}/items/{item}/guide.pdf").read()).stdout.decode()
    assert LABEL in paper and NOTE in paper.replace("\n", ""), "the print"
    status, _, text = server.ask("GET", f"/api/v1/items/{item}")
    assert status == 200 and NOTE in text, "the interface for programs"


def compare(server, item, before):
    """What the program with the further element says, before and after the element is filled in."""
    unfilled = elements(server, item)
    assert unfilled[:46] == before and unfilled[46]["id"] == "E47" and unfilled[46]["lines"] == []
    edit(server)
    after = elements(server, item)
    assert after[:46] == before, "the 46 are as they were"
    assert NOTE in "".join(line["zh"] for line in after[46]["lines"])
    check(server, item)


def main(binary):
    with tempfile.TemporaryDirectory(prefix="onewindow-47-") as folder:
        more, differing = build(folder, binary)
        assert differing == [FILE], f"one file is touched, not {differing}"
        data = os.path.join(folder, "data")
        demonstrate(binary, data)
        server = Server(binary, data)
        server.start()
        item = code(server)
        before = elements(server, item)
        server.stop()
        assert len(before) == 46 and all(one["key"] != KEY for one in before)
        # The same house, opened by the program with the further element.
        server = Server(more, data)
        server.start()
        try:
            compare(server, item, before)
        finally:
            server.stop()
        exported = os.path.join(folder, "sheet.csv")
        subprocess.run([more, "catalogue", "export", exported, "--slug", SLUG, "--data", data], check=True, capture_output=True)
        with open(exported, encoding="utf-8-sig") as file:
            assert f"{KEY}.note.zh,{NOTE}" in file.read(), "the table of sheets"
        taken = json.loads(subprocess.run(
            [more, "catalogue", "import", exported, "--data", data, "--json"], check=True, capture_output=True).stdout)
        assert taken["same"] == 1 and taken["refused"] == [], "and back"
        report = json.loads(
            subprocess.run([more, "catalogue", "lint", "--data", data, "--json"], check=True, capture_output=True).stdout)
        assert report["errors"] == 0
    print("a 47th element touched one file and came through every channel")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
