"""The key ceremony and the seals of a real ring from the command line, against others' programs: openssl on certificates,
gmssl_pyx on every SM2 signature, cwt on tokens, softhsm2 with a key of the house.

python3 Tests/Processes/seals.py BINARY TOKENS, where TOKENS is the file that COSETests wrote.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time

import cwt
import gmssl_pyx
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

BODY, NAME = "11350100MADEM002X0", "福州市人力资源和社会保障局"
ID = "distid:1234567812345678"
# OIDs with tag and length, as they stand in DER.
SM2_SIGNATURE = bytes.fromhex("06082a811ccf55018375")
SM2_KEY = bytes.fromhex("06082a811ccf5501822d034200 04".replace(" ", ""))


class House:
    def __init__(self, binary, folder, environment=None):
        self.binary, self.folder, self.environment = binary, folder, environment

    def run(self, *words, code=0):
        done = subprocess.run(
            [self.binary, "seals", *words, "--data", self.folder], capture_output=True, text=True, encoding="utf-8",
            env=self.environment)
        assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
        return done.stdout if code == 0 else done.stderr

    def json(self, *words):
        return [json.loads(line) for line in self.run(*words, "--json").splitlines()]


def node(der, place):
    """Tag, where the content begins, and where the node ends."""
    count, start = der[place + 1], place + 2
    if count & 0x80:
        digits = count & 0x7F
        count, start = int.from_bytes(der[start:start + digits], "big"), start + digits
    return der[place], start, start + count


def children(der, place):
    _, start, end = node(der, place)
    while start < end:
        yield start, node(der, start)[2]
        start = node(der, start)[2]


def key(certificate):
    """X and Y of the SM2 key in a certificate."""
    place = certificate.index(SM2_KEY) + len(SM2_KEY)
    return certificate[place:place + 64]


def der(path):
    with open(path, encoding="ascii") as file:
        lines = file.read().splitlines()
    assert lines[0] == "-----BEGIN CERTIFICATE-----" and lines[-1] == "-----END CERTIFICATE-----"
    return base64.b64decode("".join(lines[1:-1]))


def signed_by(certificate, issuer):
    """Whether gmssl finds the issuer's SM2 signature on a certificate."""
    (start, end), (algorithm, _), (bits, close) = children(certificate, 0)
    assert SM2_SIGNATURE in certificate[algorithm:bits]
    signature = certificate[node(certificate, bits)[1] + 1:close]
    return gmssl_pyx.sm2_verify(key(issuer), certificate[start:end], signature)


def openssl(*words):
    return subprocess.run(["openssl", *words], capture_output=True, text=True)


def ceremony(house):
    refused = house.run("make", BODY, "--name", NAME, code=1)
    assert "seal.no-ceremony" in refused, refused
    made = house.json("ceremony", "--organisation", "福州市电子印章管理中心")
    assert [line["algorithm"] for line in made] == ["sm2-sm3", "sm2-sm3", "es256"], made
    assert all("演示" not in line["subject"] for line in made)
    assert "seal.ceremony-held" in house.run("ceremony", "--organisation", "另一个中心", code=1)
    return made


