package import Vocabulary

/// What is done with a sheet.
package enum SheetDeed: Sendable, Hashable {
    /// Fills in or changes an element; a published sheet becomes a draft again, and what is published stays.
    case save
    /// Hands it to somebody else for review.
    case submit
    /// Gives it back to the editor, with the reason.
    case giveBack(reason: String)
    /// Has reviewed it: it may be published.
    case approve
    /// Publishes it from a day.
    case publish(from: CivilDate)
    /// Stops new filings for the item at once, with what people are told; takes it up again.
    case suspend(reason: String)
    case resume
    /// Ends the item for good: only what is suspended, and by somebody else.
    case cancel(reason: String)

    /// The word of the journal.
    package var name: String {
        switch self {
        case .save: "save"
        case .submit: "submit"
        case .giveBack: "give-back"
        case .approve: "approve"
        case .publish: "publish"
        case .suspend: "suspend"
        case .resume: "resume"
        case .cancel: "cancel"
        }
    }
}

extension SheetDeed {
    /// Why, for the deeds that must say so.
    var reason: String? {
        switch self {
        case .giveBack(let reason), .suspend(let reason), .cancel(let reason): reason
        case .save, .submit, .approve, .publish, .resume: nil
        }
    }
}

/// Where a published item stands, and who stopped it.
package struct SheetStanding: Sendable {
    /// Nil before the first version came into force.
    package let state: ItemState?
    /// Who suspended it last; nil when nobody did.
    package let suspender: StaffID?

    /// A standing.
    package init(_ state: ItemState?, suspender: StaffID? = nil) {
        (self.state, self.suspender) = (state, suspender)
    }
}

/// The life of a sheet: draft, submitted, reviewed, published; editor and reviewer differ (domain section 1.6).
package enum SheetRules {
    /// Where the deed leads. Throws `CatalogueRefusal` when the state does not allow it, and when somebody would review
    /// her own work.
    package static func state(
        after deed: SheetDeed, on kept: KeptSheet, standing: SheetStanding, by staff: StaffID
    ) throws(CatalogueRefusal) -> SheetState {
        if let reason = deed.reason, reason.allSatisfy(\.isWhitespace) { throw .reasonMissing }
        switch (deed, kept.state) {
        case (.save, let state):
            guard let next = stateAfterSaving(state) else { throw .notInThisState }
            return next
        case (.submit, .draft): return .submitted
        case (.giveBack, .submitted), (.giveBack, .approved): return .draft
        case (.approve, .submitted):
            guard kept.editor != staff else { throw .reviewerIsEditor }
            return .approved
        case (.publish, .approved): return .published
        case (.suspend, _) where standing.state == .inUse: return kept.state
        case (.resume, _) where standing.state == .suspended: return kept.state
        case (.cancel, _) where standing.state == .suspended:
            guard standing.suspender != staff else { throw .cancellerSuspended }
            return kept.state
        default: throw .notInThisState
        }
    }

    /// Where a change leads; nil while the sheet waits for review or for its publication.
    package static func stateAfterSaving(_ state: SheetState) -> SheetState? {
        switch state {
        case .draft, .published: .draft
        case .submitted, .approved: nil
        }
    }
}

/// What the journal says of a sheet.
package struct SheetEvent: Codable, Hashable, Sendable {
    package let deed: String
    package let item: String
    /// The day from which a publication applies, or why a sheet went back.
    package let detail: String

    /// The entry of a deed.
    package init(_ deed: SheetDeed, on sheet: ItemSheet) {
        (self.deed, item) = (deed.name, sheet.slug)
        detail =
            switch deed {
            case .publish(let day): day.description
            default: deed.reason ?? ""
            }
    }
}
