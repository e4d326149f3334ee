import Store
package import Vocabulary

/// One version of one item at one body: the guide that a dossier is pinned to. A version, once published, never
/// changes.
package struct ItemVersion: Hashable, Sendable {
    package let guide: Guide
    /// 1, 2, 3, … for each item; +1 at each publication.
    package let version: Int
    /// SHA-256 of the guide's bytes, in hexadecimal.
    package let digest: String
    /// The day from which it applies (计划生效日期).
    package let effectiveDate: CivilDate
    /// That nobody can file for the item now, and why; nil while it is in use, and for a version read by its number.
    package var stop: ItemStop?

    /// The code by which the item is pinned: 33 characters where there is a handling item, else 31.
    package var itemCode: String { guide.itemCode }
}

/// That an item is suspended or cancelled.
package struct ItemStop: Hashable, Sendable {
    package let state: ItemState
    /// What people are told of it.
    package let reason: String
}

/// One line of a list of items: what one sees without opening the guide.
package struct ItemLine: Hashable, Sendable, Codable {
    /// 33 or 31 characters.
    package let itemCode: String
    package let slug: String
    package let region: Region
    package let department: String
    package let name: Bilingual
    package let handlingItemName: Bilingual?
    package let bodyName: Bilingual
    package let version: Int
    package let statutory: GuideLimit
    package let promised: GuideLimit
    package let modes: [ServiceMode]
    package let isCharged: Bool
    /// Whom it serves.
    package let holders: [Topic.Holder]
    package internal(set) var state: ItemState
    /// What people are told of the state: why it is suspended or cancelled; nil when it is in use.
    package internal(set) var stateNote: String?

    /// What people know it by, as `Guide.title`.
    package var title: Bilingual { handlingItemName ?? name }

    /// The least trips among the modes that this installation offers; nil when it offers none.
    package var leastTripsOffered: Int? { modes.filter(\.isOffered).map(\.trips).min() }
}

extension Guide {
    /// The code by which the item is pinned: 33 characters where there is a handling item, else 31.
    package var itemCode: String { handlingItemCode?.code ?? implementationCode.code }

    func line(version: Int) -> ItemLine {
        let holders = [Topic.Holder.naturalPerson, .legalPerson].filter { holder in
            standard.topics.contains { $0.holder == holder }
        }
        return ItemLine(
            itemCode: itemCode, slug: standard.slug, region: body.region, department: standard.department,
            name: itemName, handlingItemName: handlingItemName, bodyName: implementingBody, version: version,
            statutory: statutoryLimit, promised: promisedLimit, modes: standard.serviceModes,
            isCharged: standard.isCharged, holders: holders, state: .inUse)
    }
}

/// What the journal says of a publication.
package struct ItemPublished: Codable, Hashable, Sendable {
    package let item: String
    package let version: Int
    package let guideDigest: String
}

extension ItemPublished: JournalEvent {
    package var kind: String { "catalogue.published" }
    package static var version: Int { 1 }
    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}

extension ItemsImported: JournalEvent {
    package var kind: String { "catalogue.imported" }
    package static var version: Int { 1 }
    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}

extension SheetsImported: JournalEvent {
    package var kind: String { "catalogue.sheets-imported" }
    package static var version: Int { 1 }
    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}

extension ProposalEvent: JournalEvent {
    package var kind: String { Self.kind }
    package static var version: Int { 1 }
    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}

extension SheetEvent: JournalEvent {
    package static let kind = "catalogue.sheet"
    package var kind: String { Self.kind }
    package static var version: Int { 1 }
    package func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }
    package func personalPart() throws -> [UInt8]? { nil }
}
