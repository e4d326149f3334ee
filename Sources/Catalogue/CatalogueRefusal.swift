package import Vocabulary

/// Why the catalogue does not take something in.
package enum CatalogueRefusal: Refusal, Equatable {
    /// A resource file does not decode; the place names the key and what is wrong with it.
    case unreadable(file: String, place: String)
    /// A guide breaks rules of the catalogue; the first defects are named.
    case defective(file: String, defects: [GuideDefect])
    /// A file names a body, a hall or a certificate type that does not exist.
    case unknown(file: String, element: String, value: String)
    /// There is no item with this code or name.
    case itemNotFound
    /// A version would apply from a day on which a later one already does.
    case overlaps(CivilDate)
    /// A type and department have used up their numbers.
    case noNumberLeft(String)
    /// There is a sheet for this item already.
    case sheetExists(String)
    /// Somebody else has changed the sheet since it was opened.
    case sheetChanged
    /// The sheet stands where this cannot be done: it waits for review, or was not reviewed.
    case notInThisState
    /// Whoever edited a sheet does not review it.
    case reviewerIsEditor
    /// A sheet that goes back, an item that is suspended or cancelled: each says why.
    case reasonMissing
    /// Nobody can file for what is suspended or cancelled.
    case notInUse
    /// Whoever suspended an item does not cancel it.
    case cancellerSuspended
    /// There is no proposal of this id.
    case proposalNotFound
    /// The proposal was taken over, or not, or another came after it.
    case proposalSettled
    /// The proposal says nothing that one click takes over, or too little to begin a sheet with.
    case nothingToTake
    /// So many proposals are open that no further one is taken in.
    case tooManyProposals
    /// A record of the catalogue names no item by its basic code.
    case codeMissing

    package var code: String {
        switch self {
        case .unreadable: "catalogue.unreadable"
        case .defective: "catalogue.defective"
        case .unknown: "catalogue.unknown-reference"
        case .itemNotFound: "catalogue.item-not-found"
        case .overlaps: "catalogue.overlaps"
        case .noNumberLeft: "catalogue.no-number-left"
        case .sheetExists: "catalogue.sheet-exists"
        case .sheetChanged: "catalogue.sheet-changed"
        case .notInThisState: "catalogue.not-in-this-state"
        case .reviewerIsEditor: "catalogue.reviewer-is-editor"
        case .reasonMissing: "catalogue.reason-missing"
        case .notInUse: "catalogue.not-in-use"
        case .cancellerSuspended: "catalogue.canceller-suspended"
        case .proposalNotFound: "catalogue.proposal-not-found"
        case .proposalSettled: "catalogue.proposal-settled"
        case .nothingToTake: "catalogue.nothing-to-take"
        case .tooManyProposals: "catalogue.too-many-proposals"
        case .codeMissing: "catalogue.code-missing"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .unreadable: .malformed
        case .defective, .unknown, .reasonMissing, .codeMissing: .invalid
        case .overlaps, .noNumberLeft, .sheetExists, .sheetChanged, .notInThisState, .reviewerIsEditor, .notInUse,
            .cancellerSuspended, .proposalSettled, .nothingToTake, .tooManyProposals:
            .conflict
        case .itemNotFound, .proposalNotFound: .notFound
        }
    }

    package static let codes = [
        "catalogue.unreadable", "catalogue.defective", "catalogue.unknown-reference", "catalogue.item-not-found",
        "catalogue.overlaps", "catalogue.no-number-left", "catalogue.sheet-exists",
        "catalogue.sheet-changed", "catalogue.not-in-this-state", "catalogue.reviewer-is-editor",
        "catalogue.reason-missing", "catalogue.not-in-use", "catalogue.canceller-suspended",
        "catalogue.proposal-not-found", "catalogue.proposal-settled", "catalogue.nothing-to-take",
        "catalogue.too-many-proposals", "catalogue.code-missing",
    ]
}

extension CatalogueRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let file, let place): "\(code): \(file): \(place)"
        case .defective(let file, let defects):
            "\(code): \(file): "
                + defects.prefix(5).map { "\($0.element) \($0.code) \($0.message.en)" }.joined(separator: "; ")
        case .unknown(let file, let element, let value): "\(code): \(file): \(element) \(value)"
        default: code
        }
    }
}
