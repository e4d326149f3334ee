package import Vocabulary

/// 容缺受理: accepted while the key materials are complete and others that the guide lists may follow, on a signed
/// undertaking, by a day inside the promise. The result is released only when everything is there; when the day passes
/// the handling ends.
package struct Tolerance: Hashable, Sendable {
    /// The materials that are still to come, by id, in the order of the guide.
    package fileprivate(set) var lagging: [String]
    /// Working days from acceptance.
    package let days: WorkingDays
    package let grantedAt: Instant
    /// The event that granted it, by its number in the dossier.
    package let event: Int
    package let undertaking: MaterialSource
}

/// What is wanted of a tolerant acceptance.
package enum ToleranceCommand: Hashable, Sendable, Codable {
    /// Accepts although these materials are missing; the signed undertaking is at hand.
    case accept(lagging: [String], days: Int, undertaking: MaterialSource)
    /// The applicant hands in what may follow, all or some of it.
    case supply([HandedIn])
}

/// What happened to a tolerant acceptance.
package enum ToleranceEvent: Hashable, Sendable {
    case granted(lagging: [String], days: WorkingDays, undertaking: MaterialSource)
    case supplied([HandedIn])
    /// The day has passed and something is still missing: the handling ends.
    case lapsed
}

extension Tolerance {
    /// The tolerance after one more event; nil when the event ends it.
    static func after(_ event: ToleranceEvent, _ tolerance: Tolerance?, number: Int, at: Instant) throws -> Tolerance? {
        switch (event, tolerance) {
        case (.granted(let lagging, let days, let undertaking), nil):
            return Tolerance(lagging: lagging, days: days, grantedAt: at, event: number, undertaking: undertaking)
        case (.supplied(let handedIn), .some(var tolerance)):
            tolerance.lagging.removeAll { material in handedIn.contains { $0.material == material } }
            return tolerance
        case (.lapsed, .some(let tolerance)): return tolerance
        default: throw Fault.corrupt("\(event.kind) does not follow")
        }
    }
}

extension ToleranceEvent: DossierEventPart {
    private struct Grant: Codable { let days: Int; let lagging: [String]; let undertaking: MaterialSource }
    private struct Supply: Codable { let materials: [HandedIn] }

    static let kinds = ["dossier.tolerance-granted", "dossier.tolerance-supplied", "dossier.tolerance-lapsed"]

    var kind: String {
        switch self {
        case .granted: Self.kinds[0]
        case .supplied: Self.kinds[1]
        case .lapsed: Self.kinds[2]
        }
    }

    var open: any Encodable {
        switch self {
        case .granted(let lagging, let days, let undertaking):
            Grant(days: days.count, lagging: lagging, undertaking: undertaking)
        case .supplied(let handedIn): Supply(materials: handedIn)
        case .lapsed: Nothing()
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]:
            let grant: Grant = try parts.open()
            self = .granted(
                lagging: grant.lagging, days: try parts.workingDays(grant.days), undertaking: grant.undertaking)
        case Self.kinds[1]: self = .supplied((try parts.open() as Supply).materials)
        case Self.kinds[2]: self = .lapsed
        default: return nil
        }
    }
}
