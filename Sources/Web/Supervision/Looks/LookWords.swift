import Accounts
import Catalogue
import Hall
import Supervision
import Vocabulary

extension LookPurpose {
    var word: Word {
        switch self {
        case .intake: Word("look.for-intake")
        case .ticket: Word("look.for-ticket")
        case .assist: Word("look.for-assist")
        case .review: Word("look.for-review")
        case .batch: Word("look.for-batch")
        case .material: Word("look.for-material")
        case .paper: Word("look.for-paper")
        case .print: Word("look.for-print")
        case .clock: Word("look.for-clock")
        case .evidence: Word("look.for-evidence")
        case .issuing: Word("look.for-issuing")
        case .supervision: Word("look.for-supervision")
        case .exchange: Word("look.for-exchange")
        case .callBack: Word("look.for-call-back")
        case .certificates: Word("look.for-certificates")
        case .presented: Word("look.for-presented")
        case .shared: Word("look.for-shared")
        case .partner: Word("look.for-partner")
        case .handedIn: Word("look.for-handed-in")
        case .result: Word("look.for-result")
        case .inquiry: Word("look.for-inquiry")
        case .fileReview: Word("look.for-file-review")
        }
    }
}

extension LookPattern {
    var word: Word {
        switch self {
        case .withoutCase: Word("look.pattern-without-case")
        case .afterHours: Word("look.pattern-after-hours")
        case .relative: Word("look.pattern-relative")
        case .ownRecord: Word("look.pattern-own-record")
        case .many: Word("look.pattern-many")
        case .otherBody: Word("look.pattern-other-body")
        }
    }

    /// What it is found by, and what it need not mean.
    var help: Word {
        switch self {
        case .withoutCase: Word("look.help-without-case")
        case .afterHours: Word("look.help-after-hours")
        case .relative: Word("look.help-relative")
        case .ownRecord: Word("look.help-own-record")
        case .many: Word("look.help-many")
        case .otherBody: Word("look.help-other-body")
        }
    }
}

extension LookInquiry.Stage {
    var word: Word {
        switch self {
        case .atBody: Word("look.stage-at-body")
        case .answered: Word("look.stage-answered")
        case .atSupervisor: Word("look.stage-at-supervisor")
        case .closed: Word("look.stage-closed")
        }
    }

    var tag: Tag.Look {
        switch self {
        case .atBody: .waiting
        case .answered: .busy
        case .atSupervisor: .bad
        case .closed: .good
        }
    }
}

extension LookInquiryEvent {
    var word: Word {
        switch self {
        case .asked: Word("look.event-asked")
        case .answered(.justified, _): Word("look.event-answered-justified")
        case .answered(.unjustified, _): Word("look.event-answered-unjustified")
        case .contested: Word("look.event-contested")
        case .escalated: Word("look.event-escalated")
        case .ruled(.justified, _): Word("look.event-ruled-justified")
        case .ruled(.unjustified, _): Word("look.event-ruled-unjustified")
        case .settled: Word("look.event-settled")
        }
    }
}

extension LookInquiryEvent.Verdict {
    var word: Word {
        switch self {
        case .justified: Word("look.justified")
        case .unjustified: Word("look.not-justified")
        }
    }
}

extension Relative.Kind {
    var word: Word {
        switch self {
        case .spouse: Word("relative.spouse")
        case .direct: Word("relative.direct")
        case .collateral: Word("relative.collateral")
        case .inLaw: Word("relative.in-law")
        }
    }
}

/// What looks say in one language.
struct LookText: Sendable {
    let site: Site
    let words: Words

    /// Who looked: body and number, never a name.
    func who(_ who: Hall.LookerSeen) -> String {
        switch who {
        case .staff(let number, let body, let region):
            words("look.by-staff", ["where": place(body, region), "number": number.text])
        case .partner(let name, nil): words("look.by-partner", ["name": name])
        case .partner(let name, let officer?):
            words("look.by-officer", ["name": name, "number": officer])
        case .platform: words["look.by-platform"]
        case .unknown: words["look.by-unknown"]
        }
    }

    /// The body, or the window of a place.
    func place(_ body: CreditCode?, _ region: Region?) -> String {
        if let body { return self.body(body) }
        return words("look.window", ["place": region.map(place) ?? ""])
    }

    private func place(_ region: Region) -> String {
        site.regions.entry(region).map { words.pick($0.name, $0.nameEnglish) } ?? region.code
    }

    private func body(_ code: CreditCode) -> String {
        site.composer.directory.bodies.first { $0.code == code }.map { words.pick($0.name, $0.nameEnglish) }
            ?? code.code
    }

    /// Why; an older word stands as it is.
    func why(_ purpose: LookPurpose?, _ word: String) -> String { purpose.map { words[$0.word] } ?? word }

    func thing(_ thing: Hall.ThingSeen) -> String {
        switch thing {
        case .dossier(_, let number): words("look.at-dossier", ["number": number])
        case .certificate(_, let name, let english): words("look.at-certificate", ["name": words.pick(name, english)])
        case .person: words["look.at-person"]
        case .evaluation: words["look.at-evaluation"]
        }
    }

    /// For which case.
    func matter(_ number: String?) -> String {
        number.map { words("look.for-case", ["number": $0]) } ?? words["look.for-no-case"]
    }
}
