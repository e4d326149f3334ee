import Accounts
import Catalogue
import Dossiers
import Hall
import Vocabulary

/// What still stands in the way of an application, and where it is mended: the page and the API say the same.
struct FilingGap: Sendable {
    enum Place: Sendable {
        case answer(String)
        case material(String)
        case situation(String)
        case way, address, commitment, undertaking, truth

        /// The field of the form at which a page says it.
        var field: String {
            switch self {
            case .answer(let id), .material(let id), .situation(let id): id
            case .way: "way"
            case .address: "address"
            case .commitment: "commitment"
            case .undertaking: "undertaking"
            case .truth: "truth"
            }
        }

        /// The member of a program's application at which it says it: a JSON Pointer (RFC 6901).
        var pointer: String {
            switch self {
            case .answer(let id): "/answers/\(Self.escaped(id))"
            case .situation(let id): "/situation/\(Self.escaped(id))"
            case .material: "/materials"
            case .address: "/door"
            case .way, .commitment, .undertaking, .truth: "/" + field
            }
        }

        private static func escaped(_ id: String) -> String {
            id.replacing("~", with: "~0").replacing("/", with: "~1")
        }
    }

    let place: Place
    /// Stable: `form.…` or `application.…`.
    let code: String
    let sentence: @Sendable (Words) -> String

    init(_ place: Place, _ code: String, sentence: @escaping @Sendable (Words) -> String) {
        (self.place, self.code, self.sentence) = (place, code, sentence)
    }
}

extension Application {
    /// Everything that still stands in the way.
    func gaps(_ site: Site) -> [FilingGap] {
        let contents = draft.contents
        var gaps = guide.validate(contents.answers, situation: contents.situation, tables: site.tables).map { defect in
            let isSituation = defect.code.hasPrefix("form.situation")
            return FilingGap(isSituation ? .situation(defect.element) : .answer(defect.element), defect.code) {
                $0.sentence(defect)
            }
        }
        gaps += missing.map { material in
            FilingGap(.material(material.id), "application.material-missing") {
                $0("apply.material-missing", ["name": $0.pick(material.name)])
            }
        }
        if !ways(site.hall).contains(where: { $0.mode == contents.mode && $0.delivery == contents.delivery }) {
            gaps.append(FilingGap(.way, "application.way-missing") { $0["apply.way-missing"] })
        }
        if steps.contains("address"), contents.deliverTo == nil {
            gaps.append(FilingGap(.address, "application.address-missing") { $0["apply.address-missing"] })
        }
        if offer != nil, !isCommitted, contents.declinesCommitment != true {
            gaps.append(FilingGap(.commitment, "application.commitment-open") { $0["commitment.choose"] })
        }
        return gaps
    }

    /// An open dossier of the applicant for the same item; nil when there is none.
    func openFiling(_ hall: Hall) async throws -> DossierLine? {
        try await hall.openFiling(of: applicant.id, implementationCode: guide.implementationCode.code)
    }

    /// What is handed in. Nothing may stand in its way any more.
    func submission(_ site: Site, _ words: Words) async throws -> Submission {
        let contents = draft.contents
        let terms = try await site.hall.terms(of: item, situation: contents.situation)
        guard let mode = contents.mode, let delivery = contents.delivery else { throw DoorRefusal.malformedForm }
        let isOwn = applicant.id == citizen.id
        let signed = Submission.Signed(
            commitment: isCommitted ? contents.commitment : nil,
            undertaking: laggingSpecs.isEmpty ? nil : undertakingText(words))
        let renewal = try await site.hall.renewal(by: applicant.id, of: guide, situation: contents.situation)
        let change = try await site.hall.change(by: applicant.id, of: guide, situation: contents.situation)
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, situation: contents.situation, isCommitted: isCommitted,
                renewal: renewal, change: change),
            parties: Submission.Parties(applicant: applicant.id, agent: isOwn ? nil : citizen.id),
            numbers: try await site.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: handedIn,
                personal: Submission.Personal(
                    applicant: (applicant.name.text, applicant.number.text),
                    agentName: isOwn ? nil : citizen.name.text, contactMobile: citizen.mobile?.number ?? "",
                    answers: contents.answers, files: (contents.fileNames, site.hall.queryPassword())
                ).signing(signed).delivered(to: delivery.carrier == .courier ? contents.deliverTo : nil)))
    }
}
