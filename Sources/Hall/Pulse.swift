import Accounts
import Catalogue
import Certificates
package import Dossiers
import Store
package import Supervision
package import Vocabulary

/// Turns what has become due into ordinary commands. Time never acts by itself.
package struct Pulse: Sendable {
    /// LIMIT: dossiers woken at once.
    package static let batchMax = 200

    private let hall: Hall

    package init(hall: Hall) {
        self.hall = hall
    }

    /// What a beat or a round did.
    package struct Beat: Sendable, Equatable {
        /// How many dossiers silence changed.
        package fileprivate(set) var woken = 0
        /// Those that could not be woken, and what stood against it: nothing was done to them, those behind them were
        /// woken all the same, and the next round tries again.
        package fileprivate(set) var failed: [DossierID: String] = [:]
        /// How many were tried and failed, those beside the first hundred too.
        package fileprivate(set) var failures = 0
        /// Certificates for which the days brought something, and those that could not be woken.
        package fileprivate(set) var certificates = 0
        package fileprivate(set) var failedCertificates: [CertificateID: String] = [:]
        /// Results that nobody fetched and to which the days did something, and those that stayed as they were.
        package fileprivate(set) var uncollected = 0
        package fileprivate(set) var failedUncollected: [DossierID: String] = [:]
        /// Supervision orders that went up one step, and those that stayed as they were.
        package fileprivate(set) var orders = 0
        package fileprivate(set) var failedOrders: [OrderID: String] = [:]
        /// Bad reviews of which something became late, and those that stayed as they were.
        package fileprivate(set) var lateReviews = 0
        package fileprivate(set) var failedReviews: [RectificationID: String] = [:]
        /// Reviews of closed files to which time did something, and those that stayed as they were.
        package fileprivate(set) var fileReviews = 0
        package fileprivate(set) var failedFileReviews: [Subject: String] = [:]
        /// Questions about looks to which time did something, and those that stayed as they were.
        package fileprivate(set) var inquiries = 0
        package fileprivate(set) var failedInquiries: [LookInquiryID: String] = [:]
        /// After which place more may be due; nil when all were tried.
        fileprivate(set) var rest: DossierTable.WakeLine?
    }

    /// LIMIT: failures that a round names.
    private static let namedMax = 100

    /// Wakes every dossier that silence will change by now, each once.
    package func round() async throws -> Beat {
        var round = try await beat()
        while let place = round.rest {
            let next = try await beat(after: place)
            round.woken += next.woken
            round.failures += next.failures
            for (id, reason) in next.failed where round.failed.count < Self.namedMax { round.failed[id] = reason }
            round.rest = next.rest
        }
        _ = try await hall.closeHalls()
        _ = try await hall.forecastLoads()
        let uncollected = try await hall.stepUncollected()
        (round.uncollected, round.failedUncollected) = (uncollected.done, uncollected.failed)
        let orders = try await hall.stepOrders()
        (round.orders, round.failedOrders) = (orders.done, orders.failed)
        let reviews = try await hall.stepRectifications()
        (round.lateReviews, round.failedReviews) = (reviews.done, reviews.failed)
        let files = try await hall.stepFileReviews()
        (round.fileReviews, round.failedFileReviews) = (files.done, files.failed)
        let inquiries = try await hall.stepInquiries()
        (round.inquiries, round.failedInquiries) = (inquiries.done, inquiries.failed)
        let certificates = try await hall.noteCertificateDays()
        (round.certificates, round.failedCertificates) = (certificates.done, certificates.failed)
        return round
    }

    /// Learns what was said of the calendar, puts versions of guides in force whose day has come, then wakes the
    /// dossiers that silence will change by now, the longest due first. Throws only what stands against all of them: a
    /// store that does not answer.
    package func beat(limit: Int = batchMax, after place: DossierTable.WakeLine? = nil) async throws -> Beat {
        let now = hall.time.now()
        try await hall.refreshCalendar()
        try await putInForce(now.day)
        let due = try await hall.store.read { tx in
            try DossierTable.due(by: now, after: place, limit: limit, in: tx)
        }
        var beat = Beat()
        for line in due {
            do {
                try await wake(line.id)
                beat.woken += 1
            } catch {
                if error is CancellationError || (error as? Fault)?.isRetryable == true { throw error }
                beat.failures += 1
                if beat.failed.count < Self.namedMax {
                    beat.failed[line.id] = (error as? any Refusal)?.code ?? "\(error)"
                }
            }
        }
        if due.count == limit { beat.rest = due.last }
        return beat
    }

    /// The dossiers that silence will change by now, the longest due first.
    package func due(limit: Int = batchMax) async throws -> [DossierID] {
        let now = hall.time.now()
        return try await hall.store.read { tx in try DossierTable.due(by: now, limit: limit, in: tx).map(\.id) }
    }

    /// Does to a dossier what silence has done to it by now.
    package func wake(_ id: DossierID) async throws {
        let token = CommandToken.of(hall.ids.next())
        _ = try await hall.perform(.tick, on: id, by: .platform, attempt: Attempt(token))
    }

    /// Goes on with recounts of dates that an edition of the calendar began, until there is nothing to do by now.
    package func recount() async throws {
        while try await hall.recountBatch() {}
    }

    private func putInForce(_ today: CivilDate) async throws {
        while try await hall.store.read({ tx in try ItemTable.isAwaited(on: today, in: tx) }) {
            _ = try await hall.store.write { tx in try ItemTable.takeEffect(on: today, in: tx) }
        }
    }

    /// Forgets command tokens that nobody will ask for again, and codes and links that are over; answers how many.
    package func prune() async throws -> Int {
        let now = hall.time.now()
        return try await hall.store.write { tx in
            try Tokens.prune(now: now, in: tx) + PresentationTable.prune(now: now, in: tx)
                + SharingTable.prune(now: now, in: tx) + PartnerTokenTable.prune(now: now, in: tx)
                + UploadTable.prune(now: now, in: tx)
                + IdentityLinkTable.prune(now: now, in: tx) + LookPatternTable.prune(now: now, in: tx)
        }
    }
}
