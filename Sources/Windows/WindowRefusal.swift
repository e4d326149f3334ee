package import Vocabulary

/// Why a hall or a window cannot be set up or used as asked.
package enum WindowRefusal: String, Refusal, CaseIterable {
    case hallNotFound = "windows.hall-not-found"
    case hallKnown = "windows.hall-known"
    case codeMalformed = "windows.code-malformed"
    case tooManyHalls = "windows.too-many-halls"
    case windowNotFound = "windows.window-not-found"
    case windowKnown = "windows.window-known"
    case tooManyWindows = "windows.too-many-windows"
    case nameMissing = "windows.name-missing"
    case textTooLong = "windows.text-too-long"
    case placesWrong = "windows.places-wrong"
    case numberWrong = "windows.number-wrong"
    case capabilityMissing = "windows.capability-missing"
    /// Somebody else sits there.
    case occupied = "windows.occupied"
    /// She sits at another window already.
    case sitsElsewhere = "windows.sits-elsewhere"
    /// She does not sit at a window.
    case noSeat = "windows.no-seat"
    /// Somebody still stands at the window.
    case busy = "windows.busy"
    /// The window is of another place than hers.
    case otherPlace = "windows.other-place"
    /// The window does what she may not do.
    case notHerWork = "windows.not-her-work"
    /// No such kiosk, or one whose key was taken back.
    case kioskUnknown = "windows.kiosk-unknown"
    case tooManyKiosks = "windows.too-many-kiosks"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .hallNotFound, .windowNotFound: .notFound
        case .hallKnown, .tooManyHalls, .windowKnown, .tooManyWindows, .occupied, .sitsElsewhere, .noSeat, .busy,
            .tooManyKiosks:
            .conflict
        case .codeMalformed, .nameMissing, .textTooLong, .placesWrong, .numberWrong, .capabilityMissing: .invalid
        case .otherPlace, .notHerWork, .kioskUnknown: .forbidden
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
