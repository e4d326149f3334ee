import Accounts
import Hall
import Notices
import Store
import Vocabulary

@testable import Web

/// What people are told: everybody has her own; what could not be delivered is for those who supervise and administer.
extension RouteRow {
    private static let staff: [Visitor] = [
        .clerk, .farClerk, .reviewer, .otherReviewer, .decider, .otherDecider, .head, .issuer, .farIssuer,
        .editor, .supervisor, .administrator, .assistant,
    ]
    private static let citizens: [Visitor] = [.stranger, .otherAgent, .applicant]

    private static func each(_ visitors: [Visitor], _ expected: Expected) -> [Visitor: Expected] {
        Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
    }

    static let notices: [RouteRow] = [
        RouteRow(
            route: "GET /notices", door: .portal, path: "/notices?before=x", answers: each(citizens, .answers(200))),
        RouteRow(
            route: "POST /notices/reading", door: .portal, path: "/notices/reading", answers: each(citizens, .done)),
        RouteRow(
            route: "GET /notices/preferences", door: .portal, path: "/notices/preferences",
            answers: each(citizens, .answers(200))),
        RouteRow(
            route: "POST /notices/preferences", door: .portal, path: "/notices/preferences",
            fields: [("sms", "false"), ("mail", "lin@example.com"), ("language", "en")], answers: each(citizens, .done)),
        RouteRow(
            route: "POST /notices/{addressee}/{notice}", door: .portal, path: "/notices/NOTICE",
            answers: [
                .applicant: .done, .stranger: .refused(NoticeRefusal.notFound),
                .otherAgent: .refused(NoticeRefusal.notFound),
            ]),
        RouteRow(
            route: "GET /staff/notices", door: .office, path: "/staff/notices", answers: each(staff, .answers(200))),
        RouteRow(
            route: "POST /staff/notices/reading", door: .office, path: "/staff/notices/reading",
            answers: each(staff, .done)),
        RouteRow(
            route: "POST /staff/notices/{addressee}/{notice}", door: .office, path: "/staff/notices/NOTICE",
            answers: each(staff, .refused(NoticeRefusal.notFound))),
        RouteRow(
            route: "GET /office/undelivered", door: .office, path: "/office/undelivered?after=x",
            answers: each([.supervisor, .administrator], .answers(200))),
        RouteRow(
            route: "POST /office/undelivered/{effect}/{deed}", door: .office,
            path: "/office/undelivered/EFFECT/redelivery", answers: each([.supervisor, .administrator], .done)),
    ]
}

extension RoutePlace {
    /// Tells everybody of the staff something about the case, and leaves one thing undone.
    mutating func tell() async throws {
        guard let dossier else { return }
        let hall = maker.cast.house.hall
        let opened = try await hall.open(dossier).dossier
        let stamp = hall.stamp(of: .platform)
        let holders = maker.cast.holders.values
        let sequence = Int(hall.dice.roll() % 100_000) + 100
        let id = EffectID(subject: dossier.subject, sequence: sequence, ordinal: 0)
        try await hall.store.write { tx in
            for case .staff(let staff) in holders {
                try hall.tell(
                    .urged, to: .staff(staff), about: opened, [:], because: (dossier.subject, sequence), stamp: stamp,
                    in: tx)
            }
            try Outbox.enqueue(
                [Effect("certificate.sign")], of: dossier.subject, sequence: sequence, now: stamp.now, in: tx)
            for lease in try Outbox.lease(limit: 100, holder: "test", now: stamp.now, in: tx) where lease.id == id {
                _ = try Outbox.setAside(lease, failure: "fault.busy", now: stamp.now, in: tx)
            }
        }
        effect = "\(id)"
        let told = try await hall.told(about: dossier)
        notice = told.first.map { "\($0.notice.addressee)/\($0.notice.id)" } ?? ""
    }
}
