import Accounts
import Catalogue
import Delivery
import Dossiers
import Hall
import Vocabulary
import Windows

/// Who has originals and who signed for them, by the names that the house knows.
struct CustodyNames: Sendable {
    private let staff: [StaffID: Staff]
    private let halls: [String: ServiceHall]
    private let parcels: [ParcelID: Parcel]
    private let words: Words

    init(_ holders: [CustodyHolder], signers: [Actor] = [], _ site: Site, _ words: Words) async throws {
        let ids = Set(holders.compactMap(\.officer) + signers.compactMap(\.staff))
        staff = try await site.hall.staff(ids)
        let halls = try await site.hall.serviceHalls()
        parcels = try await site.hall.parcels(Set(holders.compactMap(\.parcel)))
        self.halls = Dictionary(halls.map { ($0.code.text, $0) }) { first, _ in first }
        self.words = words
    }

    /// A holder: an officer by her name, a window by its hall's, a courier by the carrier's waybill.
    subscript(holder: CustodyHolder) -> String {
        switch holder {
        case .window(let code, let number):
            guard let hall = halls[code] else { return words.name(holder) }
            return words("custody.window-of", ["hall": words.name(of: hall), "number": words.number(number)])
        case .officer(let id): return staff[id]?.calledInLists ?? words.name(holder)
        case .courier(let id):
            guard let waybill = parcels[id]?.booking?.waybill else { return words.name(holder) }
            return words("custody.courier-with", ["waybill": waybill])
        case .applicant, .archive: return words.name(holder)
        }
    }

    /// How the parcel stands with which a courier has an original; nil for any other holder.
    func stage(at holder: CustodyHolder) -> Parcel.Stage? {
        holder.parcel.flatMap { parcels[$0]?.stage }
    }

    /// Who signed: a member of staff by her name.
    func signer(_ actor: Actor) -> String {
        switch actor {
        case .staff(let id): staff[id]?.calledInLists ?? words["custody.officer"]
        case .person: words["custody.applicant"]
        case .caller, .partner, .platform: words["custody.courier"]
        }
    }
}

extension CustodyHolder {
    fileprivate var officer: StaffID? {
        if case .officer(let id) = self { return id }
        return nil
    }

    fileprivate var parcel: ParcelID? {
        if case .courier(let id) = self { return id }
        return nil
    }
}

extension Actor {
    fileprivate var staff: StaffID? {
        if case .staff(let id) = self { return id }
        return nil
    }
}

extension Paths {
    /// The originals at a door of the staff.
    static func originals(_ door: Door) -> String { "/\(door.rawValue)/originals" }
    static func original(_ code: CustodyCode, _ door: Door) -> String { "\(originals(door))/\(code.text)" }
    static func originalsCount(_ door: Door) -> String { "\(originals(door))/count" }
}

extension Door {
    /// For whom originals are handled at the door.
    var custody: Hall.CustodyDoor { self == .window ? .window : .office }
}

/// An original in a list, in words.
struct OriginalRow: Sendable {
    let item: CustodyItem
    /// What the guide calls it.
    let material: String
    /// The short number of its case.
    let short: String
    /// The name of the matter.
    let title: String

    init(_ item: CustodyItem, of dossier: Dossier, _ site: Site, _ words: Words) async throws {
        let terms = dossier.submitted.terms
        let guide = try await site.hall.item(terms.itemCode, version: terms.version)?.guide
        let spec = guide?.materials.first { $0.id == item.received.material }
        self.item = item
        material = spec.map { words.pick($0.name) } ?? item.received.material
        short = dossier.submitted.numbers.short
        title = guide.map { words.pick($0.title) } ?? terms.itemName
    }
}

extension HTML {
    /// Writes that originals are handled at windows, and where one sits down.
    mutating func noSeat() {
        empty(
            words["custody.no-seat"], words["custody.no-seat-help"],
            action: PageLink(words["queue.choose-window"], Paths.queue))
    }

    /// Writes how an original stands: in hand, on its way, offered to somebody, or looked for.
    mutating func state(of item: CustodyItem, _ names: CustodyNames) {
        if let offered = item.offered {
            tag(Tag(words("custody.offered-to", ["name": names[offered]]), .waiting))
        } else if let stage = names.stage(at: item.holder) {
            tag(Tag(words[stage.word], stage.look))
        } else {
            tag(Tag(words["custody.here"], .good))
        }
        if item.missingSince != nil { tag(Tag(words["custody.missing"], .bad)) }
    }
}
