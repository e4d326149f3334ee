import Catalogue
import Certificates
import Hall
import Vocabulary

extension Certificate.Standing {
    var word: Word {
        switch self {
        case .reserved: Word("standing.reserved")
        case .ended: Word("standing.ended")
        case .notYetValid: Word("standing.not-yet-valid")
        case .valid: Word("standing.valid")
        case .restricted: Word("standing.restricted")
        case .suspended: Word("standing.suspended")
        case .expired: Word("standing.expired")
        }
    }

    var look: Tag.Look {
        switch self {
        case .valid: .good
        case .restricted, .suspended: .waiting
        case .ended, .expired: .bad
        case .reserved, .notYetValid: .plain
        }
    }
}

extension Certificate.State {
    var word: Word {
        switch self {
        case .draft: Word("certificate.state-draft")
        case .made: Word("certificate.state-made")
        case .issued: Word("certificate.state-issued")
        case .restricted: Word("certificate.state-restricted")
        case .suspended: Word("certificate.state-suspended")
        case .superseded: Word("certificate.state-superseded")
        case .cancelled: Word("certificate.state-cancelled")
        case .revoked: Word("certificate.state-revoked")
        case .recalled: Word("certificate.state-recalled")
        case .expired: Word("certificate.state-expired")
        case .archived: Word("certificate.state-archived")
        }
    }
}

extension CertificateDays {
    /// The word that says most: how it ended where it ended, else what is true on the day.
    func tag(on day: CivilDate, _ words: Words) -> Tag {
        let standing = standing(on: day)
        let word = state.hasEnded || state == .archived ? state.word : standing.word
        return Tag(words[word], standing.look)
    }
}

extension CertificateGround {
    var word: Word {
        switch self {
        case .investigation: Word("certificate.ground-investigation")
        case .courtOrder: Word("certificate.ground-court-order")
        case .checkFailed: Word("certificate.ground-check-failed")
        case .dataInDoubt: Word("certificate.ground-data-in-doubt")
        case .penalty: Word("certificate.ground-penalty")
        case .unlawfulGrant: Word("certificate.ground-unlawful-grant")
        case .fraud: Word("certificate.ground-fraud")
        case .forfeited: Word("certificate.ground-forfeited")
        case .lawChanged: Word("certificate.ground-law-changed")
        case .circumstancesChanged: Word("certificate.ground-circumstances-changed")
        case .notRenewed: Word("certificate.ground-not-renewed")
        case .holderGone: Word("certificate.ground-holder-gone")
        case .endedOtherwise: Word("certificate.ground-ended-otherwise")
        case .forceMajeure: Word("certificate.ground-force-majeure")
        case .otherLawful: Word("certificate.ground-other-lawful")
        }
    }
}

extension Certificate.Ending {
    var word: Word {
        switch self {
        case .recalled: Certificate.State.recalled.word
        case .revoked: Certificate.State.revoked.word
        case .cancelled: Certificate.State.cancelled.word
        case .changed: Certificate.State.superseded.word
        }
    }
}

extension CertificateTable.HistoryLine {
    /// What happened, as a reader sees it. Notes are for the officers and the holder alone, who both read it here.
    func timelineEvent(_ words: Words) -> TimelineEvent {
        var detail = [ground.map { words[$0.word] }, ground?.law, event.note?.text].compactMap { $0 }
        if case .checked(let check, _) = event {
            detail.insert(words("certificate.year", ["year": "\(check.year)"]), at: 0)
        }
        return TimelineEvent(.at(at), words[title], detail: detail.joined(separator: " · "))
    }

    private var ground: CertificateGround? {
        switch event {
        case .restricted(let ground, _), .suspended(let ground, _), .terminated(_, let ground, _): ground
        default: nil
        }
    }

    private var title: Word {
        switch event {
        case .reserved: Word("certificate.event-reserved")
        case .imported: Word("certificate.event-imported")
        case .made: Word("certificate.event-made")
        case .filed: Word("certificate.event-filed")
        case .pressed: Word("certificate.event-pressed")
        case .ended(let ending, _), .terminated(let ending, _, _): ending.word
        case .restricted: Word("certificate.event-restricted")
        case .suspended: Word("certificate.event-suspended")
        case .lifted: Word("certificate.event-lifted")
        case .checked(let check, _):
            check.passed ? Word("certificate.event-check-passed") : Word("certificate.event-check-failed")
        case .nearing: Word("certificate.event-nearing")
        case .expired: Word("certificate.event-expired")
        case .archived: Word("certificate.event-archived")
        }
    }
}

extension Words {
    /// Why a certificate that is held does not serve as a material, and what to do.
    func why(_ unfit: Hall.Unfit) -> String {
        let number = unfit.line.identifier.serial
        if let condition = unfit.unmet.first {
            return self("unfit.condition", ["number": number, "what": pick(condition.text.zh, condition.text.en)])
        }
        return self("unfit.standing", ["number": number, "state": self[unfit.standing.word]])
    }
}
