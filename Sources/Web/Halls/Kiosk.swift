import Catalogue
import Documents
import Hall
import HTTPTypes
import Hummingbird
import Vocabulary
import Windows

/// `/halls/{hall}/kiosk`: gives out tickets, one question a page, without a keyboard. An identity card that is laid on
/// the reader types its number. A kiosk is known by the key in its address, which its browser then keeps.
struct Kiosk {
    static let cookieName = "kiosk"
    /// Seconds for which a slip stays on the screen.
    private static let slipSeconds = 30

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.hallOnPage()
        if let key = KioskKey(request.asked("key")) {
            var response = Response.seeOther(Paths.kiosk(code))
            response.setCookie(
                Cookie(
                    name: Self.cookieName, value: key.text, maxAge: 365 * 86_400, path: Paths.kiosk(code),
                    secure: site.isSecure, httpOnly: true, sameSite: .strict))
            return response
        }
        let board = try await site.hall.board(of: code)
        try await site.hall.checkKiosk(request.kioskKey, at: code)
        let visit = visit(request, context)
        let words = visit.words
        return .page(
            visit.screen(words["kiosk.title"], home: Paths.kiosk(code)) { html in
                html.element("h1", text: words("kiosk.welcome", ["hall": words.name(of: board.hall)]))
                guard site.hall.givesTickets(at: code) else { return alert(&html, QueueRefusal.hallClosed) }
                html.element("div", .class("themes")) { html in
                    for line in board.waiting where line.need != .special {
                        choice(
                            &html, asking(code, "need=\(line.need.rawValue)", visit), words[line.need.wish],
                            words.count("board.waiting", line.waiting))
                    }
                    if !visit.preferences.isElder {
                        choice(
                            &html, items(code, theme: nil, visit), words["kiosk.by-item"],
                            words["kiosk.by-item-help"])
                    }
                    choice(&html, asking(code, "booked=1", visit), words["kiosk.booked"], words["kiosk.booked-help"])
                }
                if visit.preferences.isElder { html.element("p", text: words["elder.help-here"]) }
                manners(&html, code, visit)
            })
    }

    private func choice(_ html: inout HTML, _ href: String, _ title: String, _ help: String) {
        html.element("a", .class("touch theme"), .href(href)) { html in
            html.element("strong", text: title)
            html.element("span", text: help)
        }
    }

    private func asking(_ code: HallCode, _ query: String, _ visit: Visit) -> String {
        "\(Paths.kiosk(code))/ticket?" + ([query] + kept(visit)).joined(separator: "&")
    }

    private func items(_ code: HallCode, theme: String?, _ visit: Visit) -> String {
        let query = (theme.map { ["theme=\(Paths.query($0))"] } ?? []) + kept(visit)
        return "\(Paths.kiosk(code))/items" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}

/// By item: a theme, then what is done.
extension Kiosk {
    /// LIMIT: items of a theme that a kiosk shows.
    private static let itemsMax = 24

    func items(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.hallOnPage()
        try await site.hall.checkKiosk(request.kioskKey, at: code)
        var query = ItemQuery(in: [code.region, .fuzhou, .fujian], limit: Self.itemsMax)
        query.theme = request.asked("theme").isEmpty ? nil : request.asked("theme")
        query.isOncePerItem = true
        let answer = try await site.hall.items(query)
        let visit = visit(request, context)
        let words = visit.words
        return .page(
            visit.screen(words["kiosk.by-item"], home: Paths.kiosk(code)) { html in
                html.element("div", .class("heading")) { html in
                    html.element("h1", text: words[query.theme == nil ? "kiosk.which-theme" : "kiosk.which-item"])
                    back(&html, query.theme == nil ? home(code, visit) : items(code, theme: nil, visit))
                }
                html.element("div", .class("themes")) { html in
                    if query.theme == nil {
                        for (theme, count) in answer.counts.themes.sorted(by: {
                            ($1.value, $0.key) < ($0.value, $1.key)
                        }) {
                            let name = words.pick(answer.counts.themeNames[theme] ?? Bilingual(theme, theme))
                            choice(&html, items(code, theme: theme, visit), name, words.count("screen.items", count))
                        }
                    } else {
                        for found in answer.found {
                            let query = "need=comprehensive&item=\(found.line.itemCode)"
                            choice(
                                &html, asking(code, query, visit), words.pick(found.line.title),
                                words.pick(found.line.bodyName))
                        }
                    }
                }
            })
    }

    private func back(_ html: inout HTML, _ href: String) {
        html.element("a", .class("touch"), .href(href)) { html in
            html.icon(.arrowLeft)
            html.say("deed.back")
        }
    }
}

/// Who it is, and the ticket.
extension Kiosk {
    func ask(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.hallOnPage()
        try await site.hall.checkKiosk(request.kioskKey, at: code)
        return question(
            Asked(need: request.asked("need"), item: request.asked("item"), isBooked: request.asked("booked") == "1"),
            code, visit(request, context), refused: nil)
    }

    private struct Asked {
        let need: String
        let item: String
        let isBooked: Bool
    }

