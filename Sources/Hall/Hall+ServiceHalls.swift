package import Accounts
import Store
import Vocabulary
package import Windows

/// Halls, windows and who sits there.
extension Hall {
    /// The calendar by which a hall is open.
    func calendar(at hall: HallCode) -> WorkCalendar { book.latest(for: hall.region) }

    /// All halls, by their codes.
    package func serviceHalls() async throws -> [ServiceHall] {
        try await store.read { tx in try HallTable.halls(in: tx) }
    }

    /// The hall; refuses a code that no hall has.
    package func serviceHall(_ code: HallCode) async throws -> ServiceHall {
        try await store.read { tx in try HallTable.hall(code, in: tx) }
    }

    /// The windows of a hall, by number.
    package func windows(of hall: HallCode) async throws -> [Window] {
        try await store.read { tx in try WindowTable.windows(of: hall, in: tx) }
    }

    /// A window, with the name of who sits there.
    package struct WindowLine: Sendable {
        package let window: Window
        /// By name or number; nil where nobody sits.
        package let staff: Staff?
    }

    /// A hall as those who run it see it.
    package func hallDesk(
        _ code: HallCode
    ) async throws -> (hall: ServiceHall, windows: [WindowLine], kiosks: [KioskTable.Line]) {
        try await store.read { tx in
            let hall = try HallTable.hall(code, in: tx)
            let lines = try WindowTable.windows(of: code, in: tx).map { window in
                WindowLine(
                    window: window, staff: try window.sitting.flatMap { try StaffTable.staff($0.staff, in: tx) })
            }
            return (hall, lines, try KioskTable.kiosks(of: code, in: tx))
        }
    }

    /// Adds a hall or changes what is said of it; by an administrator.
    package func keep(hall code: HallCode, _ terms: HallTerms, isNew: Bool, by guest: Guest) async throws {
        let (stamp, id) = (stamp(of: guest.session.holder.actor), ServiceHallID(ids.next()))
        try requireAdministrator(guest)
        try await store.write { tx in
            let known = isNew ? nil : try HallTable.hall(code, in: tx)
            let hall = try ServiceHall(
                known?.id ?? id, code: code, name: terms.name, address: terms.address, slotPlaces: terms.slotPlaces)
            try isNew ? HallTable.add(hall, stamp: stamp, in: tx) : HallTable.change(hall, stamp: stamp, in: tx)
        }
    }

    /// What is said of a hall.
    package struct HallTerms: Sendable {
        package let name: ServiceHall.Bilingual
        package let address: ServiceHall.Bilingual
        package let slotPlaces: Int

        package init(name: ServiceHall.Bilingual, address: ServiceHall.Bilingual, slotPlaces: Int) {
            (self.name, self.address, self.slotPlaces) = (name, address, slotPlaces)
        }
    }

    /// Adds a window or changes what it can do; by an administrator.
    package func keep(
        window number: Int, of hall: HallCode, capabilities: [Capability], isNew: Bool, by guest: Guest
    ) async throws {
        let (stamp, id) = (stamp(of: guest.session.holder.actor), WindowID(ids.next()))
        try requireAdministrator(guest)
        try await store.write { tx in
            _ = try TicketTable.touch(hall, in: tx)
            let known = isNew ? id : try WindowTable.window(number, of: hall, in: tx).id
            let window = try Window(known, of: hall, number: number, capabilities: capabilities)
            try isNew ? WindowTable.add(window, stamp: stamp, in: tx) : WindowTable.change(window, stamp: stamp, in: tx)
        }
    }

