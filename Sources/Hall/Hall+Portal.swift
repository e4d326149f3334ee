package import Accounts
package import Catalogue
package import Dossiers
import Store
package import Vocabulary

/// What an applicant sees and keeps.
extension Hall {
    /// What a letter of authority must cover to count.
    package enum Matter: Sendable {
        /// Anything at all: for lists of whom one may act for in something.
        case something
        /// One item, by its catalogue code of 12 characters.
        case item(String)
        /// Everything of the principal's: her certificates, for instance.
        case everything
    }

    /// For whom a citizen may act today in a matter: herself, then those whose letters she holds.
    package func principals(of citizen: Citizen, in matter: Matter) async throws -> [Person] {
        let today = time.now().day
        return try await store.read { tx in
            let letters = try AgencyTable.held(by: citizen.id, in: tx).filter { letter in
                guard letter.revokedAt == nil, letter.term.contains(today) else { return false }
                switch matter {
                case .something: return true
                case .item(let code): return letter.covers(code, on: today)
                case .everything: return letter.items == .all
                }
            }
            var seen: Set<PersonID> = [citizen.id]
            let principals = try letters.compactMap { letter in
                seen.insert(letter.principal).inserted ? try PersonTable.person(letter.principal, in: tx) : nil
            }
            return [.citizen(citizen)] + principals
        }
    }

    /// Begins a draft of an item for somebody. Refuses, by `CatalogueRefusal.notInUse`, what is suspended or cancelled.
    /// What was said of the situation before goes into the draft.
    package func begin(
        _ item: ItemVersion, by writer: PersonID, for applicant: PersonID, situation: [String: String] = [:]
    ) async throws -> Draft {
        var draft = Draft(
            id: DraftID(ids.next()), owner: writer,
            item: (item.itemCode, item.version), now: time.now())
        draft.contents.applicant = applicant == writer ? nil : applicant
        draft.contents.situation = situation
        let begun = draft
        try await store.write { tx in
            try ItemTable.requireInUse(item.itemCode, in: tx)
            try DraftTable.save(begun, in: tx)
        }
        return begun
    }

    /// Saves what was written so far.
    package func save(_ draft: Draft) async throws {
        var saved = draft
        saved.savedAt = time.now()
        let draft = saved
        try await store.write { tx in try DraftTable.save(draft, in: tx) }
    }

    /// The writer's own draft; refuses any other.
    package func draft(_ id: DraftID, of writer: PersonID) async throws -> Draft {
        guard let draft = try await store.read({ tx in try DraftTable.load(id, of: writer, in: tx) }) else {
            throw DraftRefusal.notFound
        }
        return draft
    }

    /// All drafts of a writer, the newest first.
    package func drafts(of writer: PersonID) async throws -> [Draft] {
        try await store.read { tx in try DraftTable.all(of: writer, in: tx) }
    }

    /// Throws a draft away.
    package func discard(_ draft: Draft) async throws {
        try await store.write { tx in try DraftTable.discard(draft.id, of: draft.owner, in: tx) }
    }

    /// One page of the dossiers of a person, the newest first, before one of them.
    package func dossiers(of applicant: PersonID, before last: DossierID? = nil) async throws -> [DossierLine] {
        try await store.read { tx in try DossierTable.of(applicant: applicant, before: last, in: tx) }
    }

    /// What a person answered in her last application for an item, among the newest that she has; empty without one.
    /// For herself and whoever may act for her in the item.
    package func lastAnswers(of applicant: PersonID, catalogCode: String) async throws -> [String: String] {
        try await store.read { tx in
            let lines = try DossierTable.of(applicant: applicant, before: nil, in: tx)
            guard let last = lines.first(where: { $0.catalogCode == catalogCode }) else { return [:] }
            return try load(last.id, in: tx).personal?.answers ?? [:]
        }
    }

    /// An open dossier of the same person for the same item, which a new filing would double; nil when there is none.
    package func openFiling(of applicant: PersonID, implementationCode: String) async throws -> DossierLine? {
        try await store.read { tx in
            try DossierTable.open(applicant: applicant, implementationCode: implementationCode, in: tx)
        }
    }

    /// Somebody whom a member of staff serves, by the id to which a search led; nil when the city does not know her.
    /// What follows the search on its day belongs to its look; on another day this is a look of its own, written down
    /// before the page is sent.
    package func person(_ id: PersonID, for staff: Guest, purpose: LookPurpose) async throws -> Person? {
        let (now, look) = (time.now(), ids.next())
        return try await store.write { tx in
            guard let person = try PersonTable.person(id, in: tx) else { return nil }
            try noteOfDay(Look(staff.looker, at: .person(id), for: purpose, now), as: look, in: tx)
            return person
        }
    }

    /// The person with a number, for a member of staff who serves her; nil when nobody has it. The look is written down
    /// before the page is sent: who stands at her window with a ticket in her name brought her record herself.
    package func person(
        numbered number: PersonNumber, for staff: Guest, purpose: LookPurpose, key: AccountKey
    ) async throws -> Person? {
        let now = time.now()
        let look = ids.next()
        return try await store.write { tx in
            guard let id = try PersonTable.find(number, key: key, in: tx) else { return nil }
            if try stands(id, before: staff, in: tx) {
                try noteOfDay(Look(staff.looker, at: .person(id), for: .ticket, now), as: look, in: tx)
            } else {
                try note(Look(staff.looker, at: .person(id), for: purpose, now), as: look, in: tx)
            }
            return try PersonTable.person(id, in: tx)
        }
    }
}

extension Hall {
    /// The first place's item of this name on the web; nil when no place has it.
    package func item(_ slug: String, in places: [Region]) async throws -> ItemLine? {
        try await store.read { tx in
            for place in places {
                if let line = try ItemTable.items(slug, in: place, in: tx).first { return line }
            }
            return nil
        }
    }
}

extension Hall {
    /// Six random digits with which whoever holds the slip can look a dossier up.
    package func queryPassword() -> String {
        let digits = "\(dice.roll() % 1_000_000)"
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}
