import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `GET /looks`: 查阅记录: who looked at what is hers, or at what is theirs for whom she may act in everything; `of` is one
/// case or certificate, `person` one of them.
struct LooksPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let people = try await site.hall.principals(of: context.citizen, in: .everything)
        let asked = PersonID(request.asked("person"))
        let persons = people.map(\.id).filter { asked == nil || $0 == asked }
        let (thing, last) = (Subject(request.asked("of")), Subject(request.asked("before")))
        let looks = try await site.hall.looks(of: persons, about: thing, before: last)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let text = LookText(site: site, words: words)
        let own = Self.address(person: asked, thing: thing)
        let next =
            looks.count == Limits.pageRowsMax
            ? looks.last.map { "\(own)\(own.contains("?") ? "&" : "?")before=\($0.id)" } : nil
        return .page(
            visit.page(words["looks.title"]) { html in
                html.reading { html in
                    html.title(words["looks.title"])
                    html.lead(words["looks.lead"])
                    if people.count > 1 { Self.tabs(&html, people, thing, own) }
                    if thing != nil {
                        html.paragraph(words["looks.of-one"])
                        html.link(PageLink(words["looks.all"], Paths.looks))
                    }
                    html.looks(LookFold.folded(looks), text, people.count > 1 ? people : [])
                    html.pager(previous: last == nil ? nil : own, next: next)
                    html.unfold(words["looks.about"]) { html in
                        html.paragraph(words["looks.about-what"])
                        html.paragraph(words["looks.about-who"])
                        html.paragraph(words["looks.about-ask"])
                    }
                }
            })
    }

    private static func address(person: PersonID?, thing: Subject?) -> String {
        let parts = [person.map { "person=\($0)" }, thing.map { "of=\($0)" }].compactMap(\.self)
        return parts.isEmpty ? Paths.looks : Paths.looks + "?" + parts.joined(separator: "&")
    }

    private static func tabs(_ html: inout HTML, _ people: [Person], _ thing: Subject?, _ current: String) {
        let each = people.map { PageLink($0.name.text, address(person: $0.id, thing: thing)) }
        html.tabs(
            [PageLink(html.words["looks.everybody"], address(person: nil, thing: thing))] + each, current: current)
    }
}

/// Looks of one member of staff at one thing for one reason, shortly one after the other: one line.
struct LookFold: Sendable {
    /// LIMIT: minutes between two looks that stand in one line.
    static let minutes = 10

    /// The latest.
    let look: Hall.LookSeen
    let count: Int
    /// The instant of the first.
    let since: Instant

    /// Each look stands in one line; a look about which she asked has one of its own.
    static func folded(_ looks: [Hall.LookSeen]) -> [LookFold] {
        var lines: [LookFold] = []
        for look in looks {
            if let last = lines.last, last.takes(look) {
                lines[lines.count - 1] = LookFold(look: last.look, count: last.count + 1, since: look.at)
            } else {
                lines.append(LookFold(look: look, count: 1, since: look.at))
            }
        }
        return lines
    }

    private func takes(_ other: Hall.LookSeen) -> Bool {
        look.who == other.who && look.thing == other.thing && look.word == other.word && look.holder == other.holder
            && look.matter == other.matter && look.inquiry == nil && other.inquiry == nil
            && since.milliseconds - other.at.milliseconds <= Int64(Self.minutes) * 60_000
    }
}

extension HTML {
    /// Writes the looks as a list, the latest first, each with the way to its page.
    fileprivate mutating func looks(_ lines: [LookFold], _ text: LookText, _ people: [Person]) {
        guard !lines.isEmpty else { return empty(words["looks.none"], words["looks.none-help"]) }
        element("ul", .class("told")) { html in
            for line in lines { html.look(line, text, people) }
        }
    }

    private mutating func look(_ line: LookFold, _ text: LookText, _ people: [Person]) {
        let look = line.look
        element("li") { html in
            let words = html.words
            html.element("p", .class("event-title")) { html in
                html.link(PageLink(text.thing(look.thing), Paths.look(look.id)))
                html.text(" ")
                if line.count > 1 { html.tag(Tag(words.count("looks.times", line.count))) }
                if let inquiry = look.inquiry { html.tag(Tag(words[inquiry.stage.word], inquiry.stage.tag)) }
            }
            html.element("p", text: text.why(look.purpose, look.word) + " · " + text.matter(look.number))
            html.element("p", .class("note")) { html in
                html.moment(look.at)
                html.text(" · " + text.who(look.who))
                if let holder = people.first(where: { $0.id == look.holder }) { html.text(" · " + holder.name.text) }
            }
        }
    }
}