def make(house, folder, authorities):
    (seal,) = house.json("make", BODY, "--name", NAME)
    assert seal["state"] == "valid" and seal["number"] == "3501000000001", seal
    assert "seal.already-made" in house.run("make", BODY, "--name", NAME, code=1)
    out = os.path.join(folder, "seal")
    house.run("show", BODY, "--out", out)
    house.run("trust-list", "--out", os.path.join(folder, "trust.json"))
    with open(os.path.join(folder, "trust.json"), "rb") as file:
        first, second = file.read().splitlines()
    content, signature = json.loads(first), json.loads(second)
    roots = {hashlib.sha256(root).hexdigest(): root for root in map(base64.b64decode, content["authorities"])}
    assert set(roots) == {authorities[0]["fingerprint"], authorities[2]["fingerprint"]}
    root = roots[signature["authority"]]
    assert gmssl_pyx.sm2_verify(key(root), first, base64.b64decode(signature["signature"])), "gmssl on the trust list"
    assert not gmssl_pyx.sm2_verify(key(root), first + b" ", base64.b64decode(signature["signature"]))
    for name, issuer in (("sealer", authorities[0]), ("maker", authorities[0]), ("document", authorities[2])):
        ca = os.path.join(folder, f"{name}-ca.pem")
        with open(ca, "w", encoding="ascii") as file:
            text = base64.encodebytes(roots[issuer["fingerprint"]]).decode()
            file.write(f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n")
        path = os.path.join(out, f"{name}.pem")
        extra = [] if name == "document" else ["-vfyopt", ID]
        checked = openssl("verify", "-x509_strict", *extra, "-CAfile", ca, path)
        assert checked.returncode == 0, f"{name}: {checked.stdout}{checked.stderr}"
        if name != "document":
            assert signed_by(der(path), root), f"gmssl on the certificate of the {name}"
    print("openssl and gmssl agree with the certificates and the trust list")
    return out


def seal_file(out):
    """The maker's signature over the seal's facts, by gmssl; the structure by openssl."""
    with open(os.path.join(out, "Seal.esl"), "rb") as file:
        seal = file.read()
    (info, end), (cert, _), (algorithm, bits), (_, close) = children(seal, 0)
    maker = seal[node(seal, cert)[1]:node(seal, cert)[2]]
    assert maker == der(os.path.join(out, "maker.pem")) and SM2_SIGNATURE == seal[algorithm:bits]
    signature = seal[node(seal, bits)[1] + 1:close]
    assert gmssl_pyx.sm2_verify(key(maker), seal[info:end], signature), "gmssl on the seal"
    changed = bytearray(seal[info:end])
    changed[-10] ^= 1
    assert not gmssl_pyx.sm2_verify(key(maker), bytes(changed), signature)
    assert der(os.path.join(out, "sealer.pem")) in seal[info:end], "the seal lists the body's certificate"
    dump = openssl("asn1parse", "-inform", "DER", "-in", os.path.join(out, "Seal.esl"))
    assert dump.returncode == 0 and "SM2-with-SM3" in dump.stdout and NAME in dump.stdout, dump.stdout[-500:]
    print("gmssl agrees with the maker's signature on the seal")


def life(house):
    assert house.json("suspend", BODY, "--reason", "order", "--remark", "核查")[0]["state"] == "suspended"
    assert "seal.already-suspended" in house.run("suspend", BODY, "--reason", "order", code=1)
    assert house.json("resume", BODY, "--reason", "settled")[0]["state"] == "valid"
    assert "seal.shorter-period" in house.run("renew", BODY, "--reason", "period-ends", "--days", "9", code=1)
    # A period is counted in whole seconds, and must end later than the one before.
    time.sleep(1.1)
    (renewed,) = house.json("renew", BODY, "--reason", "period-ends")
    assert renewed["editions"] == 2 and renewed["number"] == "3501000000001"
    assert house.json("revoke", BODY, "--reason", "key-compromised")[0]["state"] == "revoked"
    assert "seal.already-revoked" in house.run("resume", BODY, "--reason", "settled", code=1)
    (seal,) = house.json("make", BODY, "--name", NAME)
    assert seal["number"] == "3501000000002" and seal["certificate"] != renewed["certificate"]
    assert [line["state"] for line in house.json("list")] == ["revoked", "valid"]
    listed = json.loads(house.run("trust-list").splitlines()[0])
    assert len(listed["seals"]) == 2 and len(listed["revokedCertificates"]) == 4, listed
    assert "seal.not-found" in house.run("show", "11350100000000019N", code=1)
    print("suspended, resumed, renewed, revoked and made again")


def tokens(path):
    counts = {"es256": 0, "sm2-sm3": 0}
    with open(path, encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            token, claims = base64.b64decode(case["token"]), {int(k): v for k, v in case["claims"].items()}
            public = load_pem_public_key(case["key"].encode()) if case["algorithm"] == "es256" else None
            if public:
                cose = cwt.COSE.new(alg_auto_inclusion=False)
                verifier = cwt.COSEKey.from_pem(case["key"], kid=bytes.fromhex(case["keyID"]))
                payload = cwt.cbor_processor.CBORProcessor()._loads(cose.decode(token, verifier))
                assert payload == claims, payload
                try:
                    cose.decode(token[:-1] + bytes([token[-1] ^ 1]), verifier)
                    raise AssertionError("cwt takes a changed token")
                except cwt.VerifyError:
                    pass
                assert public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            else:
                protected, _, body, raw = cwt.cbor_processor.CBORProcessor()._loads(token).value
                assert cwt.cbor_processor.CBORProcessor()._loads(body) == claims
                dumps = cwt.cbor_processor.CBORProcessor()._dumps
                signed = dumps(["Signature1", protected, b"", body])
                point = base64.b64decode("".join(case["key"].splitlines()[1:-1]))[-64:]
                assert gmssl_pyx.sm2_verify(point, signed, sequence(raw)), "gmssl on a token"
            counts[case["algorithm"]] += 1
    assert all(count >= 10 for count in counts.values()), counts
    print(f"cwt agrees with {counts['es256']} tokens, gmssl with {counts['sm2-sm3']}")


def hardware(binary, folder):
    """The authority for documents in a token of softhsm2; an SM2 role there is refused by name."""
    tokens, conf = os.path.join(folder, "tokens"), os.path.join(folder, "softhsm2.conf")
    pin, pem = os.path.join(folder, "pin"), os.path.join(folder, "authority.key")
    os.mkdir(tokens)
    for path, text in ((conf, f"directories.tokendir = {tokens}\n"), (pin, "271828\n")):
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
    settings = {
        "SOFTHSM2_CONF": conf, "ONEWINDOW_PKCS11_MODULE": "/usr/lib/softhsm/libsofthsm2.so",
        "ONEWINDOW_PKCS11_TOKEN": "onewindow", "ONEWINDOW_PKCS11_PIN_FILE": pin,
        "ONEWINDOW_PKCS11_ROLES": "p256-authority"}
    environment = {**os.environ, **settings}

    def tool(*words):
        subprocess.run(words, check=True, capture_output=True, env=environment)

    tool("softhsm2-util", "--init-token", "--free", "--label", "onewindow", "--pin", "271828", "--so-pin", "314159")
    house = House(binary, os.path.join(folder, "hardware"), environment)
    missing = house.run("ceremony", "--organisation", "中心", code=1)
    assert "signing.missing-hardware-key" in missing, missing
    tool("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", pem)
    tool("softhsm2-util", "--import", pem, "--token", "onewindow", "--pin", "271828", "--label", "p256-authority",
         "--id", "01")
    made = house.json("ceremony", "--organisation", "中心")
    assert not os.path.exists(os.path.join(folder, "hardware/keys/p256-authority.key"))
    house.run("make", BODY, "--name", NAME)
    out = os.path.join(folder, "hardware-seal")
    house.run("show", BODY, "--out", out)
    listed = json.loads(house.run("trust-list").splitlines()[0])
    (root,) = [
        root for root in map(base64.b64decode, listed["authorities"])
        if hashlib.sha256(root).hexdigest() == made[2]["fingerprint"]]
    ca = os.path.join(folder, "hardware-ca.pem")
    with open(ca, "w", encoding="ascii") as file:
        file.write(f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(root).decode()}-----END CERTIFICATE-----\n")
    checked = openssl("verify", "-x509_strict", "-check_ss_sig", "-CAfile", ca, os.path.join(out, "document.pem"))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    environment["ONEWINDOW_PKCS11_ROLES"] = "authority"
    other = House(binary, os.path.join(folder, "other"), environment)
    assert "signing.hardware-lacks-algorithm" in other.run("ceremony", "--organisation", "中心", code=1)
    print("the authority for documents lies in softhsm2; SM2 there is refused")


def sequence(raw):
    """r and s as a DER signature."""
    numbers = b""
    for half in (raw[:32], raw[32:]):
        digits = half.lstrip(b"\0")
        digits = (b"\0" if digits[0] & 0x80 else b"") + digits
        numbers += bytes([2, len(digits)]) + digits
    return bytes([0x30, len(numbers)]) + numbers


def main():
    binary, cases = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        house = House(binary, os.path.join(folder, "house"))
        out = make(house, folder, ceremony(house))
        seal_file(out)
        life(house)
        hardware(binary, folder)
    tokens(cases)


main()
