import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}`: the guide. Promise first, then the questions about the situation, what this person needs in it,
/// the steps, and everything else.
struct ItemPage {
    let site: Site

    /// What the page shows.
    private struct View {
        let item: ItemVersion
        let asked: AskedSituation
        let persons: [Person]
        let holdings: Hall.Holdings
        var guide: Guide { item.guide }
    }

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        return try await site.kept(request, context) { try await page(of: code, request, context) }
    }

    private func page(of code: String, _ request: Request, _ context: SiteContext) async throws -> HTML {
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let persons = try await persons(context, item.guide.catalogCode.code)
        let view = View(
            item: item, asked: AskedSituation(request, item.guide), persons: persons,
            holdings: try await site.hall.holdings(for: item.guide.materials, of: persons))
        return page(view, try visit(context, item), site.tokens(context))
    }

    /// Whose matter it may be here: nobody's who is not signed in as a citizen.
    func persons(_ context: SiteContext, _ catalogCode: String) async throws -> [Person] {
        guard case .person(.citizen(let citizen))? = context.guest?.who else { return [] }
        return try await site.hall.principals(of: citizen, in: .item(catalogCode))
    }

    /// The visit, with what programs are told; they know the page by its address without the answers.
    private func visit(_ context: SiteContext, _ item: ItemVersion) throws -> Visit {
        var visit = site.visit(context, .portal)
        let address = Paths.item(item.itemCode)
        visit.canonical = site.press.address.absolute(address)
        visit.linkedData = try site.linkedData(of: item)
        visit.alternates = [
            ("application/ld+json", address + "/guide.jsonld"), ("application/json", address + "/guide.json"),
        ]
        return visit
    }

    private func page(_ view: View, _ visit: Visit, _ tokens: FormTokens) -> HTML {
        let (guide, words) = (view.guide, visit.words)
        let title = words.pick(guide.title)
        return visit.page(title, crumbs: [PageLink(words["nav.items"], "/items")]) { html in
            html.title(title, over: words.pick(guide.implementingBody))
            if let stop = words.stop(of: view.item) {
                html.banner(.warning, stop) { $0.paragraph(words["item.stop-help"]) }
            }
            html.lead(words.promise(of: guide))
            html.element("p", .class("links")) { html in
                html.link(PageLink(words["trips.link"], Paths.trips(view.item.itemCode, view.asked.query)))
            }
            html.note(words.version(of: view.item))
            html.columns { html in
                html.situation(view.item, view.asked)
                html.heading(words["item.needs"], id: "needs")
                if view.asked.isAnswered { html.note(words.applying(view.asked, guide)) }
                html.needs(needs(view, words))
                html.heading(words["item.steps"])
                html.steps(guide.picture(site.tables, words))
                html.unfold(words["item.steps-detail"]) { $0.timeline(guide.stepEvents(words)) }
                html.elements(of: guide, site.tables, words)
            } aside: { html in
                if view.item.stop == nil { html.start(view.item, view.asked, view.persons, tokens, words) }
                html.buttonLink(words["item.print"], Paths.guidePrint(view.item.itemCode, view.asked.query))
            }
        }
    }

    private func needs(_ view: View, _ words: Words) -> [NeedRow] {
        view.guide.materials.compactMap { material in
            guard let open = material.appliesWhen.open(in: view.asked.choices) else { return nil }
            let standing: NeedRow.Standing =
                view.holdings.satisfied[material.id].map {
                    .held(words("need.certificate", ["number": $0.identifier.serial]))
                }
                ?? .wanted
            let code = view.item.itemCode
            let links = [
                PageLink(words["form.blank-link"], Paths.form(code, view.asked.query)),
                PageLink(words["form.sample-link"], Paths.form(code, Paths.sample)),
            ]
            var row = NeedRow(
                words.pick(material.name), detail: words.pick(material.fillingNote ?? material.acceptanceStandard),
                standing: standing, links: material.isTheForm ? links : [])
            row.unfit = view.holdings.unfit[material.id].map { words.why($0) } ?? ""
            if !open.isEmpty { row.circumstances = words.onlyNeeded(open, in: view.guide) }
            return row
        }
    }
}

extension HTML {
    /// Writes the card with which one begins, for whom one may. What was said of the situation goes with it.
    fileprivate mutating func start(
        _ item: ItemVersion, _ asked: AskedSituation, _ persons: [Person], _ tokens: FormTokens, _ words: Words
    ) {
        card(words["item.start"]) { html in
            guard !persons.isEmpty else {
                html.paragraph(words["item.sign-in-help"])
                html.buttonLink(
                    words["item.sign-in"], Paths.signIn(back: Paths.item(item.itemCode) + asked.query), .primary)
                return
            }
            html.form(Paths.item(item.itemCode) + "/drafts", tokens) { html in
                html.hidden(asked)
                html.field(
                    Field(
                        "applicant", words["item.for-whom"],
                        .choice(persons.map { Option($0.id.description, $0.name.text) }),
                        answer: Answer(Self.preferred(persons, item).id.description)))
                html.button(words["item.begin"])
            }
        }
    }

    /// A firm's item is most likely begun for the firm.
    private static func preferred(_ persons: [Person], _ item: ItemVersion) -> Person {
        let forFirms = item.guide.standard.topics.allSatisfy { $0.holder == .legalPerson }
        return forFirms ? persons.last ?? persons[0] : persons[0]
    }

    /// Writes the 46 elements in their groups; what was made up for the demonstration says so.
    mutating func elements(of guide: Guide, _ tables: CodeTables, _ words: Words) {
        heading(words["item.elements"])
        for (group, statements) in guide.statementsByGroup(tables) {
            unfold(words.pick(group.label)) { html in
                html.facts { html in
                    for statement in statements {
                        html.fact(words.pick(statement.element.label)) { html in
                            for line in statement.lines { html.paragraph(words.pick(line)) }
                            if statement.isDemonstration { html.tag(Tag(words["item.demonstration"])) }
                            if statement.isUnchecked { html.tag(Tag(words["item.unchecked"], .waiting)) }
                        }
                    }
                }
            }
        }
    }
}

extension Words {
    /// The promise of a guide in one line.
    func promise(of guide: Guide) -> String {
        let trips = guide.leastTripsOffered.map { [self.trips($0)] } ?? []
        let charged = self[guide.standard.isCharged ? Word("item.charged") : Word("item.free")]
        let statutory = self("item.statutory", ["limit": limit(guide.statutoryLimit)])
        return ([self("item.promised", ["limit": limit(guide.promisedLimit)]), statutory] + trips + [charged])
            .joined(separator: " · ")
    }
}