    private func question(_ asked: Asked, _ code: HallCode, _ visit: Visit, refused: (any Refusal)?) -> Response {
        let words = visit.words
        return .page(
            visit.screen(words["kiosk.title"], home: Paths.kiosk(code)) { html in
                html.element("div", .class("heading")) { html in
                    html.element("h1", text: words[asked.isBooked ? "kiosk.card-booked" : "kiosk.card"])
                    back(&html, home(code, visit))
                }
                if let refused { alert(&html, refused) }
                html.element(
                    "form", .class("kiosk"), Attribute("method", "post"),
                    .address("action", Paths.kiosk(code) + "/ticket")
                ) { html in
                    for (name, value) in [("need", asked.need), ("item", asked.item)] where !value.isEmpty {
                        html.hidden(name == "need" ? "need" : "item", value)
                    }
                    if asked.isBooked { html.hidden("booked", "1") }
                    if visit.isLow { html.hidden("low", "1") }
                    if visit.preferences.isElder { html.hidden("elder", "1") }
                    html.hidden("token", site.hall.newToken())
                    html.element("label", Attribute("for", "card"), text: words["kiosk.card-number"])
                    html.void(
                        "input", .id("card"), Attribute("name", "card"), Attribute("type", "text"),
                        Attribute("inputmode", "numeric"), Attribute("autocomplete", "off"),
                        Attribute("maxlength", "18"),
                        .flag("autofocus"))
                    if !asked.isBooked { priorities(&html) }
                    html.element(
                        "button", .class("touch primary"), Attribute("type", "submit"),
                        text: words[asked.isBooked ? "kiosk.check-in" : "kiosk.take"])
                }
                if !asked.isBooked { html.element("p", text: words["kiosk.card-optional"]) }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func alert(_ html: inout HTML, _ refusal: any Refusal) {
        let sentence = site.refusals[refusal, html.words]
        html.element("div", .class("alert"), Attribute("role", "alert")) { html in
            html.element("strong", text: sentence.what)
            html.element("p", text: sentence.mend)
            html.element("p", text: html.words("error.code", ["code": refusal.code]))
        }
    }

    private func priorities(_ html: inout HTML) {
        html.element("fieldset") { html in
            html.element("legend", text: html.words["priority.kiosk"])
            html.element("div", .class("answers")) { html in
                for ground in [nil] + PriorityGround.allCases.map(Optional.some) {
                    let id = "priority-\(ground?.rawValue ?? "none")"
                    html.void(
                        "input", Attribute("type", "radio"), .id(id), Attribute("name", "priority"),
                        .data("value", ground?.rawValue ?? ""), .flag("checked", ground == nil))
                    html.element(
                        "label", .class("touch"), .data("for", id),
                        text: html.words[ground?.word ?? Word("priority.none")])
                }
            }
        }
    }

    /// `POST …/kiosk/ticket`: the ticket, or the question again with what stands against it.
    func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        let code = try context.hallOnPage()
        let asked = Asked(need: form["need"], item: form["item"], isBooked: form["booked"] == "1")
        // A kiosk acts for the platform, whose own attempts are named after effects: no kiosk takes one of their names.
        guard let attempt = Attempt(form: "kiosk-" + form["token"]) else { throw DoorRefusal.malformedForm }
        let visit = visit(context, low: form["low"] == "1", elder: form["elder"] == "1")
        do {
            let card = CitizenID(form["card"])
            guard card != nil || form["card"].isEmpty && !asked.isBooked else { throw KioskRefusal.cardUnreadable }
            let id: TicketID
            if asked.isBooked, let card {
                id = try await site.hall.arrive(
                    by: card, at: code, kiosk: request.kioskKey, key: site.accountKey, attempt: attempt)
            } else {
                guard let need = Capability(rawValue: asked.need), need != .special else {
                    throw DoorRefusal.malformedForm
                }
                var wish = Hall.TicketWish(at: code, for: need)
                wish.itemCode = try await site.item(asked.item)
                wish.priority = try form.ifChosen("priority")
                if let card { wish.holder = .card(card, site.accountKey) }
                id = try await site.hall.takeTicket(
                    wish, by: .kiosk, kiosk: request.kioskKey, actor: .platform, attempt: attempt)
            }
            let query = kept(visit)
            return .seeOther(
                "\(Paths.kiosk(code))/tickets/\(id)" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
        } catch let refusal as any Refusal where refusal.kind != .malformed && !(refusal is WindowRefusal) {
            return question(asked, code, visit, refused: refusal)
        }
    }

    /// `GET …/kiosk/tickets/{ticket}`: the slip: the number, who is before it, and a code for the phone.
    func slip(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (code, id) = (try context.hallOnPage(), try context.ticketOnPage())
        try await site.hall.checkKiosk(request.kioskKey, at: code)
        let view = try await site.hall.ticket(id, of: code)
        var visit = visit(request, context)
        // The next one finds the page in its usual size; at which height a kiosk stands does not change.
        let home = Paths.kiosk(code) + (visit.isLow ? "?low=1" : "")
        visit.next = (home, Self.slipSeconds)
        let words = visit.words
        let picture = try QRCode(site.press.address.absolute(Paths.ticket(code, id)))
        return .page(
            visit.screen(words["kiosk.title"], home: Paths.kiosk(code)) { html in
                html.element("div", .class("slip")) { html in
                    html.element("h1", text: words["kiosk.your-number"])
                    html.ticketState(view)
                    html.codePicture(picture, label: words["ticket.code"])
                    html.element("p", text: words["ticket.code-help"])
                }
                html.element(
                    "a", .class("touch"), .href(home), .data("data-after", "\(Self.slipSeconds)"),
                    text: words["kiosk.done"])
            })
    }
}

/// Why a kiosk cannot go on.
enum KioskRefusal: String, Refusal, CaseIterable {
    /// What was typed or read is not the number of an identity card.
    case cardUnreadable = "kiosk.card-unreadable"

    var code: String { rawValue }
    var kind: RefusalKind { .invalid }

    static let codes = allCases.map(\.rawValue)
}

extension Request {
    /// The key of the kiosk that asks; nil for a browser that is none.
    var kioskKey: KioskKey? { cookies[Kiosk.cookieName].flatMap { KioskKey($0.value) } }
}
