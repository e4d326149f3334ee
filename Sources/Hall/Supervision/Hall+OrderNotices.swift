import Accounts
import Dossiers
import Notices
import Store
import Supervision
import Vocabulary

/// Who is told what of a supervision order.
extension Hall {
    /// LIMIT: people who are told of one event.
    private static let toldMax = 20

    func tell(of events: [OrderEvent], _ order: SupervisionOrder, stamp: Stamp, in tx: Transaction) throws {
        let (matter, today) = (order.issued.matter, stamp.now.day)
        for (index, event) in events.enumerated() {
            let sequence = order.sequence - events.count + index + 1
            switch event {
            case .issued(let issued, _):
                try tell(.orderIssued, leaders(of: matter, today, tx), order, due: issued.due, sequence, stamp, tx)
            case .sentBack(let day, _), .upheld(let day, _):
                try tell(.orderIssued, leaders(of: matter, today, tx), order, due: day, sequence, stamp, tx)
            case .answered, .appealed:
                try tell(.orderAnswered, supervisors(of: order, today, tx), order, due: nil, sequence, stamp, tx)
            case .accepted, .withdrawn:
                try tell(.orderClosed, leaders(of: matter, today, tx), order, due: nil, sequence, stamp, tx)
            case .escalated(let step):
                let place = Scope(department: matter.body, itemCode: matter.catalogCode, region: step.region)
                let above = try GrantTable.staff(with: .govern, in: place, today: today, in: tx)
                let all = try above + supervisors(of: order, today, tx) + leaders(of: matter, today, tx)
                try tell(.orderEscalated, all, order, due: order.due, sequence, stamp, tx)
            }
        }
    }

    /// The heads of the body; where it has none, those who decide there.
    private func leaders(of matter: SupervisedCase, _ today: CivilDate, _ tx: Transaction) throws -> [StaffID] {
        let heads = try staff(with: .lead, for: matter, today: today, in: tx)
        return try heads.isEmpty ? staff(with: .decide, for: matter, today: today, in: tx) : heads
    }

    /// Whoever issued it; for one by rule, everybody who supervises the case.
    private func supervisors(
        of order: SupervisionOrder, _ today: CivilDate, _ tx: Transaction
    ) throws -> [StaffID] {
        if let issuer = order.issuer.staff, try StaffTable.staff(issuer, in: tx)?.serves == true { return [issuer] }
        return try staff(with: .supervise, for: order.issued.matter, today: today, in: tx)
    }

    private func tell(
        _ kind: NoticeKind, _ staff: [StaffID], _ order: SupervisionOrder, due: CivilDate?, _ sequence: Int,
        _ stamp: Stamp, _ tx: Transaction
    ) throws {
        let dossier = try load(order.issued.matter.dossier, in: tx)
        var values: [String: NoticeValue] = ["order": .text(order.issued.number)]
        if let due { values["day"] = .day(due) }
        for id in Set(staff).sorted().prefix(Self.toldMax) {
            try tell(
                kind, to: .staff(id), about: dossier, values, because: (order.id.subject, sequence), stamp: stamp,
                in: tx)
        }
    }
}
