import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/v1/items/{code}/applications`: an application as one object, by a citizen for herself and whom she acts
/// for, or by a partner for people who showed who they are over there. The rules are those of the page.
struct FilingsAPI {
    let site: Site

    private struct Answer: Encodable {
        let dossier: DossierID
        let sequence: Int
        let number: String
        let short: String
        /// With the short number it opens the dossier on the public page.
        let queryPassword: String
    }

    func post(_ request: Request, _ context: AskerContext) async throws -> Response {
        let code = try context.parameters.require("code")
        let bytes = try await JSONReading.bytes(request, max: ApplicationBody.bytesMax)
        let attempt = try Attempt(request).sending(Array("application \(code) ".utf8) + bytes)
        let body: ApplicationBody = try JSONReading.value(bytes)
        if let outcome = try await site.hall.answered(attempt, by: context.owner) { return try await answer(outcome) }
        do {
            let uploads = try body.uploads().flatMap(\.files)
            return try await answer(
                try await file(body, code, attempt.handingIn(uploads, of: context.owner), context))
        } catch let refusal as any Refusal where Self.comesOfBeingFiled(refusal) {
            // The same, sent twice at once: it is open, and its files are handed in, because it was filed.
            guard let outcome = try await site.hall.answered(attempt, by: context.owner) else { throw refusal }
            return try await answer(outcome)
        }
    }

    /// Whether the same request, sent twice at once, is refused so because the other one was done.
    private static func comesOfBeingFiled(_ refusal: any Refusal) -> Bool {
        refusal as? ApplicationRefusal == .openAlready || refusal as? DraftRefusal == .uploadNotFound
    }

    private func file(
        _ body: ApplicationBody, _ code: String, _ attempt: Attempt, _ context: AskerContext
    ) async throws -> Outcome {
        guard let item = try await site.hall.item(code) else { throw CatalogueRefusal.itemNotFound }
        let filing = SentFiling(site: site, words: site.visit(context, .portal).words, item: item, body: body)
        let parties = try await parties(filing, context)
        let files = try await site.hall.uploads(try body.uploads(), of: context.owner)
        return try await filing.submit(try await filing.application(of: parties, files), of: parties, attempt)
    }

    /// What was filed, also where the same key had filed it before.
    private func answer(_ outcome: Outcome) async throws -> Response {
        let dossier = try await site.hall.dossier(of: outcome)
        let numbers = dossier.submitted.numbers
        var response = try Response.json(
            Answer(
                dossier: outcome.dossier, sequence: outcome.sequence, number: numbers.number, short: numbers.short,
                queryPassword: dossier.personal?.queryPassword ?? ""),
            status: .created)
        response.headers[.location] = "\(APIContract.root)/dossiers/\(outcome.dossier)"
        return response
    }

    private func parties(_ filing: SentFiling, _ context: AskerContext) async throws -> SentFiling.Parties {
        switch context.asker {
        case .partner(let partner): return try await filing.parties(partner)
        case .guest(let guest):
            let (body, item) = (filing.body, filing.item)
            guard case .person(.citizen(let citizen)) = guest.who else { throw DoorRefusal.wrongDoor }
            guard body.applicant == nil, body.agent == nil else { throw PartnerRefusal.personUnfit }
            let persons = try await site.hall.principals(of: citizen, in: .item(item.guide.catalogCode.code))
            let asked = body.principal ?? citizen.number.number
            guard let applicant = persons.first(where: { $0.number.text == asked }) else {
                throw PermitRefusal.notAnAgent
            }
            let level = guest.session.level(at: site.hall.time.now())
            return SentFiling.Parties(
                applicant: applicant, writer: citizen, performer: .person(citizen.id, level: level))
        }
    }
}

/// What still stands in the way of an application that a program sent.
struct ApplicationIncomplete: Refusal {
    let gaps: [FilingGap]

    var code: String { ApplicationRefusal.incomplete.code }
    var kind: RefusalKind { ApplicationRefusal.incomplete.kind }
}

/// Why an application that a program sent is not taken in.
enum ApplicationRefusal: String, Refusal, CaseIterable {
    /// Something is missing or wrong; `errors` says what and where.
    case incomplete = "application.incomplete"
    /// The applicant has an open dossier for the same item, and the program does not say that it knows.
    case openAlready = "application.open-already"

    var code: String { rawValue }

    var kind: RefusalKind {
        switch self {
        case .incomplete: .invalid
        case .openAlready: .conflict
        }
    }

    static let codes = allCases.map(\.rawValue)
}
