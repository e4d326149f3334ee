import Accounts
import Exchange
import Hall
import Hummingbird
import Vocabulary

/// `/office/exchange/records`: everything that was said over links of one case, found by its number, in the order of
/// time. Each record opens to what it says, with everything about somebody cut to its first character.
struct CaseRecordsPage {
    /// LIMIT: characters of a number that is looked for.
    private static let numberMax = LinkRecord.numberCharactersMax

    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let asked = String(request.asked("number").filter { !$0.isWhitespace }.prefix(Self.numberMax))
        let found = asked.isEmpty ? nil : try await site.hall.records(numbered: asked, for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let desk = LinkDesk(site: site, words: words)
        return .page(
            visit.page(words["records.title"], crumbs: [PageLink(words["exchange.title"], ExchangePage.path)]) { html in
                html.title(words["records.title"])
                html.exchangeTabs(current: Self.path)
                html.lead(words["records.lead"])
                html.element(
                    "form", .class("filters"), Attribute("method", "get"), .address("action", Self.path)
                ) { html in
                    html.field(
                        Field(
                            "number", words["records.number"], .text(max: Self.numberMax), answer: Answer(asked)))
                    html.button(words["deed.search"], .secondary)
                }
                guard !asked.isEmpty else { return }
                guard let found, !found.records.isEmpty else {
                    return html.empty(words["records.none"], words["records.none-help"])
                }
                html.heading(found.number)
                for record in found.records { desk.card(&html, record) }
            })
    }

    static let path = "/office/exchange/records"

    static func address(of number: String) -> String { "\(path)?number=\(Paths.query(number))" }
}

extension LinkDesk {
    /// One record with what came of it.
    fileprivate func card(_ html: inout HTML, _ record: Hall.CaseRecord) {
        html.card(family(record.key.family)) { html in
            html.element("p") { html in
                html.tag(record.outcome.tag(words))
                html.text(" ")
                html.moment(record.at)
            }
            html.facts { html in
                html.fact(record.isOutgoing ? words["records.to"] : words["records.from"]) { html in
                    html.link(PageLink(record.partner, LinksPage.path(of: record.link.id)))
                }
                html.fact(words["records.key"]) { $0.element("span", .class("code"), text: record.key.key) }
                html.fact(words["records.tries"]) { $0.text(words.count("records.times", record.times)) }
                if !record.code.isEmpty || !record.message.isEmpty {
                    html.fact(words["links.why"]) { reason(&$0, record.code, record.message) }
                }
            }
            html.unfold(words["records.raw"]) { html in
                guard let masked = record.masked else { return html.note(words["records.not-kept"]) }
                html.note(words["records.masked"])
                columns(&html, masked["values"], of: record.key.family)
            }
        }
    }

    /// The columns of a record, each under its own name.
    private func columns(_ html: inout HTML, _ values: JSONValue?, of family: String) {
        guard case .record(let values)? = values else { return }
        let order = site.hall.families[family]?.fields.map(\.name) ?? []
        let names = order.filter { values[$0] != nil } + values.keys.filter { !order.contains($0) }.sorted()
        html.facts { html in
            for name in names {
                html.fact(name) { html in
                    switch values[name] {
                    case .text(let text)?: html.element("span", .class("code"), text: text)
                    case .number(let number)?: html.element("span", .class("code"), text: "\(number)")
                    default: html.text("–")
                    }
                }
            }
        }
    }
}

extension Hall.CaseRecord.Outcome {
    fileprivate func tag(_ words: Words) -> Tag {
        switch self {
        case .sent(.handedOver): Tag(words["records.handed-over"], .waiting)
        case .sent(.taken): Tag(words["records.sent-taken"], .good)
        case .sent(.known): Tag(words["records.sent-known"], .good)
        case .sent(.refused): Tag(words["records.sent-refused"], .bad)
        case .received(.waiting): Tag(words["records.waiting"], .waiting)
        case .received(.taken): Tag(words["records.taken"], .good)
        case .received(.known): Tag(words["records.known"], .good)
        case .received(.refused): Tag(words["records.refused"], .bad)
        }
    }
}
