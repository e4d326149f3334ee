import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /grants`: the licences that were granted, for everybody to read (行政许可法 art. 40). The same as `/grants.json`
/// and `/grants.csv`.
struct GrantsPage {
    /// LIMIT: lines of one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try GrantsAsked(request, isStrict: false)
        let found = try await find(asked, limit: Self.rowsMax)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let view = GrantsView(
            asked: asked, grants: found.grants, choices: found.choices,
            chosen: try await chosen(asked), names: try await site.publicNames(found.grants.map(\.itemCode), words),
            today: site.hall.time.now().day, words: words)
        return .page(
            visit.page(words["grants.title"]) { html in
                html.title(words["grants.title"])
                html.lead(words["grants.lead"])
                view.search(&html)
                view.choices(&html)
                view.table(&html)
                html.pager(
                    previous: asked.after == nil ? nil : asked.address(),
                    next: found.next.map { asked.address(after: $0) })
                html.openData(json: asked.address("/grants.json"), csv: asked.address("/grants.csv"))
            })
    }

    /// What fits: grants, or names to choose from where the words are no number.
    private struct Found {
        var grants: [PublicGrant] = []
        var choices: [PublicNameTable.Name] = []
        var next: PublicGrantTable.Cursor?
    }

    private func find(_ asked: GrantsAsked, limit: Int) async throws -> Found {
        var found = Found()
        if !asked.words.isEmpty {
            found.grants = try await site.hall.publicGrants(numbered: asked.words)
            if !found.grants.isEmpty { return found }
            guard let code = CreditCode(asked.words) else {
                found.choices = try await site.hall.publicNames(matching: asked.words)
                return found
            }
            return try await page(asked.filter(holder: code), asked, limit: limit)
        }
        return try await page(asked.filter(), asked, limit: limit)
    }

    private func page(
        _ filter: PublicGrantTable.Filter, _ asked: GrantsAsked, limit: Int
    ) async throws -> Found {
        let grants = try await site.hall.publicGrants(filter, after: asked.after, limit: limit)
        return Found(grants: grants, next: grants.count == limit ? grants.last?.cursor : nil)
    }

    /// What the list is narrowed to, by name.
    private func chosen(_ asked: GrantsAsked) async throws -> [GrantsView.Chosen] {
        var chosen: [GrantsView.Chosen] = []
        for (kind, code) in asked.narrowed {
            chosen.append(
                GrantsView.Chosen(kind: kind, name: try await site.hall.publicName(kind, code) ?? code))
        }
        return chosen
    }

    func json(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await open(request, "/grants.json").json(to: request)
    }

    func csv(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await open(request, "/grants.csv").csv(to: request)
    }

    private func open(_ request: Request, _ path: String) async throws -> PublicPage<PublicGrant> {
        let asked = try GrantsAsked(request, isStrict: true)
        let found = try await find(asked, limit: Limits.pageRowsMax)
        let today = site.hall.time.now().day
        return PublicPage(
            name: "grants",
            columns: [
                .text("number", \.number), .text("certificateNumber", \.certificateNumber),
                .text("itemCode", \.itemCode), .text("item", \.itemName), .text("bodyCode", \.body.code),
                .text("body", \.bodyName), .text("decidedOn", \.decidedOn.description), .text("holder", \.holder),
                .text("holderCode", \.holderCode?.code), .text("validUntil", \.validUntil?.description),
                .text("state") { $0.standing(on: today).rawValue }, .text("endedOn", \.end?.day.description),
            ], lines: found.grants, next: next(found, asked, path))
    }

    private func next(_ found: Found, _ asked: GrantsAsked, _ path: String) -> String? {
        found.next.map { site.press.address.absolute(asked.address(path, after: $0)) }
    }
}

/// What the address of the list asks for: `q`, `item`, `body`, `holder`, `month` and `after`.
struct GrantsAsked {
    /// A number, a credit code, or part of a name; empty when nothing is searched for.
    let words: String
    /// 12 characters.
    let item: String
    let body: CreditCode?
    let holder: CreditCode?
    let month: Month?
    let after: PublicGrantTable.Cursor?

    /// Reads an address; what cannot be read counts as not asked, unless a program is told so.
    init(_ request: Request, isStrict: Bool) throws {
        func asked(_ name: String) throws -> String {
            isStrict ? try request.strictlyAsked(name) : request.asked(name)
        }
        let (item, body, holder) = (try asked("item"), try asked("body"), try asked("holder"))
        let (month, after) = (try asked("month"), try asked("after"))
        let said = try asked("q").trimmingCharacters(in: .whitespacesAndNewlines)
        words = String(said.prefix(PublicNameTable.searchedMax))
        self.item = item.utf8.count == 12 && item.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? item : ""
        (self.body, self.holder) = (CreditCode(body), CreditCode(holder))
        (self.month, self.after) = (Month(month), PublicGrantTable.Cursor(after))
        guard isStrict else { return }
        let unread = [
            (item, self.item.isEmpty), (body, self.body == nil), (holder, self.holder == nil),
            (month, self.month == nil), (after, self.after == nil), (said, words != said),
        ]
        if unread.contains(where: { !$0.0.isEmpty && $0.1 }) { throw APIRefusal.malformed }
    }

    func filter(holder code: CreditCode? = nil) -> PublicGrantTable.Filter {
        var filter = PublicGrantTable.Filter(month?.days ?? Month.always)
        (filter.item, filter.body, filter.holder) = (item.isEmpty ? nil : item, body, code ?? holder)
        return filter
    }

    /// What the list is narrowed to, with its codes.
    var narrowed: [(kind: PublicNameTable.Kind, code: String)] {
        let all: [(PublicNameTable.Kind, String)] = [
            (.item, item), (.body, body?.code ?? ""), (.holder, holder?.code ?? ""),
        ]
        return all.filter { !$0.1.isEmpty }.map { (kind: $0.0, code: $0.1) }
    }

    func address(_ path: String = "/grants", after: PublicGrantTable.Cursor? = nil) -> String {
        PublicAddress.of(path, fields(words: words) + [("after", after?.text ?? "")])
    }

    /// The same list narrowed to one name more, or to one less when the code is empty.
    func address(_ kind: PublicNameTable.Kind, _ code: String) -> String {
        PublicAddress.of("/grants", fields(words: "").map { "\($0.name)" == kind.rawValue ? ($0.name, code) : $0 })
    }

    func fields(words: String) -> [AddressField] {
        [
            ("q", words), ("item", item), ("body", body?.code ?? ""), ("holder", holder?.code ?? ""),
            ("month", month.map { "\($0)" } ?? ""),
        ]
    }
}

extension PublicGrantTable.Cursor {
    /// As it stands in an address.
    var text: String { "\(decidedOn).\(dossier)" }

    init?(_ text: String) {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 2, let day = CivilDate(parts[0]), let dossier = DossierID(parts[1]) else { return nil }
        self.init(decidedOn: day, dossier: dossier)
    }
}
