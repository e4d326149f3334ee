package import Accounts
import Certificates
package import Delivery
import Dossiers
import Store
package import Vocabulary
import Windows

/// 出件: results on paper that lie ready, from the shelf to the hand.
extension Hall {
    /// A result as the issuing window's list shows it.
    package struct ResultLine: Sendable {
        package let dossier: DossierID
        package let short: String
        package let itemCode: String
        package let applicant: PersonID
        /// Where and since when it lies; nil for one that lay ready before there were shelves.
        package let kept: KeptResult?
    }

    /// Writes down that a result lies ready, and that it is gone, in the transaction of the event.
    func keepResult(of event: DossierEvent, on dossier: Dossier, stamp: Stamp, in tx: Transaction) throws {
        switch event {
        case .issued(let pickUp) where dossier.submitted.delivery.carrier != .none:
            try keep(dossier, code: pickUp?.code, stamp: stamp, in: tx)
        case .handedOver, .terminated, .withdrawn, .tolerance(.lapsed):
            guard let kept = try ShelfTable.kept(dossier.id, in: tx), kept.state != .left else { return }
            try ShelfTable.perform(.leave, on: kept, shelfTerms, stamp: stamp, in: tx)
        default: return
        }
    }

    private func keep(_ dossier: Dossier, code: String?, stamp: Stamp, in tx: Transaction) throws {
        let submitted = dossier.submitted
        let matter = KeptResult.Matter(
            dossier.id, of: submitted.applicant, agent: submitted.agent, by: submitted.delivery,
            in: submitted.terms.region)
        let kept = KeptResult(
            KeptResultID(stamp.id(for: "result of \(dossier.id)")), matter, readyAt: stamp.now, terms: shelfTerms)
        // Names are found as the library finds those of holders.
        let sought = dossier.personal.map {
            ShelfTable.Sought(name: HolderNames.folded($0.applicantName), code: code)
        }
        try ShelfTable.keep(kept, sought, stamp: stamp, in: tx)
    }

    /// The result of a case; nil where none lies or lay ready.
    package func kept(_ id: DossierID) async throws -> KeptResult? {
        try await store.read { tx in try ShelfTable.kept(id, in: tx) }
    }

    /// One page of the results that somebody may hand over, those whose delivery is due first.
    package func results(for staff: Guest) async throws -> [ResultLine] {
        guard let place = staff.places.first else { return [] }
        let lines = try await work(for: place.grants, power: .issue, at: [.issued])
        return try await store.read { tx in
            try lines.map { line in
                ResultLine(
                    dossier: line.id, short: line.short, itemCode: line.itemCode, applicant: line.applicant,
                    kept: try ShelfTable.kept(line.id, in: tx))
            }
        }
    }

    /// The hall where a member of staff puts things on shelves: that of her window, else that of her place.
    private func shelfHall(of staff: Guest) async throws -> String {
        if let seat = try await seat(of: staff) { return seat.hall.code.text }
        return staff.places.first?.staff.region.code ?? ""
    }

    /// The position that is suggested for the next result; nil when every one of the hall is taken.
    package func freePosition(for staff: Guest) async throws -> ShelfPosition? {
        let hall = try await shelfHall(of: staff)
        return try await store.read { tx in try ShelfTable.firstFree(in: hall, in: tx) }
    }

