import Hummingbird
import Supervision
import Vocabulary

extension EvaluationGrade {
    var word: Word {
        switch self {
        case .veryBad: Word("evaluation.grade-1")
        case .bad: Word("evaluation.grade-2")
        case .fair: Word("evaluation.grade-3")
        case .good: Word("evaluation.grade-4")
        case .veryGood: Word("evaluation.grade-5")
        }
    }

    /// `★★★☆☆`: beside the word, never instead of it.
    var stars: String { String(repeating: "★", count: rawValue) + String(repeating: "☆", count: 5 - rawValue) }
}

extension EvaluationIndicator {
    var word: Word {
        switch self {
        case .overall: Word("evaluation.overall")
        case .efficiency: Word("evaluation.efficiency")
        case .guideAccuracy: Word("evaluation.guide-accuracy")
        case .convenience: Word("evaluation.convenience")
        case .operability: Word("evaluation.operability")
        case .level: Word("evaluation.level")
        case .attitude: Word("evaluation.attitude")
        }
    }
}

extension EvaluationChannel {
    var word: Word {
        switch self {
        case .pc: Word("evaluation.channel-pc")
        case .mobile: Word("evaluation.channel-mobile")
        case .qr: Word("evaluation.channel-qr")
        case .hallTablet: Word("evaluation.channel-tablet")
        case .otherTerminal: Word("evaluation.channel-terminal")
        case .phone: Word("evaluation.channel-phone")
        case .sms: Word("evaluation.channel-sms")
        case .hotline: Word("evaluation.channel-hotline")
        case .selfService: Word("evaluation.channel-self-service")
        case .opinionBox: Word("evaluation.channel-box")
        }
    }
}

extension Rectification.Stage {
    var word: Word {
        switch self {
        case .open: Word("review.open")
        case .contacted: Word("review.contacted")
        case .rectified: Word("review.rectified")
        case .verified: Word("review.verified")
        case .revisited: Word("review.revisited")
        case .published: Word("review.published")
        case .excluded: Word("review.excluded")
        }
    }
}

extension RectificationEvent {
    var word: Word {
        switch self {
        case .opened: Word("review.event-opened")
        case .contacted(.reached, _): Word("review.event-reached")
        case .contacted(.notReached, _): Word("review.event-not-reached")
        case .contacted(.impossible, _): Word("review.event-impossible")
        case .rectified(.mended, _): Word("review.event-mended")
        case .rectified(.explained, _): Word("review.event-explained")
        case .returned: Word("review.event-returned")
        case .verified: Word("review.event-verified")
        case .revisited(.some, _): Word("review.event-revisited")
        case .revisited(.none, _): Word("review.event-not-revisited")
        case .appealed(.mistaken, _): Word("review.event-appealed-mistaken")
        case .appealed(.malicious, _): Word("review.event-appealed-malicious")
        case .ruled(isUpheld: true, _): Word("review.event-upheld")
        case .ruled(isUpheld: false, _): Word("review.event-rejected")
        case .published: Word("review.event-published")
        case .overdue(.contact): Word("review.event-contact-late")
        case .overdue(.rectification): Word("review.event-rectification-late")
        }
    }
}

extension Words {
    /// `98.5%`; a dash where there is nothing to divide by.
    func share(_ tenths: Int?) -> String { tenths.map { "\($0 / 10).\($0 % 10)%" } ?? "—" }

    /// What a review is about: the item, else the hall.
    func name(of place: EvaluationPlace) -> String { place.itemName ?? self["evaluation.visit"] }

    /// Who answers for it.
    func owner(of place: EvaluationPlace) -> String { place.bodyName ?? place.hall ?? place.region.code }
}

extension Request {
    /// Whether a telephone asks, as its browser says.
    var isFromMobile: Bool { headers[.userAgent]?.contains("Mobi") == true }
}
