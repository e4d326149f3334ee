package import Vocabulary

/// The legal clock as a ledger: every limit that ran or runs, from which rule it starts, each day and why it counts or
/// not, what moved its end, and how it ended. Nothing of it is stored: the same events give the same ledger for ever.
package struct ClockLedger: Hashable, Sendable {
    /// In the order of their beginning.
    package let runs: [Run]

    /// Which limit.
    package enum Limit: Hashable, Sendable {
        /// 预审.
        case preReview
        /// 受理: five working days (行政许可法 art. 32(4)).
        case acceptance
        /// 补正, for the applicant.
        case correction
        /// 法定办结时限.
        case statutory
        /// 承诺办结时限.
        case promised
        /// 送达 (art. 44).
        case delivery
        /// The time that was told for a special procedure (art. 45).
        case special(SpecialProcedure)
        /// Five working days to ask for a hearing (art. 47).
        case hearingRequest
        /// Twenty working days to hold it (art. 47).
        case hearing
        /// 容缺 materials that may follow.
        case tolerance
        /// 承诺核查.
        case verification
    }

    /// Why a limit starts when it does.
    package enum StartRule: String, Hashable, Sendable, CaseIterable {
        /// The filing came into the system (电子签名法 art. 11) or to the window.
        case receipt
        /// Everything that was asked for was handed in: the five days start anew.
        case corrected
        case acceptance
        /// Nobody answered in time, so the acceptance counts from the receipt (行政许可法 art. 32(4)).
        case acceptanceBySilence
        case decision
        /// A written notice.
        case notice
        /// Somebody asked.
        case request
    }

    /// One limit from its start to its end.
    package struct Run: Hashable, Sendable {
        package let limit: Limit
        package let startsAt: Instant
        package let startRule: StartRule
        /// The event that started it, by its number in the dossier.
        package let event: Int
        /// How long, extension included, with the article it rests on.
        package let length: TimeLimit
        /// Every day from the start to the end.
        package let days: [ClockEntry]
        package let due: Due
        package let moves: [Move]
        package let result: Result
        /// What was published of a promise or a limit of the law that passed; nil for one that did not.
        package let overrun: Overrun?
    }

    /// What moved an end, one after the other.
    package struct Move: Hashable, Sendable {
        package let cause: Cause
        /// The event that moved it, by its number in the dossier.
        package let event: Int
        package let before: CivilDate
        package let after: CivilDate

        package enum Cause: Hashable, Sendable {
            case special(SpecialProcedure), hearing, extended, expiry
        }
    }

    /// How a limit stands or ended.
    package enum Result: Hashable, Sendable {
        /// It runs; so many of its counted days are left, today not among them.
        case running(left: Int)
        /// It runs and is past, by so many working days.
        case past(days: Int)
        /// What it asks for was done in time, by this event.
        case kept(event: Int, at: Instant)
        /// What it asks for was done too late.
        case missed(event: Int, at: Instant)
        /// It ended without what it asks for being needed any more: withdrawn, terminated, lapsed.
        case dropped(event: Int, at: Instant)
    }

    /// The run of a limit that matters now; nil when none is.
    package func current(_ limit: Limit) -> Run? { runs.last { $0.limit == limit } }
}

extension ClockLedger.Result {
    /// Whether the limit still runs.
    package var isOpen: Bool {
        switch self {
        case .running, .past: true
        case .kept, .missed, .dropped: false
        }
    }
}

extension ClockLedger.Limit {
    /// Whether the applicant must act, who needs no open office to be in time.
    var isForApplicant: Bool {
        switch self {
        case .correction, .hearingRequest, .tolerance: true
        default: false
        }
    }
}
