package import Dossiers

/// Whether a dossier has come as far as a command needs: by the order of its stages, whatever else the rules say of it.
package enum RecordTiming: Hashable, Sendable {
    /// The dossier has not come so far; it may yet.
    case early
    case now
    /// The dossier has gone past it.
    case late

    /// The timing of a command that came over a link, on a dossier as the law has it now.
    package static func of(_ command: DossierCommand, on dossier: Dossier) -> RecordTiming {
        guard let needed = Way.needed(for: command, on: dossier) else { return .now }
        let way = Way(dossier)
        if way < needed.lowerBound { return .early }
        if way > needed.upperBound { return .late }
        // A review is finished at its last step; and nothing rests on what runs still.
        if case .passReview = command, dossier.nextStep != nil { return .early }
        if command.restsOnProcedures, dossier.runsSomething { return .early }
        return .now
    }

    /// How far a dossier has come.
    enum Way: Int, Comparable, Sendable {
        /// Filed, and something is still to come from the applicant.
        case filed
        case received
        case inReview
        case reviewed
        case decided
        case ended

        init(_ dossier: Dossier) {
            switch dossier.stage {
            case .preReview, .preReviewReturned, .awaitingOriginals, .correctionRequested: self = .filed
            case .received: self = .received
            case .inReview: self = .inReview
            case .reviewed: self = .reviewed
            case .granted, .certified, .refused, .issued, .handedOver: self = .decided
            case .ended: self = .ended
            }
        }

        static func < (left: Way, right: Way) -> Bool { left.rawValue < right.rawValue }

        /// Between which of these a command can be given; nil for one that no record gives.
        static func needed(for command: DossierCommand, on dossier: Dossier) -> ClosedRange<Way>? {
            switch command {
            case .accept: .received ... .received
            case .passReview, .handling(.pass), .handling(.sendBack): .inReview ... .inReview
            case .returnToReviewer: .reviewed ... .reviewed
            // With a commitment it is decided at once.
            case .grant, .refuse: (dossier.submitted.isCommitted == true ? .inReview : .reviewed) ... .reviewed
            case .special: .inReview ... .reviewed
            default: nil
            }
        }
    }
}

extension DossierCommand {
    /// Whether what runs must be over before.
    fileprivate var restsOnProcedures: Bool {
        switch self {
        case .passReview, .handling(.pass), .grant, .refuse: true
        default: false
        }
    }
}

extension Dossier {
    /// Whether a procedure runs, or opinions are awaited.
    fileprivate var runsSomething: Bool {
        proceedings.isPaused || proceedings.handling.rounds.open != nil
    }
}
