import Accounts
package import Dossiers
import Notices
import Store
package import Vocabulary

/// The calendar: what is known of it, and what an edition would change or has changed.
extension Hall {
    /// All that is known of the calendar.
    package var book: CalendarBook { calendars.book }

    /// The rules of the city, by all that is known.
    package var rules: DossierRules { rules(for: .fuzhou) }

    /// The rules of a place, by all that is known.
    package func rules(for region: Region) -> DossierRules {
        rules(for: region, by: calendars.book)
    }

    private func rules(for region: Region, by book: CalendarBook) -> DossierRules {
        DossierRules(clock: LegalClock(calendar: book.latest(for: region)), lights: lights.book)
    }

    /// Learns what other processes have said of the calendar and of lights.
    package func refreshCalendar() async throws {
        try await calendars.refresh(store)
        try await lights.refresh(store)
    }

    /// What taking a file in would change. Nothing is written. Throws `CalendarRefusal` as the import would, and
    /// `PermitRefusal` for staff who may not administer the places that it speaks of.
    package func previewCalendar(_ draft: CalendarDraft, by guest: Guest? = nil) async throws -> CalendarPreview {
        let now = time.now()
        try require(guest, for: draft, today: now.day)
        try await calendars.refresh(store)
        let book = calendars.book
        let edition = try CalendarRules(try .shipped()).edition(of: draft, after: book, at: now)
        var preview = CalendarPreview(edition, after: book.lastNumber)
        guard let edition, edition.touched != nil else { return preview }
        let then = book.adding(edition)
        var last: DossierID?
        while !preview.isAtLeast {
            let (from, before) = (last, preview)
            let step = try await store.read { tx in
                var next = before
                guard let window = try RecountTable.window(after: from, in: tx) else { return (next, DossierID?.none) }
                for kept in window.rows where kept.isTouched(by: edition) && !next.isAtLeast {
                    let dossier = try load(kept.dossier, in: tx)
                    let dates = DossierTable.Dates(dossier, rules(for: kept.region, by: then))
                    next.note(kept.changes(to: dates), of: dossier)
                }
                return (next, window.last)
            }
            preview = step.0
            guard let end = step.1 else { break }
            last = end
        }
        return preview
    }

    /// Takes a file in as the next edition and begins to recount the dates that it touches; `recountBatch` goes on with
    /// that. Nil when the book says all of it already: nothing was written. `seen` is the number of the edition after
    /// which the effect was shown. Throws `CalendarRefusal` and `PermitRefusal`; nothing is taken in in part.
    package func importCalendar(
        _ draft: CalendarDraft, seen: Int? = nil, by guest: Guest? = nil
    ) async throws -> CalendarEdition? {
        let stamp = stamp(of: guest?.session.holder.actor ?? .platform)
        try require(guest, for: draft, today: stamp.now.day)
        let (known, subject, rules) = (calendars.book, ids.next(), CalendarRules(try .shipped()))
        let edition = try await store.write { tx -> CalendarEdition? in
            let book = try known.brought(upTo: tx)
            if let seen, seen != book.lastNumber { throw CalendarRefusal.changedMeanwhile }
            guard let edition = try rules.edition(of: draft, after: book, at: stamp.now) else { return nil }
            try CalendarTable.append(edition, as: subject, in: tx)
            if edition.touched != nil { try RecountTable.begin(edition.number, at: stamp.now, in: tx) }
            try Journal.append([CalendarImported(edition)], to: subject, after: 0, stamp: stamp, in: tx)
            return edition
        }
        try await calendars.refresh(store)
        return edition
    }

    /// Recounts the next dossiers of the first recount that is open; false when there is nothing to do by now. Goes on
    /// where it was, also after a crash.
    package func recountBatch() async throws -> Bool {
        let stamp = stamp(of: .platform)
        guard let standing = try await store.read({ tx in try RecountTable.open(by: stamp.now, in: tx) }) else {
            return false
        }
        try await calendars.refresh(store)
        let book = calendars.book
        guard (1...book.lastNumber).contains(standing.edition) else {
            throw Fault.corrupt("a recount of edition \(standing.edition), which is none")
        }
        let edition = book.editions[standing.edition - 1]
        let batch = try await touched(by: edition, after: standing.last)
        try await store.write { tx in
            guard try RecountTable.advance(standing, to: batch.last, examined: batch.ids.count, in: tx) else { return }
            for id in batch.ids { try recount(id, by: edition, book, stamp: stamp, in: tx) }
            if batch.isEnd { try RecountTable.endRound(standing, of: edition, now: stamp.now, in: tx) }
        }
        return true
    }

