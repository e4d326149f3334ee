package import Store
package import Vocabulary

/// What a finding's id is the id of; see `DossierThing`.
package enum FindingThing {}
package typealias FindingID = ID<FindingThing>

/// Where something happened: the case, its item, and who answers for it. Nothing of it is personal.
package struct SupervisedCase: Hashable, Sendable, Codable {
    package let dossier: DossierID
    /// The short number under which people find it.
    package let number: String
    /// 33 characters where there is a handling item, else 31.
    package let item: String
    /// 12 characters: the item wherever it is implemented.
    package let catalogCode: String
    /// Who decides it.
    package let body: CreditCode
    package let region: Region

    package init(
        _ dossier: DossierID, number: String, item: (code: String, catalogCode: String), body: CreditCode,
        region: Region
    ) {
        (self.dossier, self.number, self.body, self.region) = (dossier, number, body, region)
        (self.item, catalogCode) = (item.code, item.catalogCode)
    }
}

/// 发现的问题: one rule that was not kept in one case, however often.
package struct Finding: Hashable, Sendable {
    /// What supervision has done about it.
    package enum State: String, Sendable, CaseIterable {
        /// Nobody has looked at it yet.
        case open
        /// An order was given.
        case ordered
        /// Somebody looked, or its order was closed, and nothing more is to be done.
        case reviewed
    }

    /// LIMIT: attempts of one finding that are counted; each is an entry of the journal.
    package static let countedMax = 100

    package let id: FindingID
    package let matter: SupervisedCase
    package let rule: FindingRule
    package let foundAt: Instant
    /// When it was found again, or tried again, last.
    package internal(set) var lastAt: Instant
    package internal(set) var count: Int
    /// Whether what is wrong still is.
    package internal(set) var stands: Bool
    package internal(set) var state: State

    package init(_ id: FindingID, _ matter: SupervisedCase, _ rule: FindingRule, at now: Instant, stands: Bool) {
        (self.id, self.matter, self.rule, self.stands) = (id, matter, rule, stands)
        (foundAt, lastAt, count, state) = (now, now, 1, .open)
    }
}

/// What happened to a finding, under its own subject: figures follow these.
package enum FindingEvent: Hashable, Sendable {
    case found(Found)
    /// Found again after it was over, or tried again.
    case again
    /// What was wrong is over; that it was stays.
    case settled
    case ordered(OrderID)
    /// The order is closed: nothing more is to be done.
    case orderClosed(OrderID)
    /// The order was taken back: it is to be looked at anew.
    case orderWithdrawn(OrderID)
    /// Somebody looked, and nothing more is to be done; the words are nil once they were forgotten.
    case reviewed(OrderWords?)

    /// With what a finding begins.
    package struct Found: Hashable, Sendable, Codable {
        package let matter: SupervisedCase
        package let rule: FindingRule
        package let stands: Bool
    }
}

extension FindingEvent: JournalEvent {
    private struct Ordered: Codable { let order: OrderID }

    package static let version = 1

    package var kind: String {
        switch self {
        case .found: "finding.found"
        case .again: "finding.again"
        case .settled: "finding.settled"
        case .ordered: "finding.ordered"
        case .orderClosed: "finding.order-closed"
        case .orderWithdrawn: "finding.order-withdrawn"
        case .reviewed: "finding.reviewed"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .found(let found): try CanonicalJSON.bytes(of: found)
        case .ordered(let order), .orderClosed(let order), .orderWithdrawn(let order):
            try CanonicalJSON.bytes(of: Ordered(order: order))
        case .again, .settled, .reviewed: Array("{}".utf8)
        }
    }

    package func personalPart() throws -> [UInt8]? {
        guard case .reviewed(let words?) = self else { return nil }
        return try CanonicalJSON.bytes(of: words)
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func order() throws -> OrderID { try CanonicalJSON.value(Ordered.self, in: entry.body).order }
        switch entry.kind {
        case "finding.found": self = .found(try CanonicalJSON.value(in: entry.body))
        case "finding.again": self = .again
        case "finding.settled": self = .settled
        case "finding.ordered": self = .ordered(try order())
        case "finding.order-closed": self = .orderClosed(try order())
        case "finding.order-withdrawn": self = .orderWithdrawn(try order())
        case "finding.reviewed": self = .reviewed(try OrderWords(entry))
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
