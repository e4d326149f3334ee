import Store
package import Vocabulary

/// A record of elsewhere, checked, with the person who holds it.
package struct ImportedRecord: Hashable, Sendable {
    package let reservation: Certificate.Reservation
    package let personal: Certificate.Personal

    package init(_ reservation: Certificate.Reservation, _ personal: Certificate.Personal) {
        (self.reservation, self.personal) = (reservation, personal)
    }
}

/// Records made ready to be written: encoded, salted, digested and hashed, so that the transaction only writes.
package struct CertificateChunk: Sendable {
    /// LIMIT: records of one transaction.
    package static let recordsMax = 8192

    struct Row: Sendable {
        let entry: JournalEntry
        /// The hash of the line of the public log.
        let leaf: [UInt8]
        let reservation: Certificate.Reservation
        let holderName: String
        let holderWords: String
        let state: Certificate.State
    }

    private(set) var rows: [Row]
    private(set) var prepared: PreparedEntries

    /// Makes records ready under new, rising ids. `salt` gives sixteen bytes of chance for each.
    package init(
        _ records: [ImportedRecord], at now: Instant, id: () -> CertificateID, salt: () -> [UInt8]
    ) throws {
        rows = try records.map { record in
            try Self.row(record, id(), JournalEntry.Personal(salt: salt(), bytes: record.personal.bytes), now)
        }
        prepared = PreparedEntries(rows.map(\.entry))
    }

    private static func row(
        _ record: ImportedRecord, _ id: CertificateID, _ personal: JournalEntry.Personal, _ now: Instant
    ) throws -> Row {
        let reserved = Certificate(id, record.reservation, record.personal, at: now)
        guard let data = try CertificateData(reserved)?.bytes() else { throw CertificateRefusal.forgotten }
        let taking = Certificate.Taking(record.reservation, digest: BlobRef(of: data).digest)
        let event = CertificateEvent.imported(taking, record.personal)
        let entry = JournalEntry(
            JournalEntry.Place(id.subject, sequence: 1, at: now, actor: .platform), kind: event.kind,
            version: CertificateEvent.version, body: taking.bytes, personal: personal)
        let salt = CertificateLogEntry.Salt(entry)
        let identifier = record.reservation.identifier
        guard let line = CertificateLogEntry(event, of: identifier, salt, on: now.day) else {
            throw Fault.corrupt("an import without a line")
        }
        return Row(
            entry: entry, leaf: line.leaf, reservation: record.reservation, holderName: record.personal.holderName,
            holderWords: HolderNames.line(of: record.personal.holderName),
            state: taking.state(on: now.day))
    }

    /// How many records.
    package var count: Int { rows.count }

    /// The identifiers in order.
    package var identifiers: [CertificateIdentifier] { rows.map(\.reservation.identifier) }

    /// Leaves the records at some places out.
    package mutating func remove(_ places: Set<Int>) {
        guard !places.isEmpty else { return }
        rows = rows.enumerated().filter { !places.contains($0.offset) }.map(\.element)
        prepared = PreparedEntries(rows.map(\.entry))
    }

    /// The first certificate and the last; nil for none.
    package var ends: (first: CertificateID, last: CertificateID)? {
        guard let first = rows.first, let last = rows.last else { return nil }
        return (CertificateID(first.entry.subject), CertificateID(last.entry.subject))
    }
}
