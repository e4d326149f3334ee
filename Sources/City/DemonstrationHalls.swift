import Catalogue
import Hall
import Store
import Vocabulary
package import Windows

/// The halls of the demonstration city: one for each centre of the directory, and one of a town.
extension DemonstrationCity {
    /// 示例: the key of the kiosk of a demonstration hall. Everybody can read it here; no other house may use it.
    package static func kioskKey(of hall: HallCode) -> KioskKey? { KioskKey("demonstration-kiosk-\(hall)") }

    /// The windows of a hall: the city's has more, and a special one.
    private static func windows(of hall: HallCode) -> [[Capability]] {
        if hall.isOfTown { return [[.comprehensive, .issuing]] }
        let county: [[Capability]] = [[.comprehensive], [.comprehensive, .issuing], [.issuing]]
        return hall.region == .fuzhou
            ? [[.comprehensive], [.comprehensive], [.comprehensive], [.issuing], [.special, .comprehensive]] : county
    }

    /// Opens the halls unless there are some; true when something was written.
    func openHalls(_ directory: Directory) async throws -> Bool {
        guard try await hall.serviceHalls().isEmpty else { return false }
        progress("opening \(directory.halls.count + 1) halls")
        for centre in directory.halls {
            try await open(
                HallCode(centre.region), .init(centre.name, centre.nameEnglish),
                .init(centre.address, centre.addressEnglish))
        }
        if let town = HallCode("350111999") {
            try await open(
                town, .init("晋安区示例镇便民服务中心（示例）", "Sample Town Service Centre, Jin'an (demonstration)"),
                .init("福州市晋安区示例镇示例路8号", "8 Shili Road, Sample Town, Jin'an, Fuzhou"))
        }
        return true
    }

    private func open(
        _ code: HallCode, _ name: ServiceHall.Bilingual, _ address: ServiceHall.Bilingual
    ) async throws {
        let place = try ServiceHall(
            ServiceHallID(hall.ids.next()), code: code, name: name, address: address,
            slotPlaces: code.isOfTown ? 0 : 20)
        let windows = try Self.windows(of: code).enumerated().map { index, capabilities in
            try Window(WindowID(hall.ids.next()), of: code, number: index + 1, capabilities: capabilities)
        }
        let stamp = hall.stamp(of: .platform)
        try await hall.store.write { tx in
            try HallTable.add(place, stamp: stamp, in: tx)
            for window in windows { try WindowTable.add(window, stamp: stamp, in: tx) }
            if let key = Self.kioskKey(of: code) {
                try KioskTable.add(key, label: "示例取号机", to: place, stamp: stamp, in: tx)
            }
        }
    }
}
