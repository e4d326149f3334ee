"""A provider of identities as a process's neighbour, with every fault that one can have. It signs with `cryptography`; nothing of
it is the product's."""
import base64
import hashlib
import hmac
import http.server
import json
import secrets
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

CLIENT, SECRET = "one window/fz", "s3cret: with+signs%"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, size=None):
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


class Key:
    """A key with its name, of RSA or of P-256."""

    def __init__(self, kid, kind="RSA"):
        self.kid, self.kind = kid, kind
        self.private = (rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1()))

    def public(self):
        numbers = self.private.public_key().public_numbers()
        if self.kind == "RSA":
            return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": number(numbers.n), "e": number(numbers.e)}
        return {"kty": "EC", "kid": self.kid, "use": "sig", "crv": "P-256", "x": number(numbers.x, 32), "y": number(numbers.y, 32)}

    def sign(self, data):
        if self.kind == "RSA":
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def token(self, claims, head=None, signature=None):
        head = {"alg": "RS256" if self.kind == "RSA" else "ES256", "kid": self.kid, **(head or {})}
        data = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
        return data + "." + b64(self.sign(data.encode()) if signature is None else signature)


class Provider:
    """Answers every request for a sign-in with a code for `user`; `fault` is what it does wrong."""

    def __init__(self):
        self.key = Key("first")
        self.published = [{"kty": "oct", "kid": "shared"}, {"kty": "RSA", "kid": "crypt", "use": "enc", "n": "AQAB", "e": "AQAB"},
                          self.key.public()]
        self.fault, self.user, self.codes, self.used, self.asked, self.calls = "", {}, {}, [], [], []
        self.in_user_info = False
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                owner.answer(self, "")

            def do_POST(self):
                owner.answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def rotate(self, kid, kind="RSA"):
        self.key = Key(kid, kind)
        self.published = [self.key.public()]

    def answer(self, request, body):
        place = urllib.parse.urlparse(request.path)
        query = dict(urllib.parse.parse_qsl(place.query))
        self.calls.append(place.path)
        {"/.well-known/openid-configuration": self.discovery, "/authorize": self.authorize, "/token": self.token,
         "/jwks": self.jwks, "/userinfo": self.user_info}[place.path](request, query, body)

    def say(self, request, status, value, headers=()):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        request.send_response(status)
        for name, text in headers:
            request.send_header(name, text)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def discovery(self, request, _, __):
        said = {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize", "token_endpoint": self.issuer + "/token",
                "jwks_uri": self.issuer + "/jwks", "userinfo_endpoint": self.issuer + "/userinfo",
                "end_session_endpoint": self.issuer + "/end", "code_challenge_methods_supported": ["S256"],
                "response_types_supported": ["code"], "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
        if self.fault == "another's discovery":
            said["issuer"] = "https://elsewhere.example"
        self.say(request, 200, said)

    def jwks(self, request, _, __):
        self.say(request, 200, {"keys": self.published})

    def authorize(self, request, query, _):
        self.asked.append(query)
        back = {"state": query["state"]}
        if self.fault in ("access_denied", "server_error"):
            back["error"] = self.fault
        elif self.fault == "used code":
            back["code"] = self.used[-1]
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = (query, dict(self.user))
        if self.fault == "another issuer's answer":
            back["iss"] = "https://elsewhere.example"
        self.say(request, 302, {}, [("Location", query["redirect_uri"] + "?" + urllib.parse.urlencode(back))])

    def token(self, request, _, body):
        form = dict(urllib.parse.parse_qsl(body))
        if self.fault == "slow":
            time.sleep(30)
        if self.fault == "endless":
            request.send_response(200)
            request.end_headers()
            try:
                while True:
                    request.wfile.write(b" " * 65536)
            except OSError:
                request.close_connection = True
                return
        if self.fault == "broken":
            return self.say(request, 500, {"error": "server_error"})
        if self.fault == "garbage":
            return self.say(request, 200, b"<html>maintenance</html>")
        if self.fault == "redirect":
            return self.say(request, 302, {}, [("Location", self.issuer + "/jwks")])
        named = base64.b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if [urllib.parse.unquote_plus(part) for part in named.split(":")] != [CLIENT, SECRET]:
            return self.say(request, 401, {"error": "invalid_client"})
        query, user = self.codes.pop(form.get("code"), (None, None))
        if not query:
            return self.say(request, 400, {"error": "invalid_grant"})
        self.used.append(form["code"])
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if query["code_challenge_method"] != "S256" or challenge != query["code_challenge"] \
                or form.get("redirect_uri") != query["redirect_uri"] or len(form["code_verifier"]) < 43:
            return self.say(request, 400, {"error": "invalid_grant"})
        self.say(request, 200, {"access_token": user["sub"], "token_type": "Bearer", "id_token": self.id_token(query, user)})

    def id_token(self, query, user):
        now = int(time.time())
        more = {"sub": user["sub"], "acr": user.get("acr", "")} if self.in_user_info else user
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": query["nonce"], "sid": "s-" + user["sub"],
                  **more}
        wrong = {"nonce": {"nonce": "0" * 64}, "no nonce": {"nonce": None}, "issuer": {"iss": "https://elsewhere.example"},
                 "audience": {"aud": "another"}, "two audiences": {"aud": [CLIENT, "another"]},
                 "expired": {"iat": now - 300, "exp": now - 200}, "old": {"iat": now - 3600, "exp": now + 3600},
                 "future": {"iat": now + 600, "exp": now + 900}, "no subject": {"sub": ""}, "long token": {"more": "x" * 16_384}}
        claims.update(wrong.get(self.fault, {}))
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.fault == "signature":
            good = self.key.token(claims)
            return good[:-8] + ("AAAAAAAA" if not good.endswith("AAAAAAAA") else "BBBBBBBB")
        if self.fault == "none":
            return self.key.token(claims, {"alg": "none"}, b"")
        if self.fault == "shared secret":
            head = {"alg": "HS256", "kid": self.key.kid}
            data = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
            public = self.key.private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            return data + "." + b64(hmac.new(public, data.encode(), "sha256").digest())
        if self.fault == "unknown key":
            return Key("nobody's").token(claims)
        if self.fault == "no token":
            return "not.a.token"
        return self.key.token(claims)

    def user_info(self, request, _, __):
        sub = request.headers.get("Authorization", "").removeprefix("Bearer ")
        said = {**self.user, "sub": "somebody else"} if self.fault == "another's particulars" else self.user
        self.say(request, 200 if sub == self.user["sub"] else 401, said)

    def logout_token(self, sub, **wrong):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8), "sub": sub,
                  "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, **wrong}
        return self.key.token({name: value for name, value in claims.items() if value is not None})
