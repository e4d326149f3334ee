package import Vocabulary

/// The limits that can be passed unnoticed if nobody writes it down.
package enum ClockLimit: String, Sendable, Codable, CaseIterable {
    /// 承诺时限.
    case promised
    /// 法定时限.
    case statutory
    /// Ten working days from the decision to the delivery, or until what the applicant fetches lies ready and she is
    /// told (行政许可法 art. 44).
    case delivery
    /// The time that was told for a special procedure (art. 45).
    case special
    /// Twenty working days from the request to the hearing (art. 47).
    case hearing
    /// The verification of a commitment.
    case verification
    /// The step's own time.
    case step
}

/// What time did to a dossier that nobody touched.
package enum ClockEvent: Hashable, Sendable {
    /// Few days are left of the promise: it ends on that day.
    case nearing(CivilDate)
    /// A limit ended on that day and what it asks for was not done.
    case passed(ClockLimit, CivilDate)
    /// The licence that was to be renewed ran out and nobody had decided: it counts as renewed (art. 50).
    case renewed(CertificateID?)
}

extension ClockEvent: DossierEventPart {
    private struct Nearing: Codable { let due: CivilDate }
    private struct Passed: Codable { let due: CivilDate; let limit: ClockLimit }
    private struct Renewed: Codable { let certificate: CertificateID? }

    static let kinds = ["dossier.limit-nearing", "dossier.limit-passed", "dossier.renewed-by-silence"]

    var kind: String {
        switch self {
        case .nearing: Self.kinds[0]
        case .passed: Self.kinds[1]
        case .renewed: Self.kinds[2]
        }
    }

    var open: any Encodable {
        switch self {
        case .nearing(let day): Nearing(due: day)
        case .passed(let limit, let day): Passed(due: day, limit: limit)
        case .renewed(let certificate): Renewed(certificate: certificate)
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]: self = .nearing((try parts.open() as Nearing).due)
        case Self.kinds[1]:
            let passed: Passed = try parts.open()
            self = .passed(passed.limit, passed.due)
        case Self.kinds[2]: self = .renewed((try parts.open() as Renewed).certificate)
        default: return nil
        }
    }
}
