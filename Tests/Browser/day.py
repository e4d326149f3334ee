"""One whole day: thirty tickets in two halls, two receptions for another county, couriers both ways with one parcel lost and
found, results by all six modes; in the evening the custody of paper is right and every trace is whole."""
import pathlib
import re
import sys

from city import FIRM, City, People, answer_all, choose, press, write
from hall import CITY, JINAN, begin, deed as press_deed, kiosk, sit, ticket_at
from issuing import CARD, draw
from lives import apply, constructor_online, deed, examine, wait_for
from originals import advertising, order, receive, scan

sys.path.append(str(pathlib.Path(__file__).parent.parent / "Processes"))
from carrier import Carrier  # noqa: E402  the carrier is a process that others start, too
from house import until  # noqa: E402

# The Friday on which two book an appointment, and the Monday for which they do.
FRIDAY, MONDAY = "2026-11-27T16:00", "2026-11-30T09:02"
SLOT = "2026-11-30 540"
# Tickets at the kiosk of each hall; with one by phone and two appointments there are thirty.
AT_KIOSK = {CITY: 13, JINAN: 14}
BUREAU = "福州市人力资源和社会保障局"


def whole(beside, binary, shots=None):
    """The day in a city with a clock of its own, and its carrier beside."""
    carrier = Carrier(binary, None)
    place = City(binary, FRIDAY, carrier.of_house)
    carrier.callback = f"{place.home}/api/courier/scans"
    people = People(place, beside)
    try:
        book(people)
        place.go_on_at(MONDAY)
        carrier.start(clock=MONDAY)
        Day(people, carrier, shots).run()
    finally:
        people.close()
        place.close()
        if hasattr(carrier, "process"):
            carrier.stop()


def book(people):
    """Two appointments, each for the next working day."""
    for login, hall in (("lin", JINAN), ("chen", CITY)):
        page = people.sign_in(login, width=390)
        page.goto(people.city.home + hall + "/appointments")
        write(page, page.locator("main [name=q]"), "特殊工时")
        press(page, page.locator("main [role=search] button"))
        press(page, page.locator("main tbody a").first)
        choose(page, page.locator(f"[name=slot][value='{SLOT}']"))
        press(page, page.get_by_role("button", name="预约", exact=True))
        assert "2026年11月30日" in page.inner_text("main table")
        page.context.close()


