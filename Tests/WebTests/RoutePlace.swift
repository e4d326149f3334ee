import Catalogue
import Dossiers
import Hall
import Papers
import Testing
import Vocabulary

@testable import Web

/// What stands for the parameters of the paths.
struct RoutePlace: Sendable {
    let maker: CaseMaker
    let dossier: DossierID?
    let draft: DraftID?
    let number: String
    /// What the applicant, and every member of staff, was told of the case: `addressee/id` of one of each.
    var notice = ""
    /// Something that the house could not do.
    var effect = ""
    /// A certificate of the firm.
    var certificate = ""
    /// The latest paper of the dossier.
    let paper: String

    init(_ maker: CaseMaker, _ dossier: DossierID?, _ draft: DraftID?) async throws {
        (self.maker, self.dossier, self.draft) = (maker, dossier, draft)
        let opened: Hall.Opened? =
            if let dossier { try await maker.cast.house.hall.open(dossier) } else { nil }
        paper = opened?.papers.last?.id.description ?? ""
        number = opened?.dossier.submitted.numbers.short ?? ""
    }

    func fill(_ text: String) -> String {
        let asset = maker.cast.house.site.interior.assets.path(of: "onewindow.css")
        return text.replacing("DOSSIER", with: dossier?.description ?? "")
            .replacing("DRAFT", with: draft?.description ?? "").replacing("ITEM", with: maker.line.itemCode)
            .replacing("PERSON", with: maker.cast.firm.description).replacing("DIGEST", with: CaseMaker.digest)
            .replacing("NOTICE", with: notice).replacing("EFFECT", with: effect).replacing("ASSET", with: asset)
            .replacing("NUMBER", with: number).replacing("PAPER", with: paper)
            .replacing("CERTIFICATE", with: certificate)
    }

    func fill(_ fields: [(String, String)], for visitor: Visitor) -> [(String, String)] {
        fields.flatMap { name, value in
            switch name {
            case "ANSWERS": maker.answers.map { ("answer-\($0.key)", $0.value) }
            case "number" where value == "NEWCOMER": [(name, newcomer(visitor))]
            default: [(fill(name), fill(value))]
            }
        }
    }

    /// The number of an identity card that nobody has shown yet, another one for each visitor.
    private func newcomer(_ visitor: Visitor) -> String {
        let serial = 100 + (Visitor.allCases.firstIndex(of: visitor) ?? 0)
        let digits = "35010218850303\(serial)"
        return digits + (CitizenID.checkCharacter(for: digits).map(String.init) ?? "")
    }
}

extension RouteRow {
    /// What a genuine request of this row is about: a case at its stage, a draft.
    func place(_ maker: CaseMaker) async throws -> RoutePlace {
        let isAboutNotices = route.contains("/notices") || route.contains("/undelivered")
        let isInForm = fields.contains { $0.1 == "DOSSIER" }
        let needsDossier = path.contains("DOSSIER") || isInForm || route == "POST /lookup" || isAboutNotices
        var place = try await RoutePlace(
            maker, needsDossier ? try await maker.dossier(stage, lacking: lacking, after: after) : nil,
            path.contains("DRAFT")
                ? try await maker.draft(
                    hasWay: !path.hasSuffix("/way"), isOffered: path.hasSuffix("/commitment"),
                    byCourier: path.contains("/address")) : nil
        )
        if isAboutNotices { try await place.tell() }
        if path.contains("CERTIFICATE") {
            // Each row has one of its own.
            let serial = "LW\(maker.cast.house.hall.dice.roll() % 1_000_000_000)"
            let id = try await maker.cast.house.certificate(of: maker.cast.firm, serial: serial)
            place.certificate = id.description
        }
        return place
    }

    /// Somebody who may do it; nil where nobody does anything.
    var doer: Visitor? {
        Visitor.allCases.first { visitor in
            switch expected(visitor) {
            case .done: true
            case .answers(let status): door != .open && !route.hasPrefix("GET") && status < 500
            case .signIn, .refused: false
            }
        }
    }
}
