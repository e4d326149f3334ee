package import Store
package import Vocabulary

/// What happened to a campaign, under a subject of its own. Events are for ever; nothing in them is personal.
package enum FileReviewEvent: Hashable, Sendable, JournalEvent {
    case opened(Opened)
    /// The named time has come.
    case called
    case drawn(Draw)
    case dealt([StaffID])
    case published

    /// With what it begins: what was laid down, and the list of cases as it then stood.
    package struct Opened: Hashable, Sendable, Codable {
        /// The year and the how-manieth of the year.
        package let number: String
        package let terms: FileReviewTerms
        /// How many cases the list holds, and its SHA-256.
        package let count: Int
        package let digest: String
        /// The checklist by which the files are reviewed.
        package let checklist: String
    }

    /// By which the draw can be done again.
    package struct Draw: Hashable, Sendable, Codable {
        package let checkpointSize: Int
        package let checkpointAt: Instant
        /// Both in hexadecimal.
        package let root: String
        package let seed: String
        /// How many files were drawn.
        package let count: Int
    }

    private struct Dealt: Codable { let reviewers: [StaffID] }

    package static let version = 1
    static let openedKind = "file-review.opened"

    package var kind: String {
        switch self {
        case .opened: Self.openedKind
        case .called: "file-review.called"
        case .drawn: "file-review.drawn"
        case .dealt: "file-review.dealt"
        case .published: "file-review.published"
        }
    }

    package var isByLaw: Bool { self == .called }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .opened(let opened): try CanonicalJSON.bytes(of: opened)
        case .drawn(let draw): try CanonicalJSON.bytes(of: draw)
        case .dealt(let reviewers): try CanonicalJSON.bytes(of: Dealt(reviewers: reviewers))
        case .called, .published: Array("{}".utf8)
        }
    }

    package func personalPart() throws -> [UInt8]? { nil }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        switch entry.kind {
        case Self.openedKind: self = .opened(try CanonicalJSON.value(in: entry.body))
        case "file-review.called": self = .called
        case "file-review.drawn": self = .drawn(try CanonicalJSON.value(in: entry.body))
        case "file-review.dealt": self = .dealt(try CanonicalJSON.value(Dealt.self, in: entry.body).reviewers)
        case "file-review.published": self = .published
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
