package import Vocabulary

/// What ids of this room stand for; see `DossierThing`.
package enum ServiceHallThing {}
/// See `ServiceHallThing`.
package enum WindowThing {}
/// See `ServiceHallThing`.
package enum ShiftThing {}
/// See `ServiceHallThing`.
package enum TicketThing {}
/// See `ServiceHallThing`.
package enum AppointmentThing {}

package typealias ServiceHallID = ID<ServiceHallThing>
package typealias WindowID = ID<WindowThing>
package typealias ShiftID = ID<ShiftThing>
package typealias TicketID = ID<TicketThing>
package typealias AppointmentID = ID<AppointmentThing>

/// 办事大厅: a hall with windows: a centre of the city or a county, or one of a town.
package struct ServiceHall: Hashable, Sendable {
    /// LIMIT: characters of a name or an address.
    package static let textCharactersMax = 120
    /// LIMIT: halls of an installation.
    package static let hallsMax = 1000
    /// Places of one half hour that can be booked.
    package static let slotPlaces = 0...200

    package let id: ServiceHallID
    package let code: HallCode
    package let name: String
    package let nameEnglish: String
    package let address: String
    package let addressEnglish: String
    /// 预约: places of each half hour; nought where nothing is booked ahead.
    package let slotPlaces: Int

    /// Refuses an empty name, texts above `textCharactersMax` and other places than `slotPlaces`.
    package init(
        _ id: ServiceHallID, code: HallCode, name: Bilingual, address: Bilingual, slotPlaces: Int
    ) throws(WindowRefusal) {
        let texts = [name.zh, name.en, address.zh, address.en]
        guard !name.zh.isEmpty, !name.en.isEmpty else { throw .nameMissing }
        guard texts.allSatisfy({ $0.count <= Self.textCharactersMax }) else { throw .textTooLong }
        guard Self.slotPlaces.contains(slotPlaces) else { throw .placesWrong }
        (self.id, self.code, self.slotPlaces) = (id, code, slotPlaces)
        (self.name, nameEnglish) = (name.zh, name.en)
        (self.address, addressEnglish) = (address.zh, address.en)
    }

    /// A text in both languages.
    package struct Bilingual: Sendable {
        package let zh: String
        package let en: String

        package init(_ zh: String, _ en: String) { (self.zh, self.en) = (zh, en) }
    }
}

/// The code of a hall: the division that it serves (six digits for a city or county, nine for a town), and `-02` and so
/// on for a further hall of the same division.
package struct HallCode: Hashable, Comparable, Sendable, Encodable, CustomStringConvertible {
    package let text: String

    /// Nil for a text of another shape.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let digits = { (part: Substring) in
            part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard let division = parts.first, [6, 9].contains(division.utf8.count), digits(division), parts.count <= 2
        else { return nil }
        if parts.count == 2 { guard parts[1].utf8.count == 2, digits(parts[1]), parts[1] > "01" else { return nil } }
        self.text = text
    }

    /// The first hall of a city or a county.
    package init(_ region: Region) { text = region.code }

    /// The city or county in which it lies.
    package var region: Region {
        guard let region = Region(String(text.prefix(6))) else { preconditionFailure("six digits are a region") }
        return region
    }

    /// Whether it is the hall of a town (乡镇、街道).
    package var isOfTown: Bool { text.prefix { $0 != "-" }.utf8.count == 9 }

    package var description: String { text }

    package static func < (left: HallCode, right: HallCode) -> Bool { left.text < right.text }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
