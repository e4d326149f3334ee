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

    /// The word of the journal.
    package var name: String {
        switch self {
        case .save: "save"
        case .submit: "submit"
        case .giveBack: "give-back"
        case .approve: "approve"
        case .publish: "publish"
        }
    }
}

/// The life of a sheet: draft, submitted, reviewed, published; editor and reviewer differ (domain section 1.6).
package enum SheetRules {
    /// Where the deed leads. Throws `CatalogueRefusal` when the state does not allow it, and when somebody would review
    /// her own work.
    package static func state(
        after deed: SheetDeed, on kept: KeptSheet, by staff: StaffID
    ) throws(CatalogueRefusal) -> SheetState {
        switch (deed, kept.state) {
        case (.save, let state):
            guard let next = stateAfterSaving(state) else { throw .notInThisState }
            return next
        case (.submit, .draft): return .submitted
        case (.giveBack(let reason), .submitted), (.giveBack(let reason), .approved):
            guard !reason.allSatisfy(\.isWhitespace) else { throw .reasonMissing }
            return .draft
        case (.approve, .submitted):
            guard kept.editor != staff else { throw .reviewerIsEditor }
            return .approved
        case (.publish, .approved): return .published
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
            case .giveBack(let reason): reason
            case .publish(let day): day.description
            case .save, .submit, .approve: ""
            }
    }
}
