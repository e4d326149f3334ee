import Accounts
import Dossiers
import Store
package import Supervision
package import Vocabulary

/// What is unusual about looks, for supervisors.
extension Hall {
    /// A month as its supervisor sees it.
    package struct LookBoard: Sendable {
        package let month: Month
        package let counts: [LookPatternTable.Count]
        /// Whether more was there than is counted.
        package let isAtLeast: Bool
        /// The questions that are open, by stage.
        package let inquiries: [LookInquiry.Stage: Int]
        /// Those that went up to the supervisor, the oldest first.
        package let raised: [LookInquiryLine]
    }

    /// The patterns of a month where somebody supervises. Refuses whoever supervises nowhere.
    package func lookBoard(_ month: Month, for guest: Guest) async throws -> LookBoard {
        let regions = supervisedRegions(of: guest, today: time.now().day)
        guard !regions.isEmpty else { throw PerformerRefusal.notAllowed }
        return try await store.read { tx in
            let parts = try regions.map { try LookPatternTable.counts(month, in: $0, tx: tx) }
            let inquiries = try regions.map { try LookInquiryTable.counts(in: $0, tx: tx) }
            return LookBoard(
                month: month, counts: parts.flatMap(\.counts), isAtLeast: parts.contains(where: \.isAtLeast),
                inquiries: inquiries.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) },
                raised: try regions.flatMap { try LookInquiryTable.lines(.atSupervisor, in: $0, tx: tx) })
        }
    }

    /// A look as a supervisor sees it: nothing of whose record it was.
    package struct LookSupervised: Sendable {
        package let id: Subject
        package let at: Instant
        package let who: LookerSeen
        package let isOfCertificate: Bool
        package let purpose: LookPurpose?
        package let word: String
        package let number: String?
        package let patterns: [LookPattern]
        /// What a person and what a supervisor asked about it.
        package let inquiries: [LookInquiry]
    }

    /// One page of the looks behind a count, the latest first, before one of them. `body` is empty for windows and nil
    /// for all.
    package func looks(
        bearing pattern: LookPattern, in month: Month, of body: String?, for guest: Guest, before last: Subject? = nil
    ) async throws -> [LookSupervised] {
        let regions = supervisedRegions(of: guest, today: time.now().day)
        guard !regions.isEmpty else { throw PerformerRefusal.notAllowed }
        return try await store.read { tx in
            let found = try regions.flatMap {
                try LookPatternTable.looks(pattern, in: month, of: body, within: $0, before: last, tx: tx)
            }
            return try found.sorted(by: >).prefix(Limits.pageRowsMax).compactMap { id in
                try Looks.taken(id, in: tx).map { try supervised($0, in: tx) }
            }
        }
    }

    /// One look for whoever supervises where the one who looked works.
    package func supervisedLook(_ id: Subject, for guest: Guest) async throws -> LookSupervised {
        let today = time.now().day
        return try await store.read { tx in
            try supervised(try supervised(id, by: guest, today: today, in: tx), in: tx)
        }
    }

    func supervised(_ taken: Looks.Taken, in tx: Transaction) throws -> LookSupervised {
        let look = taken.look
        return LookSupervised(
            id: taken.id, at: look.at, who: try who(look.by, in: tx), isOfCertificate: look.target == .certificate,
            purpose: look.why, word: look.purpose, number: try caseNumber(of: look, in: tx),
            patterns: try LookPatternTable.of(taken.id, in: tx),
            inquiries: try [LookInquiryID.byPerson(taken.id), .bySupervisor(taken.id)].compactMap {
                try LookInquiryTable.find($0, in: tx)
            })
    }

    /// A question about a look with everything that its page shows.
    package struct InquiryOpened: Sendable {
        package let it: LookInquiry
        package let look: LookSupervised
        /// What the reader may do: answer for the body, or decide as a supervisor.
        package let mayAnswer: Bool
        package let mayRule: Bool
        /// Whether she looked herself.
        package let isLooker: Bool
        /// The last day of what is awaited; nil where none is set.
        package let due: CivilDate?
        /// Who did what, as people call them; who asked for herself is not named.
        package let names: [Actor: String]
    }

    /// A question for whoever answers or decides it, and for whoever looked; refuses anybody else.
    package func inquiry(_ id: LookInquiryID, for guest: Guest) async throws -> InquiryOpened {
        let (today, own) = (time.now().day, guest.session.holder.actor)
        return try await store.read { tx in
            let it = try LookInquiryTable.load(id, in: tx)
            let answers = answers(guest, it.asked.body, it.asked.region, today: today)
            let rules = supervises(guest, it.asked.region, today: today)
            let isLooker = own == it.asked.looker
            // Whoever may only in the place of whoever looked reads, and neither answers nor decides.
            let apart = guest.apart(from: [it.asked.looker])
            guard answers || rules || isLooker else { throw PerformerRefusal.notAllowed }
            guard let taken = try Looks.taken(it.asked.look, in: tx) else { throw LookInquiryRefusal.lookNotFound }
            var names: [Actor: String] = [:]
            for case .staff(let staff) in it.history.map(\.actor) where names[.staff(staff)] == nil {
                let known = try StaffTable.staff(staff, in: tx)
                names[.staff(staff)] = known?.name?.text ?? known?.employeeNumber.text
            }
            let calendar = self.rules(for: it.asked.region).clock.calendar
            return InquiryOpened(
                it: it, look: try supervised(taken, in: tx),
                mayAnswer: self.answers(apart, it.asked.body, it.asked.region, today: today),
                mayRule: supervises(apart, it.asked.region, today: today), isLooker: isLooker,
                due: LookInquiryRules(calendar: calendar).due(it), names: names)
        }
    }

    /// One page of the questions at a stage that somebody answers or decides, the oldest first, after one of them.
    package func inquiries(
        at stage: LookInquiry.Stage, for guest: Guest, after last: LookInquiryID? = nil
    ) async throws -> [LookInquiryLine] {
        let today = time.now().day
        let regions = supervisedRegions(of: guest, today: today)
        let own = guest.places.flatMap { place in
            [Power.lead, .govern].flatMap { power in
                Permits.reach(power, grants: place.grants, today: today).map {
                    (body: power == .govern ? "" : $0.department?.code, regions: $0.regionRange)
                }
            }
        }
        return try await store.read { tx in
            var lines = try regions.flatMap { try LookInquiryTable.lines(stage, in: $0, after: last, tx: tx) }
            for one in own {
                lines += try LookInquiryTable.lines(stage, of: one.body, in: one.regions, after: last, tx: tx)
            }
            var seen: Set<LookInquiryID> = []
            return Array(
                lines.sorted { $0.id < $1.id }.filter { seen.insert($0.id).inserted }.prefix(Limits.pageRowsMax))
        }
    }

    /// How many questions are open, for meters.
    package func openInquiries() async throws -> [LookInquiry.Stage: Int] {
        try await store.read { tx in try LookInquiryTable.counts(in: ""..."~", tx: tx) }
    }
}
