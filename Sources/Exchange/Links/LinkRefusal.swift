package import Vocabulary

/// Why nothing came of a record, or of speaking to the other side of a link.
package enum LinkRefusal: String, Refusal, CaseIterable {
    // What a record can come to.

    /// The first one that came under this key was taken and says something else.
    case recordChanged = "link.record-changed"
    /// This family is not taken from there.
    case familyUnfit = "link.family-unfit"
    /// No dossier has the number.
    case numberUnknown = "link.number-unknown"
    /// No official of this name answers for it, or several have it.
    case officerUnknown = "link.officer-unknown"
    /// No step of this name and action is taken from there.
    case stepUnknown = "link.step-unknown"
    /// It was kept for days and what it needs has not happened.
    case tooEarly = "link.too-early"
    /// The dossier has gone past it, by another way.
    case tooLate = "link.too-late"
    /// What the record says of the dossier is not so: another certificate, another holder.
    case contradicts = "link.contradicts"

    // What speaking to the other side can come to.

    /// The answer is not signed with the link's secret.
    case signatureWrong = "link.signature-wrong"
    /// The clocks of the two sides differ by more than `LinkLimits.clockSecondsMax`.
    case clockWrong = "link.clock-wrong"
    /// The answer, the file or the row cannot be read.
    case unreadable = "link.unreadable"
    /// The other side answered that it did nothing.
    case refusedWhole = "link.refused-whole"
    case fileMissing = "link.file-missing"
    /// The file's bytes have another digest, or there are too many.
    case fileUnfit = "link.file-unfit"
    /// Nobody was there, or nobody answered in time.
    case unanswered = "link.unanswered"
    /// The other side says nothing of this record.
    case verdictMissing = "link.verdict-missing"
    /// No way that there is, or an address that the way has not.
    case addressUnfit = "link.address-unfit"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .numberUnknown, .fileMissing: .notFound
        case .recordChanged, .tooEarly, .tooLate, .contradicts, .refusedWhole, .unanswered, .verdictMissing: .conflict
        default: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
