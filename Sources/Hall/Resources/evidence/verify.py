#!/usr/bin/env python3
"""Verifies an evidence pack of OneWindow: python3 verify.py PACK.zip [--key KEY].

Needs nothing but Python 3 and openssl. Says what holds, ends with 0 where everything does and with 1 at the first thing that does not.
KEY is the public key of the log as the house publishes it; without it the key in the pack is believed, and said so.
"""
import base64
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

VERSION = "onewindow-evidence 1"
NOTHING = hashlib.sha256(b"").hexdigest()


class Wrong(Exception):
    """What does not hold."""


def need(holds, what):
    if not holds:
        raise Wrong(what)


def archive(content):
    """The files of the archive, which must be the very bytes that these files make: nothing stands between or behind them."""
    files, at = {}, 0
    while content[at:at + 4] == b"PK\3\4":
        size, = struct.unpack_from("<I", content, at + 18)
        length, = struct.unpack_from("<H", content, at + 26)
        name = content[at + 30:at + 30 + length].decode("ascii")
        need(re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9./_-]*", name) and ".." not in name, f"a name that is none: {name!r}")
        need(name not in files, f"twice in the archive: {name}")
        at += 30 + length
        files[name] = content[at:at + size]
        at += size
    made, central = b"", b""
    for name, data in files.items():
        head = struct.pack("<5H3IH", 20, 0x0800, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name))
        central += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<4H2I", 0, 0, 0, 0, 0, len(made)) + name.encode()
        made += b"PK\3\4" + head + b"\0\0" + name.encode() + data
    end = struct.pack("<4H2IH", 0, 0, len(files), len(files), len(central), len(made), 0)
    need(made + central + b"PK\5\6" + end == content, "the archive is not as it was made")
    return files


def note(text, key):
    """The text that the key signed (c2sp.org/signed-note)."""
    name, number, public = key.split("+", 2)
    bytes_ = base64.b64decode(public, validate=True)
    need(len(bytes_) == 33 and bytes_[0] == 1, "the key is no Ed25519 key")
    mark = hashlib.sha256(name.encode() + b"\n" + bytes_).digest()[:4]
    need(mark.hex() == number, "the number of the key is not its own")
    need("\n\n" in text and text.endswith("\n"), "no signed text")
    signed, lines = text.rsplit("\n\n", 1)
    signed += "\n"
    lines = lines.splitlines()
    need(len(lines) == 1 and text == signed + "\n" + lines[0] + "\n", "one signature and no more")
    dash, signer, signature = lines[0].split(" ")
    raw = base64.b64decode(signature, validate=True)
    need(base64.b64encode(raw).decode() == signature, "a signature in another form")
    need(dash == "\u2014" and signer == name and raw[:4] == mark and len(raw) == 68, "signed by another key")
    der = bytes.fromhex("302a300506032b6570032100") + bytes_[1:]
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, one) for one in ("key", "text", "signature")]
        for path, data in zip(paths, (der, signed.encode(), raw[4:])):
            with open(path, "wb") as file:
                file.write(data)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin", "-in", paths[1],
             "-sigfile", paths[2]], capture_output=True)
    need(done.returncode == 0, "the signature does not hold")
    return signed


def root(leaf, position, size, proof):
    """The root that an entry has with its proof (RFC 9162 section 2.1.3.2)."""
    need(0 <= position < size, "a position outside the log")
    first, last, value = position, size - 1, leaf
    for other in proof:
        need(last > 0, "a proof that is too long")
        if first & 1 or first == last:
            value = hashlib.sha256(b"\1" + other + value).digest()
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\1" + value + other).digest()
        first, last = first >> 1, last >> 1
    need(last == 0, "a proof that is too short")
    return value


def entry(name, data, size, top):
    """An entry of the journal: what it covers in clear, and what it names."""
    one = json.loads(data)
    public, inner = one["public"].encode(), bytes.fromhex(one["innerDigest"])
    if one["personal"] is None:
        need(one["salt"] is None, f"{name}: half a personal part")
        known = inner.hex() == NOTHING
    else:
        personal = base64.b64decode(one["personal"], validate=True)
        need(hashlib.sha256(bytes.fromhex(one["salt"]) + personal).digest() == inner, f"{name}: another personal part")
        public_and_personal = public + personal
        known = True
    leaf = hashlib.sha256(b"\0" + public + inner).digest()
    proof = [bytes.fromhex(step) for step in one["proof"]]
    need(root(leaf, one["position"], size, proof) == top, f"{name}: not in the log")
    said = json.loads(public)
    text = (public if one["personal"] is None else public_and_personal).decode("utf-8", "replace")
    return said["subject"], said["sequence"], set(re.findall(r"\b[0-9a-f]{64}\b", text)), known


def verify(path, trusted):
    with open(path, "rb") as file:
        files = archive(file.read())
    need({"manifest.txt", "key.txt", "checkpoint.txt"} <= set(files), "manifest, key and checkpoint must be there")
    key = files["key.txt"].decode().strip()
    need(trusted is None or key == trusted, "the key in the pack is not the key of the house")
    lines = note(files["manifest.txt"].decode(), key).splitlines()
    need(lines[0] == VERSION, f"not {VERSION}")
    number, made = lines[1], lines[2]
    listed = dict(reversed(line.split("  ", 1)) for line in lines[3:])
    need(len(listed) == len(lines) - 3 and set(listed) == set(files) - {"manifest.txt"}, "the manifest lists other files")
    for name, digest in listed.items():
        need(hashlib.sha256(files[name]).hexdigest() == digest, f"changed: {name}")
    print(f"case {number}, made {made}: {len(listed)} files are as the manifest says, signed by {key.split('+')[0]}")
    origin, count, top = note(files["checkpoint.txt"].decode(), key).splitlines()[:3]
    need(origin == key.split("+")[0], "a checkpoint of another log")
    size, top = int(count), base64.b64decode(top, validate=True)
    runs, named, forgotten, entries = {}, set(), 0, 0
    for name in sorted(one for one in files if one.startswith("journal/")):
        subject, sequence, digests, known = entry(name, files[name], size, top)
        runs.setdefault(subject, []).append(sequence)
        named |= digests
        forgotten += not known
        entries += 1
    need(entries > 0, "no entry of the journal")
    for subject, run in runs.items():
        need(sorted(run) == list(range(1, len(run) + 1)), f"entries of {subject} are missing")
    print(f"{entries} entries of {len(runs)} records are in the log of {size}, none is missing between them"
          + (f"; {forgotten} personal parts were erased" if forgotten else ""))
    kept = [name for name in files if name.startswith("files/")]
    for name in kept:
        digest = name.removeprefix("files/").split(".")[0]
        need(digest == listed[name] and digest in named, f"no entry of the journal names {name}")
    print(f"{len(kept)} files are those that the journal names")
    print("the key is the one you gave" if trusted else f"compare the key with the one that the house publishes: {key}")


def main():
    words = sys.argv[1:]
    trusted = None
    if "--key" in words[:-1]:
        at = words.index("--key")
        trusted = words[at + 1]
        del words[at:at + 2]
    if len(words) != 1:
        sys.exit(__doc__)
    try:
        verify(words[0], trusted)
    except (Wrong, ValueError, KeyError, IndexError, TypeError, struct.error, OSError) as error:
        print(f"does not hold: {error}")
        sys.exit(1)
    print("everything holds")


if __name__ == "__main__":
    main()
