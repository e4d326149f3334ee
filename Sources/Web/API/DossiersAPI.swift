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

    /// `GET /api/v1/dossiers?before=`: a citizen's own, and those in which she may act for somebody; of a partner
    /// what it filed. The newest first.
    ///
    /// LIMIT: `Limits.pageRowsMax` on one page.
    func list(_ request: Request, _ context: AskerContext) async throws -> Response {
        let asked = try request.strictlyAsked("before")
        let before = asked.isEmpty ? nil : DossierID(asked)
        guard asked.isEmpty || before != nil else { throw APIRefusal.malformed }
        switch context.asker {
        case .partner(let partner):
            try partner.require(.file)
            let page = try await site.hall.filed(by: partner, before: before).map(DossierSummary.init)
            return try .json(List(dossiers: page, next: page.count == Limits.pageRowsMax ? page.last?.id : nil))
        case .guest(let guest):
            guard case .person(.citizen(let citizen)) = guest.who else { throw DoorRefusal.wrongDoor }
            return try await list(of: citizen, before: before)
        }
    }

    /// `GET /api/v1/dossier-numbers/{number}`: the dossier with a long or short number, for whoever may see it.
    func find(_ request: Request, _ context: AskerContext) async throws -> Response {
        let number = try context.parameters.require("number")
        guard let id = try await site.hall.dossier(numbered: number) else { throw DossierRefusal.notFound }
        do {
            _ = try await context.open(id, site)
        } catch PartnerRefusal.outOfReach {
            // Numbers follow each other: which of them exist is nobody's to count.
            throw DossierRefusal.notFound
        }
        return try .json(["dossier": id.description])
    }

    private func list(of citizen: Citizen, before: DossierID?) async throws -> Response {
        var lines: [DossierLine] = []
        for person in try await site.hall.principals(of: citizen, in: .something) {
            lines += try await site.hall.dossiers(of: person.id, before: before)
        }
        let page = lines.sorted { $0.id > $1.id }.prefix(Limits.pageRowsMax)
        var summaries: [DossierSummary] = []
        for line in page where try await site.mayAct(citizen, for: line.applicant, in: line.catalogCode) {
            summaries.append(DossierSummary(line))
        }
        return try .json(List(dossiers: summaries, next: page.count == Limits.pageRowsMax ? page.last?.id : nil))
    }

    /// `GET /api/v1/dossiers/{id}`: for those who may act in it, and, as a look, for the staff who handle it.
    func get(_ request: Request, _ context: AskerContext) async throws -> Response {
        let opened = try await context.open(site)
        let answer = try DossierAnswer(opened, site.hall.rules(for: opened.dossier.submitted.terms.region))
        var response = Response.tagged(
            try CanonicalJSON.bytes(of: answer), [.contentType: "application/json"], for: request,
            beginning: "\(opened.dossier.sequence).")
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }

    /// `GET /api/v1/dossiers/{id}/papers/{paper}`: a paper of the law as the file that is kept byte for byte.
    func paper(_ request: Request, _ context: AskerContext) async throws -> Response {
        let opened = try await context.open(site)
        let paper = try await DossierPaper(site, opened.dossier.id, try context.parameters.require("paper"))
        let bytes = try await paper.file(for: context.asker.actor)
        var response = Response.pdf(bytes, name: "\(paper.paper.issued.number)", for: request)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// `GET /api/v1/dossiers/{id}/clock`: the ledger of its limits, for the same people.
    func clock(_ request: Request, _ context: AskerContext) async throws -> Response {
        let opened = try await context.open(site)
        let rules = site.hall.rules(for: opened.dossier.submitted.terms.region)
        let ledger = rules.ledger(of: opened.dossier, history: opened.history, at: site.hall.time.now())
        return try .json(ClockAnswer(opened.dossier, ledger))
    }
}

extension DoorContext {
    /// The dossier that the address names.
    func dossier() throws -> DossierID {
        guard let id = DossierID(try parameters.require("dossier")) else { throw DossierRefusal.notFound }
        return id
    }
}
