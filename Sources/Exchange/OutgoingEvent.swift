package import Vocabulary

/// One thing that happened, as partners are told of it: by the feed and by a webhook in the same bytes.
package struct OutgoingEvent: Hashable, Sendable {
    /// Its place in the sealed journal.
    package let position: Int
    /// The same for ever: whoever gets it twice knows it by this.
    package let id: String
    package let kind: String
    package let at: Instant
    package let dossier: DossierID
    package let place: Place
    /// The event as one JSON object, keys sorted.
    package let body: [UInt8]

    /// Where the matter belongs, by which it is known whom it concerns.
    package struct Place: Hashable, Sendable {
        package let department: CreditCode
        /// 12 characters.
        package let catalogCode: String
        package let region: Region

        package init(department: CreditCode, catalogCode: String, region: Region) {
            (self.department, self.catalogCode, self.region) = (department, catalogCode, region)
        }
    }

    /// What is said of the dossier.
    package struct Matter: Sendable {
        let id: DossierID
        let number: String
        let item: String
        let place: Place

        package init(_ id: DossierID, number: String, item: String, place: Place) {
            (self.id, self.number, self.item, self.place) = (id, number, item, place)
        }
    }

    /// What is said of the entry of the journal.
    package struct Entry: Sendable {
        let position: Int
        let subject: Subject
        let sequence: Int
        let at: Instant
        let kind: String
        let version: Int
        let body: [UInt8]

        /// `body` is the public part as it stands in the journal.
        package init(
            at position: Int, _ subject: Subject, sequence: Int, _ moment: Instant,
            of type: (kind: String, version: Int, body: [UInt8])
        ) {
            (self.position, self.subject, self.sequence, at) = (position, subject, sequence, moment)
            (kind, version, body) = type
        }
    }

    /// An entry that is about a dossier.
    package init(_ entry: Entry, about matter: Matter) throws {
        (position, kind, at, dossier, place) = (entry.position, entry.kind, entry.at, matter.id, matter.place)
        id = Self.id(entry.subject, entry.sequence)
        body = CanonicalJSON.bytes(
            writing: .record([
                "at": .text("\(entry.at)"), "cursor": .text(EventCursor(after: position).description),
                "data": try EventData.open(entry.kind, entry.body), "department": .text(matter.place.department.code),
                "dossier": .text("\(matter.id)"), "id": .text(id), "item": .text(matter.item),
                "kind": .text(entry.kind), "number": .text(matter.number), "region": .text(matter.place.region.code),
                "sequence": .number(entry.sequence), "subject": .text("\(entry.subject)"),
                "version": .number(entry.version),
            ]))
    }

    /// The name of an event follows from whose and the how-manieth it is, as no other ever is.
    package static func id(_ subject: Subject, _ sequence: Int) -> String { "evt_\(subject)_\(sequence)" }
}

/// How far somebody has read: everything up to a position of the sealed journal.
package struct EventCursor: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// LIMIT: digits of a cursor.
    private static let digitsMax = 18

    /// The first position that was not read.
    package let next: Int

    /// The beginning.
    package static let start = EventCursor(next: 0)

    package init(next: Int) { self.next = next }

    init(after position: Int) { next = position + 1 }

    /// Nil for a text that is no cursor.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.digitsMax, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        else { return nil }
        next = number
    }

    /// Digits; whoever gets it sends it back as it is.
    package var description: String { "\(next)" }

    package static func < (left: EventCursor, right: EventCursor) -> Bool { left.next < right.next }
}
