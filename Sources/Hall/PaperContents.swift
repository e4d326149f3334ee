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
        case .special, .hearing, .extended, .party, .tolerance, .licence: proceeding(event, person)
        case .preReviewReturned, .resubmitted, .preReviewPassed, .corrected, .mended, .reviewPassed,
            .returnedToReviewer, .certificateFiled, .issued, .handedOver, .closed, .commitment, .handling,
            .clock:
            []
        }
    }

    var terms: Terms { dossier.submitted.terms }
    private var isLicence: Bool { guide.map { $0.standard.itemType == .licence } ?? true }
    private var received: CivilDate { (dossier.receivedAt ?? dossier.submittedAt).day }

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

extension PaperContents {
    private func receipt() -> [String: PaperValue] {
        let rows = dossier.materials.map { material in
            [name(material.material), "@\(form(material))", "\(max(1, material.keptFiles.count))"]
        }
        return [
            "receivedOn": .day(received), "materials": .table(rows.isEmpty ? [["@form", "@form", "1"]] : rows),
            "clerk": .text(staffName ?? "@online"),
        ]
    }

    private func form(_ material: HandedIn) -> String {
        switch material.source {
        case .files: "electronic"
        case .certificate: "certificate"
        case .paper: "paper"
        case .answers: "form"
        }
    }

    func name(_ id: String) -> String { guide?.materials.first { $0.id == id }?.name.zh ?? id }

    /// Everything at once, in the order of the guide (行政许可法 art. 32(4)).
    private func correction(_ defects: [MaterialDefect], _ note: String?) -> [String: PaperValue] {
        let order = guide?.materials.map(\.id) ?? []
        let sorted = defects.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.material) ?? .max }
            return (places[0], left.offset) < (places[1], right.offset)
        }
        let rows = sorted.map { _, defect in
            let standard = guide?.materials.first { $0.id == defect.material }?.acceptanceStandard.zh ?? "@standard"
            return [name(defect.material), "@\(defect.kind.rawValue)", standard]
        }
        let due = rules.clock.due(terms.correction, after: now)
        var values: [String: PaperValue] = [
            "receivedOn": .day(received), "defects": .table(rows), "supplyBy": .day(due.day),
        ]
        values["note"] = text(note)
        values["provisional"] = due.isProvisional ? .text("@provisional") : nil
        return values
    }

    private func acceptance(
        _ from: Instant, _ bySilence: Bool, _ person: Submission.Personal
    ) -> [String: PaperValue] {
        let due = rules.promisedDue(of: dossier, acceptedAt: from)
        var values: [String: PaperValue] = [
            "appliedOn": .day(dossier.submittedAt.day), "acceptedOn": .day(from.day), "decideBy": .day(due.day),
            "limit": .text(terms.promised.words),
        ]
        values["applicantContact"] = person.contactMobile.isEmpty ? nil : .text(person.contactMobile)
        values["silence"] = bySilence ? .text("@silence") : nil
        values["provisional"] = due.isProvisional ? .text("@provisional") : nil
        return values
    }

    private func nonAcceptance(
        _ ground: DeclineGround, _ authority: String?, _ note: String?
    ) -> [String: PaperValue] {
        let clause =
            switch ground {
            case .notNeeded: "@clause1"
            case .otherAuthority: "@clause2"
            case .notCorrected: "@clause45"
            }
        var values: [String: PaperValue] = [
            "receivedOn": .day(received), "ground": .text("@\(ground.rawValue)"), "clause": .text(clause),
            "reasons": .list([note ?? ""]),
        ]
        values["rightAuthority"] = text(authority)
        return values
    }

    private func grant(_ grounds: String?) -> [String: PaperValue] {
        let validity = terms.validityMonths.map { "\($0)个月" } ?? "@longTerm"
        var values: [String: PaperValue] = [
            "acceptedOn": .day(accepted), "facts": .list([grounds ?? ""]),
            "content": .text(isLicence ? "@grantLicence" : "@grantOther"),
            "validity": .text(terms.certificateType == nil ? "@byRule" : validity),
        ]
        values["basis"] = bases
        values["certificateNumber"] = text(certificateNumber)
        values["deliverBy"] =
            certificateNumber == nil ? nil : .day(rules.clock.due(terms.delivery, after: now).day)
        return values
    }

    private func refusal(_ grounds: String?, _ standard: String?) -> [String: PaperValue] {
        var values: [String: PaperValue] = [
            "acceptedOn": .day(accepted), "reasons": .list([grounds ?? ""]),
            "decision": .text(isLicence ? "@refuseLicence" : "@refuseOther"),
        ]
        values["basis"] = bases
        values["standard"] = standard.map { .list([$0]) }
        return values
    }

    private func withdrawn(_ note: String?) -> [String: PaperValue] {
        var values: [String: PaperValue] = [
            "appliedOn": .day(dossier.submittedAt.day), "withdrawnOn": .day(now.day),
        ]
        values["reason"] = text(note)
        return values
    }

    func termination(_ reason: String?) -> [String: PaperValue] {
        ["appliedOn": .day(dossier.submittedAt.day), "reasons": .list([reason ?? ""])]
    }

    var accepted: CivilDate { (dossier.acceptance?.from ?? now).day }

    /// The articles that the item rests on, as far as they were checked.
    var bases: PaperValue? {
        let checked = guide?.standard.legalBases.filter(\.checked).map(\.citation.zh) ?? []
        return checked.isEmpty ? nil : .list(checked)
    }
}

extension TimeLimit {
    /// `4个工作日`, as papers say it; 0 is a term of the template.
    var words: String {
        guard value > 0 else { return "@atOnce" }
        return switch unit {
        case .workingDays: "\(value)个工作日"
        case .calendarDays: "\(value)日"
        case .hours: "\(value)小时"
        case .minutes: "\(value)分钟"
        case .months: "\(value)个月"
        }
    }
}
