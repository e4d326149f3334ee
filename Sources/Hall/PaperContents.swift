import Catalogue
import Dossiers
import Papers
import Vocabulary

/// Which paper an event of a dossier makes lawful, and what it says: the one switch between dossiers and papers.
/// A text that begins with `@` is a term of the paper's template.
struct PaperContents {
    let dossier: Dossier
    /// The guide that the dossier pins; nil in simulations, which have none.
    let guide: Guide?
    let rules: DossierRules
    let remedies: RemedyTable
    let now: Instant
    /// Who acts, by name; nil where nobody of the staff does.
    let staffName: String?
    /// The number of the certificate that a grant reserved, or that a licence which ends had.
    var certificateNumber: String?
    /// Who conducts a hearing, by name.
    var chairName: String?
    /// Who is going to verify a commitment, by name.
    var visitorNames: [String] = []

    /// The papers of an event; none where the law asks for none, and once the applicant's data were erased. What one
    /// lacks is refused when it is issued.
    func drafts(for event: DossierEvent) -> [PaperDraft] {
        guard let person = dossier.personal else { return [] }
        return papers(of: event, person).map { draft in
            var draft = draft
            draft.values["applicant"] = .text(person.applicantName)
            return draft
        }
    }

    private func papers(of event: DossierEvent, _ person: Submission.Personal) -> [PaperDraft] {
        switch event {
        case .submitted(let submitted, _):
            submitted.isCommitted == true ? [make(.commitment, commitment(person))] : []
        case .received: [make(.receipt, receipt())]
        case .correctionRequested(let defects, let note): [make(.correction, correction(defects, note?.text))]
        case .accepted(let from, let bySilence): [make(.acceptance, acceptance(from, bySilence, person))]
        case .declined(let ground, let authority, let note):
            [make(.nonAcceptance, nonAcceptance(ground, authority, note?.text))]
        case .granted(_, let note): [make(.grant, grant(note?.text))]
        case .clock(.renewed): [make(.grant, grant("@renewedBySilence"))]
        case .refused(let standard, let note): [make(.refusal, refusal(note?.text, standard))]
        case .withdrawn(let note): [make(.withdrawn, withdrawn(note?.text))]
        case .terminated(let note): [make(.termination, termination(note?.text))]
        case .lapsed: [make(.termination, termination("@lapsed"))]
        case .special, .hearing, .extended, .party, .tolerance, .commitment, .licence: proceeding(event, person)
        case .preReviewReturned, .resubmitted, .preReviewPassed, .corrected, .mended, .reviewPassed,
            .returnedToReviewer, .certificateFiled, .issued, .handedOver, .closed, .overrun, .handling,
            .clock:
            []
        }
    }

    var terms: Terms { dossier.submitted.terms }
    var isLicence: Bool { guide.map { $0.standard.itemType == .licence } ?? true }
    var received: CivilDate { (dossier.receivedAt ?? dossier.submittedAt).day }

    /// The body as the paper names it.
    private var body: PaperBody {
        let isReal = guide.map { $0.body.source != .demonstration } ?? false
        return PaperBody(
            terms.body, name: terms.bodyName, mark: guide?.body.documentMark ?? terms.bodyName, isDemonstration: !isReal
        )
    }

    /// A paper with what every paper of a dossier says.
    func make(_ kind: PaperKind, _ own: [String: PaperValue]) -> PaperDraft {
        var values = own
        values["item"] = .text(guide?.title.zh ?? terms.itemName)
        values["itemEnglish"] = guide.map { .text($0.title.en) }
        values["dossierNumber"] = .text(dossier.submitted.numbers.short)
        let known = Set(kind.particulars.map(\.id))
        let common: [String: PaperValue] = [
            "itemCode": .text(terms.itemCode), "law": .text(isLicence ? "@under" : "@likewise"),
            "contact": .text(guide?.consultationPhone ?? "12345"), "query": .text("@query"),
            "channel": .text("@channel"),
        ]
        for (id, value) in common where known.contains(id) && values[id] == nil { values[id] = value }
        if kind.isAdverse { values.merge(remedyValues) { own, _ in own } }
        return PaperDraft(kind, by: body, about: dossier.id, values)
    }

    /// To whom one may turn: as the guide says, else by the body's level and region.
    private var remedyValues: [String: PaperValue] {
        let channel = "@onlineReconsideration"
        if let said = guide?.legalRemedies {
            return Remedies(
                reconsideration: Remedies.Name(zh: said.reviewAuthority.zh, en: said.reviewAuthority.en),
                court: Remedies.Name(zh: said.court.zh, en: said.court.en)
            ).values(channel: channel)
        }
        return remedies.remedies(against: terms.bodyName, in: terms.region)?.values(channel: channel) ?? [:]
    }

    func text(_ text: String?) -> PaperValue? { text.map { .text($0) } }
}
