import Store
package import Vocabulary

/// One call of the sharing service, as the journal keeps it.
package struct SharingEntry: Sendable {
    package let operation: SharingOperation
    package let status: SharingStatus
    /// The type's code; nil where none was named.
    package let type: String?
    /// Whose data were given.
    package let certificates: [CertificateID]
    /// The caller's words; they can be erased.
    package let cause: String

    package init(
        _ operation: SharingOperation, _ status: SharingStatus, type: String?, certificates: [CertificateID],
        cause: String
    ) {
        (self.operation, self.status, self.type) = (operation, status, type)
        (self.certificates, self.cause) = (certificates, cause)
    }
}

/// What happened to callers, and what they did. The entries are a record only: nothing is decided by them.
enum SharingEvent: Sendable, JournalEvent {
    case added(SharingCaller)
    case permitted(types: [String])
    case forbidden(types: [String])
    case renewed(edition: Int)
    case revoked
    case called(SharingEntry)

    private struct Adding: Encodable {
        let accessID: String
        let body: CreditCode?
        let network: String
        let perMinute: Int
    }
    private struct Name: Encodable { let name: String }
    private struct Types: Encodable { let types: [String] }
    private struct Edition: Encodable { let edition: Int }
    private struct Nothing: Encodable {}
    private struct Call: Encodable {
        let operation: String
        let status: Int
        let type: String?
        let certificates: [CertificateID]
    }
    private struct Cause: Encodable { let cause: String }

    static let version = 1

    var kind: String {
        switch self {
        case .added: "caller.added"
        case .permitted: "caller.permitted"
        case .forbidden: "caller.forbidden"
        case .renewed: "caller.renewed"
        case .revoked: "caller.revoked"
        case .called: "sharing.called"
        }
    }

    func publicPart() throws -> [UInt8] {
        switch self {
        case .added(let caller):
            try CanonicalJSON.bytes(
                of: Adding(
                    accessID: caller.accessID.description, body: caller.body, network: caller.network.rawValue,
                    perMinute: caller.perMinute))
        case .permitted(let types), .forbidden(let types): try CanonicalJSON.bytes(of: Types(types: types))
        case .renewed(let edition): try CanonicalJSON.bytes(of: Edition(edition: edition))
        case .revoked: try CanonicalJSON.bytes(of: Nothing())
        case .called(let entry):
            try CanonicalJSON.bytes(
                of: Call(
                    operation: entry.operation.rawValue, status: entry.status.rawValue, type: entry.type,
                    certificates: entry.certificates))
        }
    }

    func personalPart() throws -> [UInt8]? {
        switch self {
        case .added(let caller): try CanonicalJSON.bytes(of: Name(name: caller.name))
        case .called(let entry): entry.cause.isEmpty ? nil : try CanonicalJSON.bytes(of: Cause(cause: entry.cause))
        case .permitted, .forbidden, .renewed, .revoked: nil
        }
    }
}
