package import Store
package import Vocabulary

/// What happened to a paper, under its own subject. Events are for ever.
package enum PaperEvent: Hashable, Sendable, JournalEvent {
    /// It has its number and says what it says for ever, whether or not it was printed.
    case issued(Issued, Values?)
    /// Its bytes were made, and are the paper from now on.
    case produced(Produced)
    /// It was handed to somebody.
    case served(Served, Handing?)
    /// 作废: it keeps its number and counts for nothing.
    case voided(Reason?)

    /// The public part of `issued`.
    package struct Issued: Hashable, Sendable, Codable {
        package let kind: String
        package let number: PaperNumber
        /// The template that it is pinned to.
        package let template: String
        package let body: PaperBody
        package let day: CivilDate
        package let dossier: DossierID
        /// The papers that a proof of service is about.
        package let about: [PaperID]?
    }

    /// What it says of its case.
    package struct Values: Hashable, Sendable, Codable {
        package let values: [String: PaperValue]
    }

    /// The digest of the bytes.
    package struct Produced: Hashable, Sendable, Codable {
        package let file: BlobRef
    }

    /// How and when it was served, and who served it; nil where nobody of the staff did.
    package struct Served: Hashable, Sendable, Codable {
        package let mode: ServingMode
        package let servedAt: Instant
        package let server: Actor?

        /// A service at an instant.
        package init(mode: ServingMode, servedAt: Instant, server: Actor?) {
            (self.mode, self.servedAt, self.server) = (mode, servedAt, server)
        }
    }

    /// Where and to whom.
    package struct Handing: Hashable, Sendable, Codable {
        package let recipient: String
        package let place: String
        package let server: String
        /// 留置送达 has a witness (民事诉讼法 art. 89).
        package let witness: String?
        package let note: String?

        /// A handing over; whoever leaves a paper names a witness.
        package init(recipient: String, place: String, server: String, witness: String? = nil, note: String? = nil) {
            (self.recipient, self.place, self.server) = (recipient, place, server)
            (self.witness, self.note) = (witness, note)
        }
    }

    /// Free text.
    package struct Reason: Hashable, Sendable, Codable {
        package let text: String
    }
}

/// 送达方式 (民事诉讼法 arts 88-95, by analogy).
package enum ServingMode: String, Sendable, Codable, CaseIterable {
    /// 直接送达, 留置送达, 邮寄送达, 委托送达, 电子送达, 公告送达.
    case direct, left, mail, agent, electronic, notice
}

/// The body that a paper is of.
package struct PaperBody: Hashable, Sendable, Codable {
    package let code: CreditCode
    /// In full, as the directory has it.
    package let name: String
    /// 机关代字.
    package let mark: String
    /// Whether it is a body of a demonstration: its papers and seals say 示例.
    package let isDemonstration: Bool

    /// A body.
    package init(_ code: CreditCode, name: String, mark: String, isDemonstration: Bool) {
        (self.code, self.name, self.mark) = (code, name, mark)
        self.isDemonstration = isDemonstration
    }

    /// The name as it goes around a seal: without what a demonstration adds to it.
    package var plainName: String {
        guard isDemonstration else { return name }
        return ["(示例)", "（示例）"].reduce(name) { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 }
    }
}

extension PaperEvent {
    package static let version = 1
    static let issuedKind = "paper.issued"

    package var kind: String {
        switch self {
        case .issued: Self.issuedKind
        case .produced: "paper.produced"
        case .served: "paper.served"
        case .voided: "paper.voided"
        }
    }

    /// The public part as JSON.
    package func publicPart() throws -> [UInt8] {
        switch self {
        case .issued(let issued, _): try CanonicalJSON.bytes(of: issued)
        case .produced(let produced): try CanonicalJSON.bytes(of: produced)
        case .served(let served, _): try CanonicalJSON.bytes(of: served)
        case .voided: Array("{}".utf8)
        }
    }

    /// The personal part as JSON; nil where there is none.
    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .issued(_, let values): try values.map { try CanonicalJSON.bytes(of: $0) }
        case .produced: nil
        case .served(_, let handing): try handing.map { try CanonicalJSON.bytes(of: $0) }
        case .voided(let reason): try reason.map { try CanonicalJSON.bytes(of: $0) }
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func personal<Value: Decodable>() throws -> Value? {
            try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
        }
        switch entry.kind {
        case Self.issuedKind: self = .issued(try CanonicalJSON.value(in: entry.body), try personal())
        case "paper.produced": self = .produced(try CanonicalJSON.value(in: entry.body))
        case "paper.served": self = .served(try CanonicalJSON.value(in: entry.body), try personal())
        case "paper.voided": self = .voided(try personal())
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
