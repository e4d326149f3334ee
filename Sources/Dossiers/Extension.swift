package import Vocabulary

/// 延期 (行政许可法 art. 42): a longer statutory limit, once, with the approval of the head and reasons that the
/// applicant is told. The promise is not moved by it.
package struct Extension: Hashable, Sendable {
    /// In the unit of the statutory limit.
    package let value: Int
    package let approver: StaffID?
    package let at: Instant
    /// The event that approved it, by its number in the dossier.
    package let event: Int

    /// Whose approval it needs.
    package enum Authority: String, Sendable, Codable, CaseIterable {
        /// The head of the authority (art. 42(1)).
        case head
        /// The head of the government at the same level, where several authorities handle together (art. 42(2)).
        case government

        /// The power that goes with it.
        package var power: Power {
            switch self {
            case .head: .lead
            case .government: .govern
            }
        }
    }
}

/// What is wanted of an extension.
package enum ExtensionCommand: Hashable, Sendable, Codable {
    /// The examiner asks the head for more time.
    case request(value: Int, note: String)
    case approve(value: Int, by: Extension.Authority, note: String)
    /// The head says no.
    case deny(by: Extension.Authority, note: String)
}

/// What happened to an extension.
package enum ExtensionEvent: Hashable, Sendable {
    case requested(value: Int, DossierEvent.Note?)
    case approved(value: Int, by: Extension.Authority, DossierEvent.Note?)
    case denied(DossierEvent.Note?)
}

extension ExtensionEvent: DossierEventPart {
    private struct Request: Codable { let value: Int }
    private struct Approval: Codable { let authority: Extension.Authority; let value: Int }

    static let kinds = ["dossier.extension-requested", "dossier.extension-approved", "dossier.extension-denied"]

    var kind: String {
        switch self {
        case .requested: Self.kinds[0]
        case .approved: Self.kinds[1]
        case .denied: Self.kinds[2]
        }
    }

    var open: any Encodable {
        switch self {
        case .requested(let value, _): Request(value: value)
        case .approved(let value, let authority, _): Approval(authority: authority, value: value)
        case .denied: Nothing()
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .requested(_, let note), .approved(_, _, let note), .denied(let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]: self = .requested(value: (try parts.open() as Request).value, try parts.personal())
        case Self.kinds[1]:
            let approval: Approval = try parts.open()
            self = .approved(value: approval.value, by: approval.authority, try parts.personal())
        case Self.kinds[2]: self = .denied(try parts.personal())
        default: return nil
        }
    }
}
