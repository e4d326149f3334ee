import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// One piece of somebody's business: a draft or a dossier.
struct BusinessRow: Sendable {
    let name: String
    let href: String
    let applicant: String
    let state: Tag
    let since: Instant
    let due: CivilDate?
    let isOpen: Bool
}

/// `GET /business`: everything a citizen has begun and filed, for herself and for those whose letters she holds.
struct Business {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let rows = try await rows(of: context.citizen, openOnly: false, words: site.visit(context, .portal).words)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let principals = try await site.hall.principals(of: context.citizen, in: .everything)
        let help = try await AssistanceCard(of: principals, site, words)
        return .page(
            visit.page(words["nav.business"]) { html in
                html.title(words["nav.business"])
                html.businessTable(rows, words)
                html.element("p") { $0.link(PageLink(words["looks.title"], Paths.looks)) }
                help.write(&html, back: "/business", site.tokens(context))
            })
    }

    func rows(of citizen: Citizen, openOnly: Bool, words: Words? = nil) async throws -> [BusinessRow] {
        let words = words ?? site.interior.tables.words(.portal, .zh)
        let principals = try await site.hall.principals(of: citizen, in: .something)
        let drafts = try await site.hall.drafts(of: citizen.id)
        var rows: [BusinessRow] = []
        for draft in drafts {
            guard let item = try await site.hall.item(draft.implementationCode, version: draft.itemVersion) else {
                continue
            }
            let applicant = principals.first { $0.id == draft.contents.applicant ?? citizen.id }
            rows.append(
                BusinessRow(
                    name: words.pick(item.guide.itemName), href: Paths.draft(draft.id, "situation"),
                    applicant: applicant?.name.text ?? citizen.name.text,
                    state: Tag(words["stage.draft"], .waiting), since: draft.savedAt, due: nil, isOpen: true))
        }
        for person in principals {
            let lines = try await site.hall.dossiers(of: person.id)
            let names = try await site.hall.itemTitles(of: Set(lines.map(\.itemCode)))
            for line in lines {
                // A letter for some items shows nothing of the others.
                guard try await site.mayAct(citizen, for: person.id, in: line.catalogCode) else { continue }
                rows.append(
                    BusinessRow(
                        name: names[line.itemCode].map { words.pick($0) } ?? line.itemCode,
                        href: Paths.dossier(line.id),
                        applicant: person.name.text, state: words.stage(line), since: line.submittedAt, due: line.due,
                        isOpen: line.stage != .ended))
            }
        }
        return rows.filter { !openOnly || $0.isOpen }.sorted { $0.since > $1.since }
    }
}

extension Site {
    /// Whether a citizen may act for somebody in an item today.
    func mayAct(_ citizen: Citizen, for applicant: PersonID, in catalogCode: String) async throws -> Bool {
        if applicant == citizen.id { return true }
        return try await hall.principals(of: citizen, in: .item(catalogCode)).contains { $0.id == applicant }
    }
}

extension HTML {
    /// Writes somebody's business as a table.
    mutating func businessTable(_ rows: [BusinessRow], _ words: Words) {
        table(
            words["nav.business"],
            [
                Column(words["column.item"]), Column(words["column.applicant"]), Column(words["column.state"]),
                Column(words["column.due"]), Column(words["column.since"]),
            ], rows
        ) { html in
            html.empty(
                words["business.none"], words["business.none-help"], action: PageLink(words["nav.items"], "/items"))
        } row: { html, row in
            html.row { html in
                html.headCell(row.name, href: row.href)
                html.cell(row.applicant)
                html.cell { $0.tag(row.state) }
                html.cell(row.due.map(words.date) ?? "—")
                html.cell(words.date(row.since.day))
            }
        }
    }
}

extension Words {
    /// Where a dossier stands, in a word for lists.
    func stage(_ line: DossierLine) -> Tag { stage(line.stage, line.ending) }

    func stage(_ stage: Dossier.Stage.Name, _ ending: Dossier.Ending?) -> Tag {
        switch stage {
        case .preReview: Tag(self["stage.pre-review"], .busy)
        case .preReviewReturned: Tag(self["stage.pre-review-returned"], .waiting)
        case .awaitingOriginals: Tag(self["stage.awaiting-originals"], .waiting)
        case .received: Tag(self["stage.received"], .busy)
        case .correctionRequested: Tag(self["stage.correction-requested"], .waiting)
        case .inReview: Tag(self["stage.in-review"], .busy)
        case .reviewed: Tag(self["stage.reviewed"], .busy)
        case .granted, .certified: Tag(self["stage.granted"], .good)
        case .refused: Tag(self["stage.refused"], .bad)
        case .issued: Tag(self["stage.issued"], .waiting)
        case .handedOver: Tag(self["stage.handed-over"], .good)
        case .ended: end(ending)
        }
    }

    private func end(_ ending: Dossier.Ending?) -> Tag {
        switch ending {
        case .declined: Tag(self["ending.declined"], .bad)
        case .withdrawn: Tag(self["ending.withdrawn"])
        case .terminated: Tag(self["ending.terminated"])
        case .lapsed: Tag(self["ending.lapsed"])
        case .toleranceLapsed: Tag(self["ending.tolerance-lapsed"], .bad)
        case .closed, nil: Tag(self["ending.closed"], .good)
        }
    }
}
