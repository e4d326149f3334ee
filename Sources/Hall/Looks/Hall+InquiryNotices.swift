import Accounts
import Notices
import Store
import Supervision
import Vocabulary

/// Who is told what of a question about a look.
extension Hall {
    /// LIMIT: people who are told of one event.
    private static let toldMax = 20

    func tell(
        of event: LookInquiryEvent, _ it: LookInquiry, _ rules: LookInquiryRules, stamp: Stamp, in tx: Transaction
    ) throws {
        let (asked, today) = (it.asked, stamp.now.day)
        let heads = try answerers(asked.body, asked.region, but: asked.looker, today: today, in: tx)
        let above = try overseers(of: asked.region, today: today, in: tx).filter { .staff($0) != asked.looker }
        switch event {
        case .asked:
            guard let due = asked.due else { return try tell(.lookRaised, above, it, [:], stamp, tx) }
            try tell(.lookAsked, heads, it, ["day": .day(due)], stamp, tx)
        case .answered:
            guard let person = asked.person else { return try tell(.lookReplied, above, it, [:], stamp, tx) }
            let until = rules.due(it).map { ["day": NoticeValue.day($0)] } ?? [:]
            try tell(.lookAnswered, to: .person(person), it, until, stamp, tx)
        case .contested, .escalated: try tell(.lookRaised, above + heads, it, [:], stamp, tx)
        case .ruled:
            if let person = asked.person { try tell(.lookRuled, to: .person(person), it, [:], stamp, tx) }
            try tell(.lookDecided, heads, it, [:], stamp, tx)
        case .settled: break
        }
    }

    private func tell(
        _ kind: NoticeKind, _ staff: [StaffID], _ it: LookInquiry, _ values: [String: NoticeValue], _ stamp: Stamp,
        _ tx: Transaction
    ) throws {
        for id in Set(staff).sorted().prefix(Self.toldMax) {
            try tell(kind, to: .staff(id), it, values, stamp, tx)
        }
    }

    private func tell(
        _ kind: NoticeKind, to addressee: Addressee, _ it: LookInquiry, _ values: [String: NoticeValue],
        _ stamp: Stamp, _ tx: Transaction
    ) throws {
        let said: [String: NoticeValue] = ["item": .text(try recordName(of: it, in: tx)), "number": .text(it.id.short)]
        let notice = try Notice(
            .made(
                for: "\(it.id)-\(it.sequence) \(kind.id) \(addressee.subject)", order: it.sequence, stamp: stamp),
            kind, to: addressee, about: NoticeMatter(inquiry: it.id.subject),
            values: values.merging(said) { own, _ in own }, now: stamp.now)
        try NoticeTable.create(notice, to: [], notBefore: nil, stamp: stamp, in: tx)
    }

    /// What was looked at, without a name: the number of the case, or what else it was.
    private func recordName(of it: LookInquiry, in tx: Transaction) throws -> String {
        guard let taken = try Looks.taken(it.asked.look, in: tx) else { throw LookInquiryRefusal.lookNotFound }
        if let number = try caseNumber(of: taken.look, in: tx) { return number }
        return switch taken.look.target {
        case .certificate: "电子证照"
        case .dossier, .material: "办件"
        case .person: "个人信息"
        case .evaluation: "评价"
        }
    }
}