class Day:
    def __init__(self, people, carrier, shots):
        self.people, self.carrier, self.shots = people, carrier, shots
        self.home = people.city.home
        self.tickets = {CITY: [], JINAN: []}
        self.served = {CITY: [], JINAN: []}
        self.boards = {}
        # Cases by their mode, and the labels of what travels with each courier.
        self.cases, self.labels = {}, []

    def run(self):
        self.take_tickets()
        self.open_windows()
        self.file_online()
        self.by_courier()
        self.at_windows()
        self.decide()
        self.hand_over()
        self.serve_all()
        self.send_back()
        self.closed()
        self.evening()

    # Morning

    def take_tickets(self):
        for hall in (CITY, JINAN):
            board = self.people.page(width=1920)
            board.goto(f"{self.home}{hall}/board")
            board.wait_for_selector("#board .none")
            self.boards[hall] = board
            page = kiosk(self.people, hall)
            for index in range(AT_KIOSK[hall]):
                wish = "领取结果" if index % 4 == 3 else "办理业务"
                self.tickets[hall].append(ticket_at(page, wish)[0])
            page.context.close()
        for login, hall in (("lin", JINAN), ("chen", CITY)):
            page = self.people.sign_in(login, width=390)
            page.goto(f"{self.home}{hall}/appointments")
            press(page, page.get_by_role("button", name="我已到大厅，取号"))
            self.tickets[hall].append(page.inner_text(".ticket-number"))
            if login == "chen":
                page.goto(self.home + JINAN)
                choose(page, page.locator("[name=need][value=comprehensive]"))
                press(page, page.get_by_role("button", name="手机取号"))
                self.tickets[JINAN].append(page.inner_text(".ticket-number"))
            page.context.close()
        assert sum(map(len, self.tickets.values())) == 30, self.tickets

    def open_windows(self):
        self.windows = {
            JINAN: [sit(self.people, "window-jinan", "350111 1"), sit(self.people, "window-jinan-two", "350111 2")],
            CITY: [sit(self.people, "window-city", "350100 1"), sit(self.people, "issue-city", "350100 4")]}

    def call(self, hall, page):
        """Calls whoever is next; the big screen of the hall says so by itself. Answers the number; None when nobody waits."""
        page.goto(self.home + "/window/queue")
        press_deed(page, "叫下一号")
        if page.locator(".banner.error").count():
            assert "现在无人等候" in page.inner_text("main")
            return None
        number = page.inner_text("main .ticket-number")
        self.boards[hall].wait_for_selector(f"#board li.open:has-text('{number}')", timeout=5000)
        begin(page)
        self.served[hall].append(number)
        return number

    def finish(self, page):
        page.goto(self.home + "/window/queue")
        press_deed(page, "办理完毕")

    # What is filed online, and the couriers that fetch originals

    def file_online(self):
        constructor_online(self.people)
        for mode, words, body in [("O2", "特殊工时", BUREAU), ("O4", "公共场所卫生许可", "福州市卫生健康委员会"),
                                  ("O5", "劳务派遣", BUREAU)]:
            page, self.cases[mode] = apply(self.people, "lin", words, body, mode, True)
            page.context.close()
        self.advertised = []
        for _ in range(3):
            page, dossier = advertising(self.people, True)
            page.context.close()
            self.advertised.append(dossier)
        clerk = self.windows[CITY][0]
        for dossier in [*self.advertised, self.cases["O5"]]:
            clerk.goto(f"{self.home}/window/dossiers/{dossier}")
            deed(clerk, "pre-review")

    def by_courier(self):
        """Three couriers fetch originals; the third parcel is lost, and the ledger of custody says who had it last."""
        page = self.people.sign_in("lin")
        for turn, dossier in enumerate(self.advertised, 1):
            if turn == 3:
                self.carrier.turn(loseEvery=len(self.carrier.parcels()) + 1)
            page.goto(f"{self.home}/dossiers/{dossier}/pick-up")
            order(page)
            press(page, page.locator("a[href$='/labels']"))
            self.labels.append(page.locator(".code-digits").all_inner_texts())
            until("the order at the carrier's", 30, lambda turn=turn: len(self.carrier.parcels()) == turn)
        self.carrier.turn(loseEvery=0)
        page.context.close()
        keeper = self.people.sign_in("supervisor", staff=True)
        lost = self.carrier.parcels()[2]["waybill"]
        keeper.goto(self.home + "/office/parcels")
        for _ in range(60):
            if lost in keeper.inner_text("main"):
                break
            keeper.wait_for_timeout(500)
            keeper.reload()
        said = keeper.inner_text("main")
        assert lost in said and "遗失" in said and all(code in said for code in self.labels[2]), said[:600]
        if self.shots:
            keeper.screenshot(path=f"{self.shots}/day-lost.png", full_page=True)
        clerk = self.windows[CITY][0]
        for code in self.labels[0] + self.labels[1]:
            until_received(clerk, self.home, code)
        # Whoever asks the ledger by the label is told whose hands it is in, and which parcel.
        clerk.goto(f"{self.home}/window/originals/{self.labels[2][0].replace('-', '')}")
        chain = clerk.inner_text("main")
        assert f"投递员（运单{lost}）" in chain and "遗失" in chain, chain[:600]
        if self.shots:
            clerk.screenshot(path=f"{self.shots}/day-ledger.png", full_page=True)
        scan(clerk, self.home + "/window/originals", self.labels[2][0])
        assert clerk.locator("[role=alert]").count(), "what did not arrive is not taken"
        self.carrier.turn(findsLost=True)
        for code in self.labels[2]:
            until_received(clerk, self.home, code)
        keeper.goto(self.home + "/office/parcels")
        assert lost not in keeper.inner_text("main"), "what was found is no alarm"
        keeper.context.close()

    # What is received at windows

    def at_windows(self):
        """Two receptions in Jin'an for a body of the city, and paper that follows an online filing."""
        clerk = self.windows[JINAN][0]
        for mode, delivery in (("O6 counter", "counter"), ("O6 courier", "courier")):
            number = self.call(JINAN, clerk)
            self.cases[mode] = self.received_in_jinan(clerk, delivery, number)
            self.finish(clerk)
        clerk = self.windows[CITY][0]
        self.call(CITY, clerk)
        clerk.goto(f"{self.home}/window/dossiers/{self.cases['O5']}")
        deed(clerk, "receipt")
        self.kept = receive(clerk, self.home, self.cases["O5"], "2")
        self.finish(clerk)

    def received_in_jinan(self, clerk, delivery, number):
        clerk.goto(f"{self.home}/window/intake?number={FIRM}&q=特殊工时")
        press(clerk, clerk.locator("tbody tr", has_text=BUREAU).locator("a"))
        for group in clerk.locator("form[method=get] fieldset").all():
            choose(clerk, group.locator("input[type=radio]").first)
        press(clerk, clerk.locator("form[method=get] button"))
        assert number in clerk.inner_text("main"), "who stands there is said"
        for result in clerk.locator("input[type=radio][value=meets]").all():
            choose(clerk, result)
        street = clerk.locator("[name=door-street]")
        assert not street.is_visible(), "nobody is asked for an address to which nothing is sent"
        choose(clerk, clerk.locator(f"input[name=delivery][value={delivery}]"))
        if delivery == "courier":
            assert street.is_visible() and "寄递费用：12.00元" in clerk.inner_text("main")
            assert clerk.locator("[name=door-recipient]").input_value() == "林晓榕"
            write(clerk, clerk.locator("[name=door-mobile]"), "13800000001")
            clerk.locator("[name=door-division]").select_option("350111")
            write(clerk, street, "示例路1号")
        answer_all(clerk, ".bench-task form")
        if self.shots and delivery == "courier":
            clerk.screenshot(path=f"{self.shots}/day-intake.png", full_page=True)
        press(clerk, clerk.locator(".bench-task form button.primary"))
        assert clerk.url.endswith("/slip"), clerk.inner_text("main")[:400]
        return re.search(r"/dossiers/([^/]+)/", clerk.url).group(1)

    def decide(self):
        clerk = self.people.sign_in("window-city-two", staff=True)
        departments = {self.cases["O4"]: "health", **{dossier: "urban" for dossier in self.advertised}}
        for dossier in [*self.cases.values(), *self.advertised]:
            clerk.goto(f"{self.home}/window/dossiers/{dossier}")
            deed(clerk, "acceptance")
            examine(self.people, dossier, departments.get(dossier, "hrss"), True, None)
        clerk.context.close()

    # Results

    def hand_over(self):
        """Two results at the issuing window, each to whoever was called for it: by card and signature."""
        issuer = self.windows[CITY][1]
        for mode in ("O4", "O6 counter"):
            self.call(CITY, issuer)
            issuer.goto(f"{self.home}/issuing/dossiers/{self.cases[mode]}")
            wait_for(issuer, "待领取")
            write(issuer, issuer.locator("[name=number]"), CARD)
            draw(issuer)
            press(issuer, issuer.locator("form[action$='/hand-over'] button.primary"))
            assert not issuer.locator("[role=alert]").count(), issuer.inner_text("main")[:400]
            self.finish(issuer)

    def serve_all(self):
        for hall, pages in self.windows.items():
            while True:
                found = False
                for page in pages:
                    if self.call(hall, page):
                        self.finish(page)
                        found = True
                if not found:
                    break
            assert sorted(self.served[hall]) == sorted(self.tickets[hall]), f"{hall}: each once, and nobody left"

    def send_back(self):
        """The originals that a courier fetched go home by courier, too."""
        clerk = self.windows[CITY][0]
        for dossier in self.advertised:
            clerk.goto(f"{self.home}/window/dossiers/{dossier}")
            deed(clerk, "originals-return")

    def closed(self):
        """Every case is over, with the trips that were promised."""
        page = self.people.sign_in("lin")
        for dossier in [*self.cases.values(), *self.advertised]:
            page.goto(f"{self.home}/dossiers/{dossier}")
            wait_for(page, "已办结")
            said = page.inner_text("main")
            promised, made = re.search(r"承诺跑(\d)趟，实际跑(\d)趟", said).groups()
            assert promised == made, f"{dossier}: {promised} promised, {made} made"
        page.context.close()

    # Evening

    def evening(self):
        clerk = self.windows[CITY][0]
        for code in sum(self.labels, []):
            clerk.goto(f"{self.home}/window/originals/{code.replace('-', '')}")
            for _ in range(60):
                if "申请人" in clerk.inner_text("main .summary"):
                    break
                clerk.wait_for_timeout(500)
                clerk.reload()
            assert "申请人" in clerk.inner_text("main .summary"), "the originals are at home again"
        press_deed_at(clerk, self.home, "closing")
        assert clerk.url.endswith("/window/originals/count?closing=1"), "one original is left, and is counted"
        clerk.locator("[name=labels]").fill(f"{self.kept}\n")
        press(clerk, clerk.locator('form[action$="/count"] button'))
        assert "清点相符" in clerk.inner_text("main"), clerk.inner_text("main")[:400]
        for pages in self.windows.values():
            for page in pages:
                press_deed_at(page, self.home, "closing")
                assert page.url.endswith("/window/queue"), "nothing is left to count"
                page.context.close()
        keeper = self.people.sign_in("supervisor", staff=True)
        keeper.goto(self.home + "/office/parcels")
        said = keeper.inner_text("main")
        for code in [*sum(self.labels, []), self.kept]:
            assert code not in said, f"{code} is no alarm"
        for parcel in self.carrier.parcels():
            assert parcel["waybill"] not in said, "no parcel is on its way any more"
            assert all(report["isTaken"] for report in parcel["reports"]), "each report was taken"
        assert len(self.carrier.parcels()) == 8, "three out and back, and two results"
        keeper.context.close()
        self.traces()

    def traces(self):
        """Each of the thirty numbers is followed from the kiosk to the end; five of them lead to their cases."""
        admin = self.people.sign_in("admin", staff=True)
        cases = 0
        for hall, numbers in self.tickets.items():
            admin.goto(f"{self.home}/office{hall}/minutes")
            for number in numbers:
                link = admin.locator("main tbody a", has_text=number).first.get_attribute("href")
                admin.goto(self.home + link)
                said = admin.inner_text("main")
                taken = re.search("自助机取号|手机取号|预约到厅取号", said)
                assert taken and "叫号，请到" in said and "办理完毕" in said, f"{number}: {said}"
                cases += "（办件" in said
                admin.goto(f"{self.home}/office{hall}/minutes")
        assert cases == 5, f"two receptions, paper that followed and two results stand in their traces, not {cases}"
        admin.context.close()


def press_deed_at(page, home, action):
    page.goto(home + "/window/queue")
    deed(page, action)


def until_received(clerk, home, code):
    """Scans the label until the courier has brought it; then it is received."""
    for _ in range(60):
        scan(clerk, home + "/window/originals", code)
        if not clerk.locator("[role=alert]").count():
            return
        clerk.wait_for_timeout(500)
    raise AssertionError(f"{code} never came: {clerk.inner_text('main')[:400]}")
