import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}`: the guide. Promise first, then what this person needs, then the steps, then everything else.
struct ItemPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw DoorRefusal.noSuchPage }
        let persons = try await persons(context, item.guide.catalogCode.code)
        let held = try await site.hall.satisfied(item.guide.materials, of: persons)
        var visit = site.visit(context, .portal)
        let address = Paths.item(item.itemCode)
        visit.linkedData = try site.linkedData(of: item)
        visit.alternates = [
            ("application/ld+json", address + "/guide.jsonld"), ("application/json", address + "/guide.json"),
        ]
        let words = visit.words
        let guide = item.guide
        let title = words.pick(guide.title)
        return .page(
            visit.page(title, crumbs: [PageLink(words["nav.items"], "/items")]) { html in
                html.title(title, over: words.pick(guide.implementingBody))
                if let stop = words.stop(of: item) {
                    html.banner(.warning, stop) { $0.paragraph(words["item.stop-help"]) }
                }
                html.lead(words.promise(of: guide))
                html.note(words.edition(of: item))
                html.columns { html in
                    html.heading(words["item.needs"])
                    html.needs(guide.materials.map { need($0, held, words) })
                    html.heading(words["item.steps"])
                    html.timeline(
                        guide.standard.procedureSteps.map { step in
                            TimelineEvent(
                                .open, words.pick(step.name), state: .ahead,
                                detail: words.pick(step.reviewStandard))
                        })
                    html.elements(of: guide, site.tables, words)
                } aside: { html in
                    if item.stop == nil { html.start(item, persons, site.tokens(context), words) }
                    html.buttonLink(words["item.print"], Paths.guidePrint(item.itemCode))
                }
            })
    }

    private func persons(_ context: SiteContext, _ catalogCode: String) async throws -> [Person] {
        guard case .person(.citizen(let citizen))? = context.guest?.who else { return [] }
        return try await site.hall.principals(of: citizen, in: .item(catalogCode))
    }

    private func need(_ material: MaterialSpec, _ held: [String: CertificateLine], _ words: Words) -> NeedRow {
        let standing: NeedRow.Standing =
            held[material.id].map { .held(words("need.certificate", ["number": $0.identifier.serial])) } ?? .wanted
        return NeedRow(
            words.pick(material.name), detail: words.pick(material.fillingNote ?? material.acceptanceStandard),
            standing: standing)
    }
}

extension HTML {
    /// Writes the card with which one begins, for whom one may.
    fileprivate mutating func start(
        _ item: ItemVersion, _ persons: [Person], _ tokens: FormTokens, _ words: Words
    ) {
        card(words["item.start"]) { html in
            guard !persons.isEmpty else {
                html.paragraph(words["item.sign-in-help"])
                html.buttonLink(
                    words["item.sign-in"], Paths.signIn(back: Paths.item(item.itemCode)), .primary)
                return
            }
            html.form(Paths.item(item.itemCode) + "/drafts", tokens) { html in
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
    fileprivate mutating func elements(of guide: Guide, _ tables: CodeTables, _ words: Words) {
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
