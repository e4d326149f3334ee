package import Vocabulary

/// One way in which records go to another house and come from it. Whatever it throws but `LinkTrouble` is a fault of
/// this house.
package protocol LinkCarrier: Sendable {
    /// Brings a file over where it is not there yet; its bytes are asked for only then. Records that name it follow.
    /// Throws `LinkTrouble` where nothing was answered that counts.
    func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws

    /// Sends records; the same batch may be sent again. Throws `LinkTrouble` where nothing was answered that counts.
    func push(_ batch: LinkBatch) async throws -> LinkAnswer

    /// What came after a mark, in the order in which it was put there; the empty mark is the beginning.
    func pull(after mark: String) async throws -> LinkPage

    /// Says what came of what was pulled; saying it again changes nothing.
    func acknowledge(_ receipts: [LinkReceipt]) async throws

    /// A file that a pulled record names. Refuses, by `LinkTrouble`, one that is not there, and one whose bytes have
    /// another digest.
    func file(_ digest: String) async throws -> [UInt8]

    /// What the other side has of the dossiers that were filed on a day, after a name, in the order of family and key.
    func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings

    /// Lets go of what it holds open.
    func close() async
}

/// What the other side said of a batch.
package enum LinkAnswer: Hashable, Sendable {
    /// Of each record what came of it. One that is missing was not answered.
    case verdicts([LinkKey: LinkVerdict])
    /// It lies where the other side fetches it; what came of it is told by a later page.
    case handedOver
}

/// Why nothing came of speaking to the other side.
package struct LinkTrouble: Error, Hashable, Sendable {
    package let reason: LinkRefusal
    /// As deliveries have it, by which it is known how long the other side is left alone.
    package let answer: DeliveryAnswer
    /// What the other side said of it, cut; empty for nothing.
    package let message: String

    package init(_ reason: LinkRefusal, _ answer: DeliveryAnswer = .refused(200), message: String = "") {
        (self.reason, self.answer) = (reason, answer)
        self.message = String(message.prefix(LinkVerdict.messageCharactersMax))
    }
}

/// What a link takes at most.
package enum LinkLimits {
    /// LIMIT: seconds by which the clocks of two sides may differ; that of Standard Webhooks.
    package static let clockSecondsMax: Int64 = 300
    /// LIMIT: records of one page.
    package static let pageRecordsMax = 200
    /// LIMIT: bytes of one answer with records.
    package static let answerBytesMax = 8 << 20
    /// LIMIT: bytes of one file; that of an upload.
    package static let fileBytesMax = 20 << 20
    /// LIMIT: characters of a mark.
    package static let markCharactersMax = 100
}

/// What was pulled.
package struct LinkPage: Sendable {
    /// One thing that came.
    package struct Row: Sendable {
        /// Names the coming, not the record: the same record that comes again has another mark.
        package let mark: String
        /// The record, or why it is none.
        package let content: Result<LinkRecord, RecordUnfit>
        /// What the row names itself, as far as it can be read, also where it is no record.
        package let key: LinkKey

        package init(_ mark: String, _ content: Result<LinkRecord, RecordUnfit>, key: LinkKey) {
            (self.mark, self.content, self.key) = (mark, content, key)
        }
    }

    package let rows: [Row]
    /// What came of what was handed over before.
    package let verdicts: [LinkKey: LinkVerdict]
    /// Where to go on.
    package let next: String
    package let hasMore: Bool

    package init(
        _ rows: [Row], verdicts: [LinkKey: LinkVerdict] = [:], next: String, hasMore: Bool
    ) {
        (self.rows, self.verdicts, self.next, self.hasMore) = (rows, verdicts, next, hasMore)
    }
}

/// What came of something that was pulled.
package struct LinkReceipt: Hashable, Sendable {
    package let mark: String
    package let key: LinkKey
    package let verdict: LinkVerdict

    package init(_ mark: String, _ key: LinkKey, _ verdict: LinkVerdict) {
        (self.mark, self.key, self.verdict) = (mark, key, verdict)
    }
}

/// What the other side has.
package struct LinkHoldings: Sendable {
    package struct Line: Hashable, Sendable {
        package let key: LinkKey
        package let number: String
        /// `ExchangeRecord.digest`.
        package let digest: String
        /// Whether it came from there; else it was sent there by us.
        package let isTheirs: Bool

        package init(_ key: LinkKey, number: String, digest: String, isTheirs: Bool) {
            (self.key, self.number, self.digest, self.isTheirs) = (key, number, digest, isTheirs)
        }
    }

    package let lines: [Line]
    package let hasMore: Bool

    package init(_ lines: [Line], hasMore: Bool) { (self.lines, self.hasMore) = (lines, hasMore) }
}
