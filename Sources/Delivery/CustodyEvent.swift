package import Store
package import Vocabulary

/// What happened to an original, under its own subject; who signed is the entry's actor. Nothing here is personal.
package enum CustodyEvent: Hashable, Sendable, JournalEvent {
    /// A window has it, and it bears its label.
    case received(Received)
    /// Its owner has it and makes its label: a courier will fetch it.
    case labelled(Received)
    /// Whoever has it offers it to somebody by name.
    case offered(CustodyHolder)
    /// The offer is taken back.
    case withdrawn
    /// Whoever it was offered to has read the label.
    case taken(CustodyHolder)
    /// A count at this holder did not find it.
    case missed(CustodyHolder)
    /// Its label was read again, there or elsewhere.
    case found(CustodyHolder)

    /// What an original begins with.
    package struct Received: Hashable, Sendable, Codable {
        package let code: CustodyCode
        package let dossier: DossierID
        package let material: String
        package let sheets: Int
        package let holder: CustodyHolder
    }

    private struct Hand: Codable { let holder: CustodyHolder }

    package static let version = 1
    private static let receivedKind = "custody.received"
    private static let labelledKind = "custody.labelled"
    /// The kinds with which an original begins.
    static let firstKinds = [receivedKind, labelledKind]

    package var kind: String {
        switch self {
        case .received: Self.receivedKind
        case .labelled: Self.labelledKind
        case .offered: "custody.offered"
        case .withdrawn: "custody.withdrawn"
        case .taken: "custody.taken"
        case .missed: "custody.missed"
        case .found: "custody.found"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .received(let received), .labelled(let received): try CanonicalJSON.bytes(of: received)
        case .offered(let holder), .taken(let holder), .missed(let holder), .found(let holder):
            try CanonicalJSON.bytes(of: Hand(holder: holder))
        case .withdrawn: Array("{}".utf8)
        }
    }

    package func personalPart() throws -> [UInt8]? { nil }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func holder() throws -> CustodyHolder { try CanonicalJSON.value(Hand.self, in: entry.body).holder }
        switch entry.kind {
        case Self.receivedKind: self = .received(try CanonicalJSON.value(in: entry.body))
        case Self.labelledKind: self = .labelled(try CanonicalJSON.value(in: entry.body))
        case "custody.offered": self = .offered(try holder())
        case "custody.withdrawn": self = .withdrawn
        case "custody.taken": self = .taken(try holder())
        case "custody.missed": self = .missed(try holder())
        case "custody.found": self = .found(try holder())
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
