"""Signed PDF files as programs of others see them: pyHanko and poppler find them good and whole, and a changed one not.
    pdf.py FOLDER: holds signed.pdf and authority.pem, as PDFVerifierTests leave them."""
import subprocess
import sys

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FOLDER = sys.argv[1]


def authority():
    _, _, der = pem.unarmor(open(f"{FOLDER}/authority.pem", "rb").read())
    return x509.Certificate.load(der)


def status(path):
    with open(path, "rb") as file:
        signatures = PdfFileReader(file).embedded_signatures
        assert len(signatures) == 1, f"{len(signatures)} signatures in {path}"
        return validate_pdf_signature(
            signatures[0], ValidationContext(trust_roots=[authority()], allow_fetching=False))


good = status(f"{FOLDER}/signed.pdf")
assert good.bottom_line, good.pretty_print_details()
assert good.coverage == SignatureCoverageLevel.ENTIRE_FILE, good.coverage
assert good.modification_level == ModificationLevel.NONE, good.modification_level
assert good.trusted and good.intact and good.valid

whole = open(f"{FOLDER}/signed.pdf", "rb").read()
changed = whole.replace(b"(D:20261124", b"(D:20261123", 1)
assert changed != whole
open(f"{FOLDER}/changed.pdf", "wb").write(changed)
assert not status(f"{FOLDER}/changed.pdf").bottom_line, "pyHanko takes a changed file"
open(f"{FOLDER}/longer.pdf", "wb").write(whole + b"\n")
assert status(f"{FOLDER}/longer.pdf").coverage != SignatureCoverageLevel.ENTIRE_FILE

# pdfsig's exit code says nothing about the signature: its text does.
said = subprocess.run(["pdfsig", "-nocert", f"{FOLDER}/signed.pdf"], capture_output=True, text=True).stdout
assert "Signature is Valid" in said and "Total document signed" in said, said
said = subprocess.run(["pdfsig", "-nocert", f"{FOLDER}/changed.pdf"], capture_output=True, text=True).stdout
assert "Signature is Valid" not in said, said
print("ok   pyHanko and poppler agree with us on a signed PDF, a changed one and a longer one")
