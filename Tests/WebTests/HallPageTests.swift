import Accounts
import Catalogue
import City
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary
import Windows

@testable import Web

/// What people in a hall do at its devices and on their phones, and what the windows make of it.
@Suite struct HallPageTests {
    private static let jinan = "/halls/350111"
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    /// A browser on the demonstration's kiosk.
    private struct KioskBrowser {
        let client: any TestClientProtocol
        let cookie: String

        init(_ client: any TestClientProtocol) async throws {
            self.client = client
            let key = try #require(HallCode("350111").flatMap(DemonstrationCity.kioskKey))
            let opened = try await client.execute(uri: "\(jinan)/kiosk?key=\(key.text)", method: .get)
            #expect(opened.headers[.location] == "\(jinan)/kiosk", "the key does not stay in the address")
            cookie = try #require(opened.headers[values: .setCookie].first { $0.hasPrefix("kiosk=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        }

        func get(_ path: String) async throws -> TestResponse {
            try await client.execute(
                uri: "\(jinan)/kiosk\(path)", method: .get, headers: [.cookie: String(cookie.prefix { $0 != ";" })])
        }

        func post(_ fields: String) async throws -> TestResponse {
            var headers = form
            headers[.cookie] = String(cookie.prefix { $0 != ";" })
            return try await client.execute(
                uri: "\(jinan)/kiosk/ticket", method: .post, headers: headers, body: ByteBuffer(string: fields))
        }
    }

    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    private func token(_ page: TestResponse) throws -> String {
        String(try #require(text(page).firstMatch(of: /name="token" value="([^"]+)"/)).1)
    }

    @Test func `a kiosk gives a ticket, and its slip leads a phone to it`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let kiosk = try await KioskBrowser(client)
                #expect(text(try await kiosk.get("")).contains("办理业务"))
                #expect(text(try await kiosk.get("?low=1")).contains("class=\"low\""))
                #expect(text(try await kiosk.get("/items")).contains("请选择主题"))
                // Elder mode has fewer things on it, keeps its way by its address alone, and leaves none for the next one.
                let elder = text(try await kiosk.get("?elder=1&low=1"))
                #expect(elder.contains("data-size=\"elder\"") && elder.contains("12345"))
                #expect(elder.contains("need=comprehensive&amp;low=1&amp;elder=1") && !elder.contains("/kiosk/items"))
                let asked = text(try await kiosk.get("/ticket?need=issuing&elder=1"))
                #expect(asked.contains("name=\"elder\" value=\"1\""))
                #expect(!text(try await kiosk.get("")).contains("data-size"))
                let question = try await kiosk.get("/ticket?need=comprehensive")
                let fields = "need=comprehensive&card=&priority=disabled&token=\(try token(question))"
                let taken = try await kiosk.post(fields)
                #expect(taken.status == .seeOther)
                let path = try #require(taken.headers[.location])
                let slip = try await kiosk.get(String(path.dropFirst("\(Self.jinan)/kiosk".count)))
                #expect(text(slip).contains("A001") && text(slip).contains("前面还有0人"))
                let phone = try await client.execute(uri: path.replacing("/kiosk", with: ""), method: .get)
                #expect(text(phone).contains("A001") && text(phone).contains("依法优先"))
                let cancelled = try await client.execute(
                    uri: path.replacing("/kiosk", with: "") + "/cancellation", method: .post, headers: Self.form,
                    body: ByteBuffer(string: "x=1"))
                #expect(cancelled.status == .seeOther)
                let again = try await client.execute(
                    uri: path.replacing("/kiosk", with: "") + "/return", method: .post, headers: Self.form,
                    body: ByteBuffer(string: "x=1"))
                #expect(again.status == .conflict && text(again).contains("该号码已经结束"))
            }
        }
    }

    @Test func `a kiosk, which acts for the platform, takes no name of the platform's own attempts`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let kiosk = try await KioskBrowser(client)
                let token = house.hall.newToken()
                #expect(try await kiosk.post("need=comprehensive&card=&token=\(token)").status == .seeOther)
                let name = try #require(CommandToken(token))
                let answer = try await house.hall.store.read { tx in
                    try Tokens.answer(to: name, by: .platform, command: [], in: tx)
                }
                #expect(answer == nil)
            }
        }
    }

    @Test func `a hall that is closed says so before anything is asked`() async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            // Eight hours after a quarter to three in the afternoon.
            house.clock.move(seconds: 8 * 3600)
            try await house.app.test(.router) { client in
                let kiosk = try await KioskBrowser(client)
                let first = text(try await kiosk.get(""))
                #expect(first.contains("大厅现在不取号") && !first.contains("办理业务"))
                let citizen = Caller(client: client, session: try await cast.session(of: .applicant), house: house)
                #expect(text(try await citizen.get(Self.jinan)).contains("No numbers are given out now"))
                let late = try await citizen.post("\(Self.jinan)/tickets", [("need", "comprehensive")])
                #expect(late.status == .conflict)
                let board = try await client.execute(uri: "\(Self.jinan)/board", method: .get)
                #expect(text(board).contains("窗口暂未开放"))
            }
        }
    }

    @Test func `a card that cannot be read comes back with the question, and so does no booking`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let kiosk = try await KioskBrowser(client)
                let token = try token(try await kiosk.get("/ticket?booked=1"))
                let unreadable = try await kiosk.post("need=comprehensive&card=35010218850101&token=\(token)")
                unreadable.expect(refusal: KioskRefusal.cardUnreadable)
                #expect(unreadable.status.code == 422 && text(unreadable).contains("身份证号码无法识别"))
                let none = try await kiosk.post("booked=1&card=350102188501010019&token=\(token)")
                #expect(none.status.code == 404 && text(none).contains("您今天在本大厅没有预约"))
                let without = try await kiosk.post("booked=1&card=&token=\(token)")
                #expect(without.status.code == 422)
                let special = try await kiosk.post("need=special&card=&token=\(token)")
                #expect(special.status.code == 400, "the triage desk sends people there")
            }
        }
    }

    @Test func `somebody calls, and the board, the display and the phone say so`() async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            try await house.app.test(.router) { client in
                let citizen = Caller(client: client, session: try await cast.session(of: .applicant), house: house)
                let clerk = Caller(client: client, session: try await cast.session(of: .clerk), house: house)
                let taken = try await citizen.post("\(Self.jinan)/tickets", [("need", "comprehensive")])
                let ticket = try #require(taken.headers[.location])
                let twice = try await citizen.post("\(Self.jinan)/tickets", [("need", "issuing")])
                #expect(twice.status == .conflict && text(twice).contains("You have a number here already"))
                #expect(text(try await citizen.get(Self.jinan)).contains("You have a number: A001"))
                let early = try await clerk.post("/window/queue/call", [])
                #expect(early.status == .conflict && text(early).contains("You do not sit at a window"))
                #expect(text(try await clerk.get("/window/queue")).contains("Sit here"))
                #expect(try await clerk.post("/window/seat", [("window", "350111 1")]).status == .seeOther)
                #expect(text(try await clerk.get("/window/queue")).contains("A001"))
                #expect(try await clerk.post("/window/queue/call", []).status == .seeOther)
                let board = try await client.execute(uri: "\(Self.jinan)/board", method: .get)
                #expect(text(board).contains("请到1号窗口") && text(board).contains("请A 0 0 1号，到1号窗口。"))
                let display = try await client.execute(uri: "\(Self.jinan)/windows/1", method: .get)
                #expect(text(display).contains("请到本窗口"))
                #expect(text(try await citizen.get(ticket)).contains("Please go to window 1"))
                #expect(try await clerk.post("/window/queue/start", []).status == .seeOther)
                let applicant = try await clerk.get("/window/queue/applicant")
                #expect(applicant.headers[.location] == "/window/intake?ticket=1", "no number in the address")
                let intake = text(try await clerk.get("/window/intake?ticket=1"))
                #expect(intake.contains("350102188501010019"))
                // To look for an item with the number in the form is the same visit.
                _ = try await clerk.get("/window/intake?number=350102188501010019&q=%E4%BA%8C")
                let number = try #require(CitizenID("350102188501010019"))
                let purposes = try await house.hall.looks(of: [try await house.person(.citizen(number)).id])
                    .map(\.purpose)
                #expect(purposes == [.ticket], "who came with a ticket brought her record herself")
                let closing = try await clerk.post("/window/seat/closing", [])
                #expect(closing.status == .conflict && text(closing).contains("There is still somebody at the window"))
                #expect(try await clerk.post("/window/queue/finish", []).status == .seeOther)
                #expect(try await clerk.post("/window/seat/pause", [("reason", "meal")]).status == .seeOther)
                #expect(text(try await clerk.get("/window/queue")).contains("Go on"))
                #expect(try await clerk.post("/window/seat/closing", []).status == .seeOther)
                #expect(text(try await client.execute(uri: "\(Self.jinan)/windows/1", method: .get)).contains("未开放"))
            }
        }
    }

    @Test func `a half hour is booked and cancelled on the page`() async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let maker = try await CaseMaker(cast)
            try await house.app.test(.router) { client in
                let citizen = Caller(client: client, session: try await cast.session(of: .applicant), house: house)
                let path = "\(Self.jinan)/appointments"
                let item = maker.line.itemCode
                let page = text(try await citizen.get("\(path)?item=\(item)"))
                #expect(page.contains("20 left") && page.contains("20 places of this item are left on the day"))
                let fields = [("item", item), ("slot", "2026-11-25 540")]
                #expect(try await citizen.post(path, fields).status == .seeOther)
                let twice = try await citizen.post(path, fields)
                #expect(twice.status == .conflict && text(twice).contains("You have booked something on that day"))
                let mine = text(try await citizen.get(path))
                #expect(mine.contains("Wed 25 Nov 2026") && mine.contains("09:00–09:30"))
                let id = String(try #require(mine.firstMatch(of: /appointments\/([0-9a-z]{26})\/cancellation/)).1)
                let early = try await citizen.post("\(path)/\(id)/arrival", [])
                #expect(early.status == .conflict && text(early).contains("It is too early to take your number"))
                #expect(try await citizen.post("\(path)/\(id)/cancellation", []).status == .seeOther)
                for slot in ["2026-11-24 540", "2026-11-25 541", "2026-11-28 540"] {
                    let wrong = try await citizen.post(path, [("item", item), ("slot", slot)])
                    #expect(wrong.status.code == 422 && text(wrong).contains("This time cannot be booked"), "\(slot)")
                }
                for slot in ["", "x", "2026-11-25", "2026-11-25 x", "2026-11-31 540"] {
                    #expect(try await citizen.post(path, [("item", item), ("slot", slot)]).status.code == 400)
                }
            }
        }
    }

    @Test func `an administrator's mistakes come back with what she typed`() async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            try await house.app.test(.router) { client in
                let admin = Caller(
                    client: client, session: try await cast.session(of: .administrator), house: house)
                let desk = "/office/halls/350111"
                let cases: [(String, [(String, String)], String)] = [
                    ("/office/halls", [("code", "35011"), ("name", "甲厅")], "This is not the code of a hall"),
                    (
                        "/office/halls", [("code", "350111"), ("name", "乙厅"), ("name-en", "B"), ("places", "1")],
                        "A hall has this code already"
                    ),
                    ("\(desk)/windows", [("number", "1"), ("capability", "special")], "This number is taken"),
                    ("\(desk)/windows", [("number", "12")], "No kind of window was chosen"),
                    ("\(desk)/abilities", [("number", "55"), ("capability", "special")], "There is no such window"),
                    ("\(desk)/kiosks", [("label", "")], "A name is missing"),
                    (
                        "\(desk)/terms", [("name", "丙"), ("name-en", "C"), ("places", "201")],
                        "Places are a number from 0 to 200"
                    ),
                ]
                for (path, fields, said) in cases {
                    let answer = try await admin.post(path, fields)
                    #expect(answer.status.code >= 400 && text(answer).contains(said), "\(path) \(fields)")
                }
                let wrong = try await admin.post("/office/halls", [("code", "35011"), ("name", "甲厅")])
                wrong.expect(refusal: WindowRefusal.codeMalformed)
                #expect(text(wrong).contains("甲厅"), "what was typed stays")
                let made = try await admin.post("\(desk)/kiosks", [("label", "大门取号机")])
                #expect(text(made).contains("https://ow.example/halls/350111/kiosk?key="))
                #expect(!text(try await admin.get(desk)).contains("?key="), "it is shown once")
            }
        }
    }
}