    /// Takes a window away at which nobody sits; by an administrator.
    package func remove(window number: Int, of hall: HallCode, by guest: Guest) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        try requireAdministrator(guest)
        try await store.write { tx in
            _ = try TicketTable.touch(hall, in: tx)
            try WindowTable.remove(number, of: hall, stamp: stamp, in: tx)
        }
    }

    /// Makes a key for a kiosk of a hall; by an administrator. It is shown once and stands in the house as a digest.
    package func addKiosk(_ label: String, to code: HallCode, by guest: Guest) async throws -> KioskKey {
        let (stamp, key) = (stamp(of: guest.session.holder.actor), KioskKey(dice))
        try requireAdministrator(guest)
        try await store.write { tx in
            try KioskTable.add(key, label: label, to: try HallTable.hall(code, in: tx), stamp: stamp, in: tx)
        }
        return key
    }

    /// Takes a kiosk's key back; by an administrator.
    package func endKiosk(_ name: String, of code: HallCode, by guest: Guest) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        try requireAdministrator(guest)
        try await store.write { tx in
            try KioskTable.end(name, of: try HallTable.hall(code, in: tx), stamp: stamp, in: tx)
        }
    }

    private func requireAdministrator(_ guest: Guest) throws {
        guard guest.administers else { throw PerformerRefusal.notAllowed }
    }
}

/// 坐班: who sits at which window.
extension Hall {
    /// Where somebody sits, with the hall; nil when nowhere.
    package func seat(of guest: Guest) async throws -> (hall: ServiceHall, window: Window)? {
        guard let staff = guest.places.first?.staff.id else { return nil }
        return try await store.read { tx in
            guard let window = try WindowTable.seat(of: staff, in: tx) else { return nil }
            return (try HallTable.hall(window.hall, in: tx), window)
        }
    }

    /// The halls in which somebody may sit, by their codes.
    package func halls(for guest: Guest) async throws -> [ServiceHall] {
        guard let staff = guest.places.first?.staff else { return [] }
        return try await serviceHalls().filter { staff.region.contains($0.code.region) }
    }

    /// Opens a window. Refuses one of another place, one whose work she may not do, one where somebody sits, and
    /// somebody who sits elsewhere.
    package func openWindow(_ number: Int, of hall: HallCode, by guest: Guest) async throws {
        guard let place = guest.places.first else { throw PerformerRefusal.notAllowed }
        let (stamp, shift) = (stamp(of: guest.session.holder.actor), ShiftID(ids.next()))
        guard place.staff.region.contains(hall.region) else { throw WindowRefusal.otherPlace }
        try await store.write { tx in
            _ = try TicketTable.touch(hall, in: tx)
            let window = try WindowTable.window(number, of: hall, in: tx)
            for capability in window.capabilities {
                do throws(PermitRefusal) {
                    try Permits.check(
                        capability.power, wholeOf: hall.region, grants: place.grants, today: stamp.now.day)
                } catch {
                    throw WindowRefusal.notHerWork
                }
            }
            try WindowTable.open(number, of: hall, for: place.staff.id, as: shift, stamp: stamp, in: tx)
        }
    }

    /// Pauses at the window where she sits, or goes on (`reason` nil).
    package func pauseWindow(for reason: PauseReason?, by guest: Guest) async throws {
        try await atSeat(of: guest) { window, stamp, tx in
            try WindowTable.pause(window, for: reason, stamp: stamp, in: tx)
        }
    }

    /// Closes the window where she sits. Refuses while somebody was called there or stands there, and where originals
    /// are there that nobody has counted, unless that is known (`isUncounted`).
    package func closeWindow(isUncounted: Bool = false, by guest: Guest) async throws {
        try await atSeat(of: guest) { window, stamp, tx in
            let open = try TicketTable.open(in: window.hall, in: tx)
            guard !open.contains(where: { $0.window == window.number }) else { throw WindowRefusal.busy }
            try settleCount(of: window, isKnown: isUncounted, stamp: stamp, in: tx)
            try WindowTable.close(window, stamp: stamp, in: tx)
        }
    }

    /// Does something at the window where she sits, and tells the screens.
    func atSeat(
        of guest: Guest, _ work: @escaping @Sendable (Window, Stamp, Transaction) throws -> Void
    ) async throws {
        guard let staff = guest.places.first?.staff.id else { throw PerformerRefusal.notAllowed }
        let stamp = stamp(of: guest.session.holder.actor)
        try await store.write { tx in
            guard let seat = try WindowTable.seat(of: staff, in: tx) else { throw WindowRefusal.noSeat }
            _ = try TicketTable.touch(seat.hall, in: tx)
            try work(try WindowTable.window(seat.number, of: seat.hall, in: tx), stamp, tx)
        }
    }
}
