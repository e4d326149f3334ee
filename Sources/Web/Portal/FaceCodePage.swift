import Certificates
import Hall
import Hummingbird
import Signing
import Vocabulary

/// `GET /V/{code}`: what the code on a certificate's face says, whether the body signed it, and how the certificate
/// stands. Open to everybody: any telephone opens it.
struct FaceCodePage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let found = try await site.hall.faceCode(
            try context.parameters.require("code"), trusting: try site.trustedKeys())
        let visit = site.visit(context, .portal)
        let words = visit.words
        let claims = found.claims
        return .page(
            visit.page(words["nav.verify"]) { html in
                html.reading { html in
                    html.title(words["nav.verify"])
                    html.banner(
                        found.isGood ? .success : .warning,
                        words[found.isGood ? Word("verify.good") : Word("verify.not-good")])
                    html.summary([
                        SummaryRow(words["verify.register"], words[found.registerWord]),
                        SummaryRow(words["verify.signature"], words[Optional(found.verdict).word]),
                        SummaryRow(words["column.certificate"], claims.typeName),
                        SummaryRow(words["verify.issuer"], claims.issuerName),
                        SummaryRow(words["column.number"], claims.identifier.serial),
                        SummaryRow(words["verify.identifier"], claims.identifier.description),
                        SummaryRow(words["column.holder"], claims.holderName),
                        SummaryRow(words["certificate.holder-number"], claims.holderNumber),
                        SummaryRow(words["verify.from"], words.plainDate(claims.issuedOn)),
                        SummaryRow(
                            words["column.valid"],
                            claims.validUntil.map(words.plainDate) ?? words["certificates.long-term"]),
                    ])
                    html.note(words["verify.code-note"])
                }
            })
    }
}

extension Hall.FaceCode {
    /// How it stands in the register, in a word.
    fileprivate var registerWord: Word {
        guard let standing else { return Word("verify.unknown") }
        return agrees ? standing.word : Word("verify.other-data")
    }
}
