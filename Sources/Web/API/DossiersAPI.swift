import Accounts
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import Papers
import Vocabulary

/// `/api/v1/dossiers`: how dossiers stand, without anything that can be forgotten.
struct DossiersAPI {
    let site: Site

    private struct List: Encodable {
        let dossiers: [DossierSummary]
        /// Sent as `before`, it asks for the page after this one; missing on the last.
        let next: DossierID?
    }

    /// `GET /api/v1/dossiers?before=`: a citizen's own, and those in which she may act for somebody, the newest first.
    ///
    /// LIMIT: `Limits.pageRowsMax` on one page.
    func list(_ request: Request, _ context: PortalContext) async throws -> Response {
        let asked = try request.strictlyAsked("before")
        let before = asked.isEmpty ? nil : DossierID(asked)
        guard asked.isEmpty || before != nil else { throw APIRefusal.malformed }
        var lines: [DossierLine] = []
        for person in try await site.hall.principals(of: context.citizen, in: .something) {
            lines += try await site.hall.dossiers(of: person.id, before: before)
        }
        let page = lines.sorted { $0.id > $1.id }.prefix(Limits.pageRowsMax)
        var summaries: [DossierSummary] = []
        for line in page where try await site.mayAct(context.citizen, for: line.applicant, in: line.catalogCode) {
            summaries.append(DossierSummary(line))
        }
        return try .json(List(dossiers: summaries, next: page.count == Limits.pageRowsMax ? page.last?.id : nil))
    }

    /// `GET /api/v1/dossiers/{id}`: for those who may act in it, and, as a look, for the staff who handle it.
    func get(_ request: Request, _ context: BearerContext) async throws -> Response {
        let opened = try await open(context)
        return try .json(
            try DossierAnswer(opened, site.hall.rules(for: opened.dossier.submitted.terms.region)))
    }

    /// `GET /api/v1/dossiers/{id}/papers/{paper}`: a paper of the law as the file that is kept byte for byte.
    func paper(_ request: Request, _ context: BearerContext) async throws -> Response {
        let opened = try await open(context)
        let paper = try await DossierPaper(site, opened.dossier.id, try context.parameters.require("paper"))
        let bytes = try await paper.file(for: context.guest.session.holder.actor)
        var response = Response.pdf(bytes, name: "\(paper.paper.issued.number)", for: request)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// `GET /api/v1/dossiers/{id}/clock`: the ledger of its limits, for the same people.
    func clock(_ request: Request, _ context: BearerContext) async throws -> Response {
        let opened = try await open(context)
        let rules = site.hall.rules(for: opened.dossier.submitted.terms.region)
        let ledger = rules.ledger(of: opened.dossier, history: opened.history, at: site.hall.time.now())
        return try .json(ClockAnswer(opened.dossier, ledger))
    }

    private func open(_ context: BearerContext) async throws -> Hall.Opened {
        switch context.guest.who {
        case .person(.citizen(let citizen)): try await site.own(try context.dossier(), of: citizen).opened
        case .person: throw DoorRefusal.wrongDoor
        case .staff: try await look(context)
        }
    }

    /// Opens it at the first of the doors at which the member of staff handles it. Each leaves the entry that its page
    /// leaves; one that is refused leaves none.
    private func look(_ context: BearerContext) async throws -> Hall.Opened {
        let (guest, _, grants) = try staffGuest(
            context.site, [.clerk, .reviewer, .decider, .head, .governmentHead, .issuingClerk])
        let roles = Set(grants.filter { $0.revokedAt == nil }.map(\.role))
        let doors: [(roles: Set<Role>, powers: [Power], purpose: String)] = [
            ([.clerk], [.receive], "intake"),
            ([.reviewer, .decider, .head, .governmentHead], Power.office, "review"),
            ([.issuingClerk], [.issue], "issuing"),
        ]
        let id = try context.dossier()
        for door in doors where !door.roles.isDisjoint(with: roles) {
            do {
                return try await site.hall.open(id, by: guest, with: door.powers, purpose: door.purpose)
            } catch PerformerRefusal.notAllowed {
                continue
            }
        }
        throw PerformerRefusal.notAllowed
    }
}

extension DoorContext {
    /// The dossier that the address names.
    func dossier() throws -> DossierID {
        guard let id = DossierID(try parameters.require("dossier")) else { throw DossierRefusal.notFound }
        return id
    }
}
