package import Accounts
package import Notices
import Store
package import Vocabulary

/// Notices as people read them, and what could not be delivered.
extension Hall {
    /// The boxes that somebody may read: her own, and those of whom she holds letters, for their items.
    private func boxes(of holder: Holder, today: CivilDate, in tx: Transaction) throws -> [NoticeBox] {
        guard case .person(let id) = holder else { return [NoticeBox(holder.subject)] }
        let letters = try AgencyTable.held(by: id, in: tx).filter { $0.revokedAt == nil && $0.term.contains(today) }
        var boxes = [NoticeBox(id.subject)]
        for letter in letters where !boxes.contains(NoticeBox(letter.principal.subject)) {
            switch letter.items {
            case .all: boxes.append(NoticeBox(letter.principal.subject))
            case .listed(let codes): boxes.append(NoticeBox(letter.principal.subject, items: codes.map(\.text)))
            }
        }
        return boxes
    }

    func unread(for holder: Holder, today: CivilDate, in tx: Transaction) throws -> Int {
        let count = try boxes(of: holder, today: today, in: tx).reduce(0) {
            try $0 + NoticeTable.unread(in: $1, in: tx)
        }
        return min(count, NoticeTable.unreadMax)
    }

    /// One page of what somebody is told, the newest first, before one of them.
    package func notices(for holder: Holder, before last: NoticeID? = nil) async throws -> [Notice] {
        let today = time.now().day
        return try await store.read { tx in
            let all = try boxes(of: holder, today: today, in: tx).flatMap {
                try NoticeTable.page(of: $0, before: last, in: tx)
            }
            // Two letters of one principal may hold the same notice.
            return Array(
                Dictionary(all.map { ($0.id, $0) }) { first, _ in first }.values
                    .sorted { $0.id > $1.id }.prefix(NoticeTable.pageMax))
        }
    }

    /// Marks a notice as read by whoever may read it, and answers it. Refuses any other, as `NoticeRefusal.notFound`.
    package func read(_ id: NoticeID, of addressee: Subject, by holder: Holder) async throws -> Notice {
        let now = time.now()
        return try await store.write { tx in
            guard let notice = try NoticeTable.notice(id, of: addressee, in: tx),
                try boxes(of: holder, today: now.day, in: tx).contains(where: {
                    $0.addressee == addressee && $0.holds(notice.matter.catalogCode)
                })
            else { throw NoticeRefusal.notFound }
            try NoticeTable.markRead(id, of: addressee, now: now, in: tx)
            return notice
        }
    }

    /// Marks the newest page of somebody's notices as read.
    package func readAll(for holder: Holder) async throws {
        let now = time.now()
        let unread = try await notices(for: holder).filter { $0.readAt == nil }
        guard !unread.isEmpty else { return }
        try await store.write { tx in
            for notice in unread { try NoticeTable.markRead(notice.id, of: notice.addressee, now: now, in: tx) }
        }
    }

    /// A notice and the ways by which it left the house.
    package struct Told: Sendable {
        package let notice: Notice
        package let deliveries: [NoticeDelivery]
    }

    /// What people were told about a dossier, the newest first: for its pages.
    package func told(about id: DossierID) async throws -> [Told] {
        try await store.read { tx in
            try NoticeTable.about(id, in: tx).filter { $0.kind.audience == .person }.map { notice in
                Told(
                    notice: notice,
                    deliveries: try DeliveryTable.deliveries(of: notice.id, to: notice.addressee, in: tx))
            }
        }
    }

    /// How somebody wants to be told.
    package func noticePreference(of holder: Holder) async throws -> NoticePreference {
        try await store.read { tx in try PreferenceTable.preference(of: holder.subject, in: tx) }
    }

    /// Keeps how somebody wants to be told; what is under way goes as it was.
    package func keep(_ preference: NoticePreference, of holder: Holder) async throws {
        let stamp = stamp(of: holder.actor)
        try await store.write { tx in try PreferenceTable.keep(preference, of: holder.subject, stamp: stamp, in: tx) }
    }
}
