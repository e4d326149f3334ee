import Catalogue
import Dossiers
import Foundation
import Hall
import Vocabulary

/// What a paper says in one language (domain section 4.2).
struct PaperText {
    let title: String
    /// The day on which it was issued.
    let day: CivilDate
    let paragraphs: [String]
}

extension DossierView {
    /// What a paper says in the words of this view; nil when the dossier does not have it.
    func text(of paper: DossierPaper) -> PaperText? {
        guard let guide = item?.guide else { return nil }
        for line in opened.history {
            switch (paper, line.event) {
            case (.correction, .correctionRequested(let defects, let note)):
                return correction(defects, note?.text, line.at, guide)
            case (.nonAcceptance, .declined(let ground, _, let note)):
                return nonAcceptance(ground, note?.text, line.at, guide)
            case (.acceptance, .accepted(let from, let bySilence)):
                return acceptance(from, line.at, bySilence, guide)
            case (.decision, .granted(let certificate, let note)):
                return grant(note?.text, hasCertificate: certificate != nil, line.at, guide)
            case (.decision, .refused(_, let note)): return refusal(note?.text, line.at, guide)
            default: continue
            }
        }
        return nil
    }

    private func correction(_ defects: [MaterialDefect], _ note: String?, _ at: Instant, _ guide: Guide) -> PaperText {
        let due = rules.clock.due(dossier.submitted.terms.correction, after: at)
        let ordered = guide.materials.flatMap { material in defects.filter { $0.material == material.id } }
        let lines = ordered.enumerated().map { index, defect in
            words(
                "paper.defect",
                [
                    "n": "\(index + 1)", "material": name(defect.material), "defect": words[defect.kind.word],
                    "standard": standard(defect.material, guide),
                ])
        }
        return PaperText(
            title: words["paper.correction"], day: at.day,
            paragraphs: [opening + received + words("paper.correct", ["law": law(guide)])] + lines
                + (note.map { [words("paper.remark", ["note": $0])] } ?? [])
                + [words("paper.correct-by", ["you": you, "due": words.plainDate(due.day)])] + provisional(due)
                + [words["paper.correct-then"], contact(guide)])
    }

    private func standard(_ material: String, _ guide: Guide) -> String {
        guide.materials.first { $0.id == material }.map { words.pick($0.acceptanceStandard) } ?? ""
    }

    private func nonAcceptance(_ ground: DeclineGround, _ note: String?, _ at: Instant, _ guide: Guide) -> PaperText {
        let values: KeyValuePairs = ["law": law(guide), "you": you]
        let reason =
            switch ground {
            case .notNeeded: words("paper.not-needed", values)
            case .otherAuthority: words("paper.other-authority", values)
            case .notCorrected: words("paper.not-corrected", values)
            }
        return PaperText(
            title: words["paper.non-acceptance"], day: at.day,
            paragraphs: [
                opening + received + reason, words("paper.reason", ["note": note ?? words["paper.erased"]]),
                words("paper.remedies-notice", remedies(guide)), contact(guide),
            ])
    }

    private func acceptance(_ from: Instant, _ at: Instant, _ bySilence: Bool, _ guide: Guide) -> PaperText {
        let values: KeyValuePairs = ["law": law(guide), "day": words.plainDate(from.day)]
        let due = rules.promisedDue(of: dossier, acceptedAt: from)
        return PaperText(
            title: words["paper.acceptance"], day: at.day,
            paragraphs: [
                opening + (bySilence ? words("paper.accepted-by-silence", values) : words("paper.accepted", values)),
                words("paper.decide-by", ["due": words.plainDate(due.day)]),
            ] + provisional(due) + [words("paper.follow", ["you": you]), contact(guide)])
    }

    private func grant(_ grounds: String?, hasCertificate: Bool, _ at: Instant, _ guide: Guide) -> PaperText {
        let isLicence = guide.standard.itemType == .licence
        let terms = dossier.submitted.terms
        let due = rules.clock.due(terms.delivery, after: at)
        let certificate = hasCertificate ? terms.certificateName : nil
        let validity = terms.validityMonths.map { words.count("limit.months", $0) } ?? words["certificates.long-term"]
        let delivery = certificate.map { name in
            words(
                "paper.certificate",
                [
                    "name": words.pick(name, guide.standard.resultName?.en), "validity": validity, "law": law(guide),
                    "due": words.plainDate(due.day),
                ])
        }
        return PaperText(
            title: isLicence ? words["paper.grant"] : words["paper.grant-other"], day: at.day,
            paragraphs: [
                opening + accepted
                    + (isLicence ? words["paper.granted"] : words("paper.granted-other", ["law": law(guide)]))
            ] + bases(guide) + [words("paper.grounds", ["note": grounds ?? words["paper.erased"]])]
                + (delivery.map { [$0] } ?? []) + [contact(guide)])
    }

    private func refusal(_ grounds: String?, _ at: Instant, _ guide: Guide) -> PaperText {
        let isLicence = guide.standard.itemType == .licence
        return PaperText(
            title: isLicence ? words["paper.refusal"] : words["paper.refusal-other"], day: at.day,
            paragraphs: [
                opening + accepted
                    + (isLicence ? words["paper.refused"] : words("paper.refused-other", ["law": law(guide)]))
            ] + bases(guide)
                + [
                    words("paper.reason", ["note": grounds ?? words["paper.erased"]]),
                    words("paper.remedies", remedies(guide)), contact(guide),
                ])
    }
}

/// What several papers say.
extension DossierView {
    /// Whoever is addressed: a person, or an organisation known by its credit code.
    private var you: String {
        dossier.personal.flatMap { CreditCode($0.applicantNumber) } == nil ? words["paper.you"] : words["paper.unit"]
    }

    private var opening: String {
        words(
            "paper.opening",
            [
                "you": you, "day": words.plainDate(dossier.submittedAt.day), "item": title,
                "code": dossier.submitted.terms.itemCode,
            ])
    }

    private var received: String {
        dossier.receivedAt.map { words("paper.received", ["day": words.plainDate($0.day)]) } ?? ""
    }

    private var accepted: String {
        dossier.acceptance.map { words("paper.accepted-on", ["day": words.plainDate($0.from.day)]) } ?? ""
    }

    /// The Administrative Licensing Law itself for a licence; likewise for whatever else goes through the window.
    private func law(_ guide: Guide) -> String {
        guide.standard.itemType == .licence ? words["paper.law"] : words["paper.law-likewise"]
    }

    /// The articles that the item rests on, as far as they were checked.
    private func bases(_ guide: Guide) -> [String] {
        let checked = guide.standard.legalBases.filter(\.checked).map { words.pick($0.citation) }
        return checked.isEmpty ? [] : [words("paper.bases", ["bases": words.list(checked)])]
    }

    private func remedies(_ guide: Guide) -> KeyValuePairs<String, String> {
        let remedies = guide.legalRemedies
        return [
            "you": you, "authority": words.pick(remedies.reviewAuthority), "court": words.pick(remedies.court),
            "days": "\(remedies.reviewDays)", "months": "\(remedies.litigationMonths)",
        ]
    }

    private func provisional(_ due: Due) -> [String] {
        due.isProvisional ? [words["paper.provisional"]] : []
    }

    private func contact(_ guide: Guide) -> String {
        words("paper.contact", ["phone": guide.consultationPhone])
    }
}
