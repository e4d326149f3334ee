"""Sealed OFD files as programs of others see them: their text (ofdkit), their picture (easyofd), their code (ZXing), their
fonts (fontTools), their signatures (gmssl). The folder holds files of the tests, each with its texts and the sealer's key beside it.
    ofd.py FOLDER"""
import base64
import glob
import hashlib
import io
import json
import os
import re
import sys
import zipfile

os.environ["LOGURU_LEVEL"] = "ERROR"  # easyofd tells everything it does

import gmssl_pyx
import ofdkit
import zxingcpp
from easyofd import OFD
from fontTools.ttLib import TTFont as FontFile
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SONG = "/usr/share/fonts/truetype/arphic/uming.ttc"


def node(der, at):
    """Where the content of a DER value begins and where it ends."""
    length, start = der[at + 1], at + 2
    if length >= 0x80:
        count = length & 0x7F
        length, start = int.from_bytes(der[start:start + count], "big"), start + count
    return start, start + length


def children(der, at):
    start, end = node(der, at)
    places = []
    while start < end:
        places.append(start)
        start = node(der, start)[1]
    return places


def signatures(value, key, maker):
    """Both signatures of a SignedValue.dat, over the bytes as they stand."""
    def whole(at):
        return value[at:node(value, at)[1]]

    def bits(at):
        start, end = node(value, at)
        return value[start + 1:end]

    signed, _, _, signature = children(value, 0)[:4]
    assert gmssl_pyx.sm2_verify(key, whole(signed), bits(signature)), "the sealer's signature"
    info, _, _, made = children(value, children(value, signed)[1])
    assert gmssl_pyx.sm2_verify(maker, whole(info), bits(made)), "the seal maker's signature"
    changed = bytearray(whole(signed))
    changed[-1] ^= 1
    assert not gmssl_pyx.sm2_verify(key, bytes(changed), bits(signature)), "another text"


def fonts(package, page):
    """Every character that is written has a picture in the font that its object names."""
    tables = {}
    for number, text in re.findall(r'<ofd:TextObject [^>]*Font="(\d+)".*?<ofd:TextCode[^>]*>([^<]*)<', page):
        if number not in tables:
            font = FontFile(io.BytesIO(package.read(f"Doc_0/Res/font_{number}.ttf")))
            tables[number] = font.getBestCmap(), font["glyf"]
        characters, glyphs = tables[number]
        for character in text.replace("&amp;", "&").replace("&quot;", '"'):
            assert ord(character) in characters, f"{character} is not in font {number}"
            drawn = glyphs[characters[ord(character)]].numberOfContours
            assert drawn != 0 or character.isspace(), f"{character} is drawn as nothing"


def picture(path):
    """Dark and red pixels of the first page as easyofd draws it."""
    reader = OFD()
    reader.read(path, fmt="path")
    image = reader.to_jpg()[0].convert("RGB").resize((600, 850))
    pixels = list(image.getdata())
    dark = sum(1 for r, g, b in pixels if max(r, g, b) < 120)
    red = sum(1 for r, g, b in pixels if r > 140 and g < 110 and b < 110)
    return dark, red


def codes(picture):
    """What ZXing reads."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(picture).convert("L"))]


def squeeze(text):
    return re.sub(r"\s", "", text)


def main(folder):
    # easyofd sets every text in this face, whatever the file brings along.
    pdfmetrics.registerFont(TTFont("宋体", SONG))
    names = sorted(glob.glob(os.path.join(folder, "*.ofd")))
    assert len(names) == 6, names
    os.chdir(folder)
    for name in names:
        known = json.load(open(name.replace(".ofd", ".json"), encoding="utf-8"))
        package = zipfile.ZipFile(name)
        assert package.testzip() is None
        text = squeeze(ofdkit.extract_text(name))
        for wanted in known["texts"]:
            assert squeeze(wanted) in text, f"{name}: {wanted}"
        info = ofdkit.open(name).info
        assert info.title == known["title"] and info.custom_data["ZZBS"] == known["identifier"]
        fonts(package, package.read("Doc_0/Pages/Page_0/Content.xml").decode())
        value = package.read("Doc_0/Signs/Sign_0/SignedValue.dat")
        signatures(value, bytes.fromhex(known["sealer"]), bytes.fromhex(known["maker"]))
        digest = hashlib.new("sm3", package.read("Doc_0/Signs/Sign_0/Signature.xml")).digest()
        assert digest in value, "the digest of Signature.xml"
        for path, check in re.findall(
                r'FileRef="/([^"]+)"><ofd:CheckValue>([^<]+)<',
                package.read("Doc_0/Signs/Sign_0/Signature.xml").decode()):
            assert base64.b64encode(hashlib.new("sm3", package.read(path)).digest()).decode() == check, path
        seal = Image.open(io.BytesIO(value[value.index(b"\x89PNG"):]))
        assert seal.mode == "RGBA" and seal.size[0] == seal.size[1], seal
        for drawn in (io.BytesIO(package.read("Doc_0/Res/code.png")), name.replace(".ofd", ".png")):
            assert codes(drawn) == [known["code"]], f"{name}: {codes(drawn)}"
        dark, red = picture(name)
        assert dark > 3000 and red > 1000, f"{name}: {dark} dark, {red} red"
        print(f"{os.path.basename(name)}: text, fonts, digests, both signatures, code, picture ({dark} dark, {red} red)")


main(os.path.abspath(sys.argv[1]))