    private struct Batch: Sendable {
        var ids: [DossierID] = []
        var last: DossierID
        var isEnd = false
    }

    /// The next open dossiers that an edition can have touched, after one of them.
    private func touched(by edition: CalendarEdition, after start: DossierID) async throws -> Batch {
        var batch = Batch(last: start)
        var limit = 2 * RecountTable.batchMax
        while batch.ids.count < RecountTable.batchMax {
            // Where few are touched, more is looked at next.
            let (from, rows) = (batch.last, limit)
            limit = min(2 * limit, RecountTable.windowMax)
            let read = try await store.read { tx in try RecountTable.window(after: from, limit: rows, in: tx) }
            guard let window = read else {
                batch.isEnd = true
                return batch
            }
            let touched = window.rows.filter { $0.isTouched(by: edition) }.map(\.dossier)
            let room = RecountTable.batchMax - batch.ids.count
            batch.ids += touched.prefix(room)
            batch.last = touched.count > room ? touched[room - 1] : window.last
        }
        return batch
    }

    /// The dates of one dossier by the book; what differs is kept and told. What was found in it is kept by the same
    /// book: a limit that was moved is no longer past.
    private func recount(
        _ id: DossierID, by edition: CalendarEdition, _ book: CalendarBook, stamp: Stamp, in tx: Transaction
    ) throws {
        guard let kept = try RecountTable.dates(of: id, in: tx) else { return }
        let dossier = try load(id, in: tx)
        let rules = rules(for: kept.region, by: book)
        let dates = DossierTable.Dates(dossier, rules)
        let changes = kept.changes(to: dates)
        guard !changes.isEmpty || kept.differs(from: dates), try RecountTable.move(dossier, to: dates, in: tx) else {
            return
        }
        try keepBreaches(of: dossier, by: rules, stamp: stamp, in: tx)
        try datesChanged(of: dossier, changes, by: edition, stamp: stamp, in: tx)
    }

    /// What follows from dates that an edition moved or made final, in the transaction that moves them: they are
    /// listed, and the applicant is told of the decision's.
    private func datesChanged(
        of dossier: Dossier, _ changes: [DateChange], by edition: CalendarEdition, stamp: Stamp, in tx: Transaction
    ) throws {
        try RecountTable.keep(changes, by: edition.number, in: tx)
        for change in changes where change.what == .due && dossier.isBeingExamined {
            // No event of the dossier: the edition is the cause, and it comes after all of them.
            let cause = (dossier.id.subject, Self.editionCauses + edition.number)
            let addressee = Addressee.person(dossier.submitted.agent ?? dossier.submitted.applicant)
            if change.before != change.after {
                try tell(
                    .dateMoved, to: addressee, about: dossier,
                    ["was": .day(change.before), "day": .day(change.after)], because: cause, stamp: stamp, in: tx)
            } else if change.wasProvisional && !change.isProvisional {
                try tell(
                    .dateFinal, to: addressee, about: dossier, ["day": .day(change.after)], because: cause,
                    stamp: stamp, in: tx)
            }
        }
    }

    /// LIMIT: events of one dossier; an edition as the cause of a notice is numbered beyond them.
    private static let editionCauses = 1_000_000

    /// Staff may say something of the calendar of the places that they administer as a whole; the State Council's
    /// schedule is the city's. Without a guest it is the operator at the machine.
    private func require(_ guest: Guest?, for draft: CalendarDraft, today: CivilDate) throws {
        guard let guest else { return }
        guard case .staff(_, let grants) = guest.who else { throw PerformerRefusal.notAllowed }
        for region in draft.regions {
            try Permits.check(.administer, wholeOf: region, grants: grants, today: today)
        }
    }
}

extension CalendarDraft {
    /// The places of which it says something.
    fileprivate var regions: [Region] {
        switch content {
        case .schedule: [.fuzhou]
        case .closures(let lines): Set(lines.map(\.region)).sorted()
        case .hours(let lines): Set(lines.map(\.region)).sorted()
        }
    }
}
