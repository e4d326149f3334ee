"""WeChat's side of the official account channel, by wechatpy, against the server as a process of its own.

python3 Tests/Processes/wechat.py BINARY.
"""
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time

from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto, _get_signature
from wechatpy.utils import WeChatSigner
import xmltodict

from house import Server, demonstrate

APP, TOKEN, KEY = "wx0123456789abcdef", "onewindowtoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ADDRESS = "https://service.example.org"
serial = 0


def signed(timestamp, nonce):
    signer = WeChatSigner()
    signer.add_data(TOKEN, timestamp, nonce)
    return f"signature={signer.signature}&timestamp={timestamp}&nonce={nonce}"


def fresh():
    """A timestamp of now and a nonce that was not there before."""
    global serial
    serial += 1
    return str(int(time.time())), str(1372623149 + serial)


def send(server, method, query, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(method, f"/channels/wechat?{query}", body=body and body.encode(), headers={"Content-Type": "text/xml"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


# LIMIT: how often a question is asked again; WeChat asks three times, and a machine that is busy answers later than that.
ASKED_MAX = 20


def patiently(ask):
    """Asks as WeChat does, and more often: while the house says that its answer is not there yet."""
    for _ in range(ASKED_MAX):
        status, text = ask()
        if (status, text) != (200, "success"):
            break
    return status, text


def answer_to(server, question):
    return patiently(lambda: send(server, "POST", signed(*fresh()), question))


def message(content, kind="text", event=""):
    global serial
    serial += 1
    rest = (f"<Event><![CDATA[{event}]]></Event><EventKey><![CDATA[{content}]]></EventKey>" if kind == "event"
            else f"<Content><![CDATA[{content}]]></Content><MsgId>{serial}</MsgId>")
    return (f"<xml><ToUserName><![CDATA[gh_house]]></ToUserName><FromUserName><![CDATA[oCitizen{serial}]]></FromUserName>"
            f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{rest}</xml>")


def refused(answer, status, code):
    assert answer[0] == status and code in answer[1], f"{code} expected, {answer[0]} came"


def plain(server):
    timestamp, nonce = fresh()
    assert send(server, "GET", signed(timestamp, nonce) + "&echostr=5151") == (200, "5151")
    refused(send(server, "GET", f"signature={'0' * 40}&timestamp={timestamp}&nonce={nonce}&echostr=1"), 403,
            "wechat.wrong-signature")
    refused(send(server, "GET", signed(str(int(time.time()) - 301), "1") + "&echostr=1"), 403, "wechat.stale")
    # WeChat's own reader of messages agrees with ours on who wrote to whom.
    question = message("证")
    status, text = answer_to(server, question)
    answer, asked = xmltodict.parse(text)["xml"], parse_message(question)
    assert status == 200 and answer["ToUserName"] == asked.source and answer["FromUserName"] == asked.target
    assert answer["MsgType"] == "text" and len(re.findall(rf'<a href="{ADDRESS}/items/', answer["Content"])) >= 2
    assert "办事指南第1版" in answer["Content"]
    assert answer_to(server, question) == (200, text), "asked again, the answer is the same"
    answer = xmltodict.parse(answer_to(server, message("证", "event", "CLICK"))[1])["xml"]
    items = answer["Articles"]["item"]
    assert answer["MsgType"] == "news" and 2 <= int(answer["ArticleCount"]) == len(items) <= 8
    assert all(item["Url"].startswith(f"{ADDRESS}/items/") and "施行" in item["Description"] for item in items)
    query = signed(*fresh())
    send(server, "POST", query, message("一"))
    refused(send(server, "POST", query, message("二")), 403, "wechat.replay")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + message("&b;")
    refused(send(server, "POST", signed(*fresh()), bomb), 400, "wechat.malformed")
    refused(send(server, "POST", signed(*fresh()), message("x" * 70_000)), 413, "wechat.too-large")


def sealed(server):
    crypto = WeChatCrypto(TOKEN, KEY, APP)

    def ask(text, mode, by=crypto):
        timestamp, nonce = fresh()
        envelope = xmltodict.parse(by.encrypt_message(text, nonce, timestamp))["xml"]
        beside = text[len("<xml>"):-len("</xml>")] if mode == "compatible" else "<ToUserName>gh_house</ToUserName>"
        body = f"<xml>{beside}<Encrypt><![CDATA[{envelope['Encrypt']}]]></Encrypt></xml>"
        query = f"{signed(timestamp, nonce)}&encrypt_type=aes&msg_signature={envelope['MsgSignature']}"
        return send(server, "POST", query, body)

    for mode in ("safe", "compatible"):
        for length in list(range(1, 40)) + [200]:
            question = message("证" * length)
            status, text = patiently(lambda question=question: ask(question, mode))
            assert status == 200, f"{mode} {length}: {status}"
            envelope = xmltodict.parse(text)["xml"]
            opened = crypto.decrypt_message(text, envelope["MsgSignature"], envelope["TimeStamp"], envelope["Nonce"])
            assert xmltodict.parse(opened)["xml"]["FromUserName"] == "gh_house"
        assert ask(message("", "event", "unsubscribe"), mode) == (200, "success")
    refused(ask(message("证"), "safe", WeChatCrypto(TOKEN, KEY, "wx0000000000000000")), 403, "wechat.wrong-account")
    refused(ask(message("证"), "safe", WeChatCrypto(TOKEN, KEY[::-1], APP)), 400, "wechat.unreadable")
    refused(ask(message("证"), "safe", WeChatCrypto("anothertoken", KEY, APP)), 403, "wechat.wrong-signature")
    refused(send(server, "POST", signed(*fresh()), message("证")), 403, "wechat.not-encrypted")
    timestamp, nonce = fresh()
    whole = xmltodict.parse(crypto.encrypt_message(message("证"), nonce, timestamp))["xml"]["Encrypt"]
    for length in range(0, len(whole), 7):
        timestamp, nonce = fresh()
        cut = whole[:length]
        query = (f"{signed(timestamp, nonce)}&encrypt_type=aes"
                 f"&msg_signature={_get_signature(TOKEN, timestamp, nonce, cut)}")
        status, text = send(server, "POST", query, f"<xml><Encrypt>{cut}</Encrypt></xml>")
        assert status == 400 and "wechat.unreadable" in text, f"cut at {length}: {status}"


def serve(binary, folder, settings, body):
    os.environ.update(settings)
    server = Server(binary, folder)
    server.start()
    try:
        body(server)
    finally:
        server.stop()
    with open(server.log, encoding="utf-8") as file:
        log = file.read()
    for secret in (TOKEN, KEY, "oCitizen", "msg_signature"):
        assert secret not in log, "no secret and nobody stands in the log"


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="onewindow-wechat-") as folder:
        data = f"{folder}/data"
        demonstrate(binary, data)

        def absent(server):
            refused(send(server, "GET", signed(*fresh()) + "&echostr=1"), 404, "door.no-such-page")
            refused(send(server, "POST", signed(*fresh()), message("证")), 404, "door.no-such-page")

        serve(binary, data, {}, absent)
        serve(binary, data, {"ONEWINDOW_WECHAT_TOKEN": TOKEN, "ONEWINDOW_ADDRESS": ADDRESS + "/"}, plain)
        serve(binary, data, {"ONEWINDOW_WECHAT_AES_KEY": KEY, "ONEWINDOW_WECHAT_APPID": APP}, sealed)
        shown = subprocess.run([binary, "check", "--data", data], capture_output=True, text=True, check=False).stdout
        assert f"WeChatAccount({APP}, ***)" in shown and ADDRESS in shown and KEY not in shown and TOKEN not in shown
        for name, value in (("ONEWINDOW_WECHAT_AES_KEY", "short"), ("ONEWINDOW_ADDRESS", "javascript:alert(1)")):
            done = subprocess.run([binary, "serve", "--data", data, "--port", "1"], capture_output=True, text=True,
                                  timeout=30, check=False, env={**os.environ, name: value})
            assert done.returncode != 0 and name in done.stderr, "a setting that cannot work is named"
        print("3 passed, 0 failed")


if __name__ == "__main__":
    main()
