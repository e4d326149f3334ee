"""Screens of halls and kiosks as they are measured at 1080 lines, and what the browser makes of the guide's linked data."""
import http.server
import json
import socketserver
import threading

SIZES = ((1080, 1920), (1920, 1080))
# Letters smaller than 28 px, and things to touch that are lower or narrower than 64 px, among what is seen.
SMALL = """() => {
    const found = [], seen = element => element.checkVisibility() && !element.closest(".skip")
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement, size = parseFloat(getComputedStyle(element).fontSize)
        if (walker.currentNode.data.trim() && seen(element) && size < 28) found.push(`${size} px: ${walker.currentNode.data}`)
    }
    for (const element of document.querySelectorAll("a, button, summary")) {
        const box = element.getBoundingClientRect()
        if (seen(element) && Math.min(box.width, box.height) < 64)
            found.push(`${box.width} x ${box.height}: ${element.textContent}`)
    }
    return found
}"""
READ = "address => fetch(address).then(answer => answer.text().then(() => answer.status)).catch(() => 0)"
SHOWN = "() => [...document.querySelectorAll('.part')].filter(part => part.checkVisibility()).map(part => part.id)"


def kiosk(people, shots=None):
    """Somebody at a kiosk finds a guide and looks at each of its parts, without JavaScript, in both languages."""
    for width, height in SIZES:
        context = people.browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
        context.set_default_timeout(20_000)
        page = context.new_page()
        for language in ("zh", "en"):
            page.goto(people.city.home + "/screen")
            if language == "en":
                page.locator(".top button").click()
            measure(page, shots, f"screen-{language}-{width}")
            page.locator(".places summary").click()
            page.locator(".places nav a").nth(6).click()
            assert "place=350111" in page.url, page.url
            measure(page, shots, f"themes-{language}-{width}")
            page.locator("a.theme").first.click()
            measure(page, shots, f"theme-{language}-{width}")
            page.get_by_role("link", name="下一页" if language == "zh" else "Next page").click()
            page.locator("a.item").nth(2).click()
            measure(page, shots, f"guide-{language}-{width}")
            assert page.evaluate(SHOWN) == ["part-1"], "what one needs comes first"
            for number in range(1, 11):
                page.locator(".parts nav a").nth(number - 1).click()
                assert page.evaluate(SHOWN) == [f"part-{number}"], "one part at a time"
                heading = page.locator(f"#part-{number} h2").bounding_box()
                nav = page.locator(".parts nav").bounding_box()
                below = nav["y"] + nav["height"] <= heading["y"] or nav["x"] + nav["width"] <= heading["x"]
                assert 0 <= heading["y"] < height and below, f"part {number} begins in sight, {heading} {nav}"
            measure(page, shots, f"part-{language}-{width}")
            page.locator(".ways a").click()
            assert page.url.endswith("/screen?place=350111"), "a kiosk stays where it stands"
        context.close()


def measure(page, shots, name):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    small = page.evaluate(SMALL)
    assert not small, f"{name}: {small[:5]}"
    if shots:
        page.screenshot(path=f"{shots}/{name}.png")


def linked_data(people):
    """The guide's linked data lie in the page, no policy is broken, and the addresses beside them say the same."""
    page = people.page()
    page.add_init_script("document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(people.city.home + "/items?q=建造师")
    page.locator("tbody a").first.click()
    own = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert own["@type"] == "GovernmentService" and own["url"].startswith(people.city.home), "the house names itself"
    for kind in ("application/ld+json", "application/json"):
        address = page.locator(f'link[rel=alternate][type="{kind}"]').get_attribute("href")
        answer = page.request.get(people.city.home + address)
        assert answer.headers["content-type"] == kind
        if kind == "application/ld+json":
            assert answer.json() == own
        else:
            assert len(answer.json()["elements"]) == 46
    assert not said, f"the browser complains: {said}"
    # A script of another site may read the guide, and nothing else of the house.
    with socketserver.TCPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        assert page.evaluate(READ, people.city.home + address) == 200
        assert page.evaluate(READ, people.city.home + "/items") == 0
        server.shutdown()
    page.context.close()


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A site that is not the house."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title>")

    def log_message(self, *_):
        pass