    /// Puts the result of a case on a shelf of her hall, or moves it there; the same attempt does it once. Refuses what
    /// is no position, one where another result lies, and a case whose result does not lie ready.
    package func shelve(
        _ id: DossierID, at typed: String, by staff: Guest, attempt: Attempt
    ) async throws -> KeptResult {
        guard let position = ShelfPosition(typed) else { throw ShelfRefusal.malformedPosition }
        let place = ShelfPlace(try await shelfHall(of: staff), position)
        let stamp = stamp(of: staff.session.holder.actor)
        let actor = stamp.actor
        let mark = Array("\(id) shelve \(place.hall) \(position)".utf8)
        return try await store.write { tx in
            let dossier = try load(id, in: tx)
            guard staff.may(.issue, dossier, today: stamp.now.day) else { throw PerformerRefusal.notAllowed }
            guard case .issued(_, _, let code) = dossier.stage, dossier.submitted.delivery.carrier != .none else {
                throw ShelfRefusal.notReady
            }
            // What lay ready before there were shelves is taken up when somebody puts it on one.
            if try ShelfTable.kept(id, in: tx) == nil { try keep(dossier, code: code, stamp: stamp, in: tx) }
            guard let kept = try ShelfTable.kept(id, in: tx) else { throw ShelfRefusal.notReady }
            if try Tokens.answer(to: attempt.token, by: actor, command: mark, in: tx) != nil { return kept }
            let after = try ShelfTable.perform(.place(place), on: kept, shelfTerms, stamp: stamp, in: tx)
            try Tokens.keep([], for: attempt.token, by: actor, command: mark, now: stamp.now, in: tx)
            return after
        }
    }

    /// What an issuing window looks for: a position of its hall, the number of a person or a firm, a pick-up code, the
    /// number of a case, or a part of the applicant's name; the surest first. Only what she may hand over is found, and
    /// a search by a name or a number leaves an entry about each result that it finds.
    package func findResults(_ typed: String, by staff: Guest, key: AccountKey) async throws -> [ResultLine] {
        let words = typed.filter { !$0.isWhitespace }
        guard !words.isEmpty, let own = staff.places.first else { return [] }
        let hall = try await shelfHall(of: staff)
        let now = time.now()
        let regions = Permits.reach(.issue, grants: own.grants, today: now.day).map(\.regionRange)
        let looks = (0..<ShelfTable.foundMax).map { _ in ids.next() }
        return try await store.write { tx in
            let (found, isAboutPeople) = try results(words, at: hall, regions, key, in: tx)
            var lines: [ResultLine] = []
            for id in found where lines.count < ShelfTable.foundMax {
                guard let dossier = try DossierTable.load(id, in: tx), staff.may(.issue, dossier, today: now.day) else {
                    continue
                }
                let submitted = dossier.submitted
                lines.append(
                    ResultLine(
                        dossier: id, short: submitted.numbers.short, itemCode: submitted.terms.itemCode,
                        applicant: submitted.applicant, kept: try ShelfTable.kept(id, in: tx)))
            }
            guard isAboutPeople else { return lines }
            for (id, line) in zip(looks, lines) {
                let seen = Look.Seen.person(line.applicant, for: line.dossier)
                try note(Look(staff.looker, at: seen, for: .issuing, now), as: id, in: tx)
            }
            return lines
        }
    }

    private func results(
        _ words: String, at hall: String, _ regions: [ClosedRange<String>], _ key: AccountKey, in tx: Transaction
    ) throws -> (found: [DossierID], isAboutPeople: Bool) {
        func ids(_ kept: [KeptResult]) -> [DossierID] {
            var seen: Set<DossierID> = []
            return kept.map(\.matter.dossier).filter { seen.insert($0).inserted }
        }
        if let position = ShelfPosition(words) {
            return (ids(try ShelfTable.at(ShelfPlace(hall, position), in: tx).map { [$0] } ?? []), false)
        }
        let number = CitizenID(words).map(PersonNumber.citizen) ?? CreditCode(words).map(PersonNumber.organisation)
        if let number {
            let person = try PersonTable.find(number, key: key, in: tx)
            return (ids(try person.map { try ShelfTable.of($0, in: tx) } ?? []), true)
        }
        if words.utf8.count == Self.pickUpDigits, words.utf8.allSatisfy({ (48...57).contains($0) }) {
            return (ids(try ShelfTable.opened(by: words, in: tx)), false)
        }
        if let id = try DossierTable.id(number: words, in: tx) { return ([id], false) }
        return (ids(try regions.flatMap { try ShelfTable.named(HolderNames.folded(words), in: $0, in: tx) }), true)
    }
}
