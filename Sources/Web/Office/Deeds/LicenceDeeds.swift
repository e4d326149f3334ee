import Dossiers
import Hall
import Vocabulary

/// A licence that was granted is recalled, revoked or cancelled, with its ground (行政许可法 arts 8, 69, 70).
extension DossierDeed {
    static let licence = [endLicence]

    private static let endLicence = DossierDeed("licence-ends") { sheet in
        sheet.dossier.decision?.isGrant == true && !sheet.proceedings.licenceEnds.contains { $0.kind == .cancelled }
            && sheet.may(.decide, .lead)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("licence-ends"))
        html.fold(DeedHeading(words["licence.end"], law: words["licence.law"], key: "l"), form, sheet) { html in
            html.field(form.field("ground", words["licence.ground"], .choice(sheet.grounds)))
            html.field(form.field("note", words["licence.why"], .multiline(max: 2000), hint: words["licence.why-hint"]))
            html.field(
                form.optional(
                    "interest", words["licence.interest"], .consent(words["licence.interest-declared"]),
                    hint: words["licence.interest-hint"]))
            html.button(words["licence.end-send"], .danger)
        }
    } command: { form, _ in
        let parts = form["ground"].split(separator: ".").map(String.init)
        guard parts.count == 2, let kind = LicenceEnd.Kind(rawValue: parts[0]),
            let end = LicenceEnd(kind, ground: parts[1])
        else { throw FormRefusal.choiceMissing("ground") }
        return .licence(.end(end, sparesPublicInterest: form["interest"] == "yes", note: form["note"]))
    }
}

extension DeedSheet {
    /// The grounds that are open: what was recalled or revoked can only be cancelled.
    fileprivate var grounds: [Option] {
        let ends = proceedings.licenceEnds
        return LicenceEnd.all.filter { end in ends.isEmpty || end.kind == .cancelled }.map { end in
            Option("\(end.kind.rawValue).\(end.ground)", words[end.word], hint: words[end.kind.effect])
        }
    }
}

extension LicenceEnd {
    /// Every end with every ground, in the order of the articles.
    static let all: [LicenceEnd] =
        RecallGround.allCases.map { .recalled($0) } + RevocationGround.allCases.map { .revoked($0) }
        + CancellationGround.allCases.map { .cancelled($0) }

    /// The end and its ground in plain words.
    var word: Word {
        switch self {
        case .recalled(.lawChanged): Word("licence.recalled-law-changed")
        case .recalled(.circumstancesChanged): Word("licence.recalled-circumstances-changed")
        case .revoked(let ground): ground.word
        case .cancelled(let ground): ground.word
        }
    }
}

extension LicenceEnd.RevocationGround {
    fileprivate var word: Word {
        switch self {
        case .abuse: Word("licence.revoked-abuse")
        case .ultraVires: Word("licence.revoked-ultra-vires")
        case .procedureBreach: Word("licence.revoked-procedure-breach")
        case .unqualifiedApplicant: Word("licence.revoked-unqualified")
        case .otherLawful: Word("licence.revoked-other")
        case .fraud: Word("licence.revoked-fraud")
        case .falseCommitment: Word("licence.revoked-false-commitment")
        case .undertakingBroken: Word("licence.revoked-undertaking-broken")
        }
    }
}

extension LicenceEnd.CancellationGround {
    fileprivate var word: Word {
        switch self {
        case .expired: Word("licence.cancelled-expired")
        case .incapacity: Word("licence.cancelled-incapacity")
        case .dissolved: Word("licence.cancelled-dissolved")
        case .revokedOrForfeited: Word("licence.cancelled-revoked")
        case .forceMajeure: Word("licence.cancelled-force-majeure")
        case .otherLawful: Word("licence.cancelled-other")
        }
    }
}

extension LicenceEnd.Kind {
    /// What it means for the holder, in one line.
    fileprivate var effect: Word {
        switch self {
        case .recalled: Word("licence.recalled-effect")
        case .revoked: Word("licence.revoked-effect")
        case .cancelled: Word("licence.cancelled-effect")
        }
    }
}
