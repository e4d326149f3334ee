import Accounts
import Catalogue
import Delivery
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /issuing`: what lies ready, and the one box by which a result is found. Whoever scans or types into it and
/// presses Enter is at the case.
struct IssuingDesk {
    let site: Site

    func get(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let query = request.asked("q")
        guard !query.isEmpty else {
            return try await list(context, query, try await site.hall.results(for: context.guest))
        }
        let found = try await site.hall.findResults(query, by: context.guest, key: site.accountKey)
        if found.count == 1 { return .redirect(to: Paths.issuing(found[0].dossier), type: .normal) }
        return try await list(context, query, found)
    }

    private func list(
        _ context: IssuerContext, _ query: String, _ lines: [Hall.ResultLine]
    ) async throws -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let rows = try await rows(lines, words)
        return .page(
            visit.page(words["nav.issuing"]) { html in
                html.title(words["nav.issuing"])
                var box = SearchBox(words["issuing.find"], action: "/issuing")
                box.placeholder = words["issuing.find-placeholder"]
                box.question = query
                box.takesFocus = true
                html.search(box)
                if !query.isEmpty {
                    guard !lines.isEmpty else { return html.banner(.warning, words["issuing.not-found"]) }
                    if lines.count > 1 { html.note(words("issuing.found", ["n": "\(lines.count)"])) }
                }
                html.results(words["nav.issuing"], rows)
            })
    }

    private func rows(_ lines: [Hall.ResultLine], _ words: Words) async throws -> [ResultRow] {
        let names = try await site.hall.namesInLists(of: Set(lines.map(\.applicant)))
        var items: [String: String] = [:]
        for code in Set(lines.map(\.itemCode)).sorted() {
            items[code] = try await site.hall.item(code).map { words.pick($0.guide.title) } ?? code
        }
        return lines.map { line in
            ResultRow(line: line, item: items[line.itemCode] ?? line.itemCode, name: names[line.applicant] ?? "—")
        }
    }
}

/// One line of the issuing window's list, in words.
private struct ResultRow: Sendable {
    let line: Hall.ResultLine
    let item: String
    /// A person's name masked, an organisation's whole.
    let name: String
}

extension HTML {
    fileprivate mutating func results(_ caption: String, _ rows: [ResultRow]) {
        table(
            caption,
            [
                Column(words["shelf.position"]), Column(words["column.item"]), Column(words["column.applicant"]),
                Column(words["shelf.since"]), Column(words["shelf.leaves"]),
            ], rows
        ) { html in
            html.empty(html.words["work.none"], html.words["work.none-help"])
        } row: { html, row in
            html.row { html in
                let words = html.words
                html.cell { html in
                    if let place = row.line.kept?.place {
                        html.element("strong", .class("code"), text: place.position.description)
                    } else {
                        html.tag(words.whereItLies(row.line.kept))
                    }
                }
                html.headCell(row.item, href: Paths.issuing(row.line.dossier))
                html.cell { html in
                    html.element("span", text: row.name)
                    html.element("p", .class("note"), text: row.line.short)
                }
                html.cell(row.line.kept.map { words.shortDate($0.readyAt.day) } ?? "—")
                html.cell { html in
                    html.element("span", text: row.line.kept.map { words.label($0.matter.delivery) } ?? "—")
                    if let tag = words.reminded(row.line.kept) { html.tag(tag) }
                }
            }
        }
    }
}

extension Words {
    /// Where a result lies that has no position.
    func whereItLies(_ kept: KeptResult?) -> Tag {
        kept?.state == .archived ? Tag(self["shelf.archived"], .bad) : Tag(self["shelf.nowhere"], .waiting)
    }

    /// How often the applicant was reminded; nil where she was not.
    func reminded(_ kept: KeptResult?) -> Tag? {
        switch kept?.state {
        case .reminded: Tag(self["shelf.reminded"], .waiting)
        case .remindedAgain: Tag(self["shelf.reminded-again"], .bad)
        case .archived: Tag(self["shelf.archived"], .bad)
        case .waiting, .left, nil: nil
        }
    }

    /// A way of delivery by its name.
    func label(_ delivery: DeliveryMode) -> String { pick(delivery.label, delivery.labelEnglish) }
}
