import Accounts
package import Dossiers
package import Notices
package import Store
package import Vocabulary

/// Who is told what? The one switch: each event that concerns somebody has its kind of notice and its values here, and
/// the notice is written in the transaction of the event.
extension Hall {
    /// A kind with what it says beside the item and the number.
    private typealias Words = (kind: NoticeKind, values: [String: NoticeValue])

    func notify(
        of event: DossierEvent, numbered sequence: Int, on dossier: Dossier, stamp: Stamp, in tx: Transaction
    ) throws {
        guard let told = told(by: event, of: dossier, at: stamp.now) else { return }
        let submitted = dossier.submitted
        try tell(
            told.kind, to: .person(submitted.agent ?? submitted.applicant), about: dossier, told.values,
            because: (dossier.id.subject, sequence), stamp: stamp, in: tx)
    }

    /// What the applicant, or the agent who acts for her, is told of an event; nil for what concerns the house alone.
    private func told(by event: DossierEvent, of dossier: Dossier, at now: Instant) -> Words? {
        let terms = dossier.submitted.terms
        switch event {
        // A filing that is received at once is told as received.
        case .submitted where dossier.stage.name == .preReview, .resubmitted: return (.filed, [:])
        case .submitted where dossier.stage.name == .awaitingOriginals: return (.originalsAwaited, [:])
        case .preReviewReturned: return (.returned, [:])
        case .preReviewPassed where dossier.stage.name == .awaitingOriginals: return (.originalsAwaited, [:])
        case .received, .corrected:
            return (.received, ["day": .day(rules.clock.due(LegalClock.acceptance, after: now).day)])
        case .correctionRequested:
            return (.correctionAsked, ["day": .day(rules.clock.due(terms.correction, after: now).day)])
        case .accepted(let from, _):
            return (.accepted, ["day": .day(rules.promisedDue(of: dossier, acceptedAt: from).day)])
        case .declined: return (.declined, [:])
        case .granted, .clock(.renewed): return (.granted, [:])
        case .refused: return (.refused, [:])
        case .issued(.some(let pickUp)): return (.ready, ["code": .text(pickUp.code)])
        case .handedOver: return (.delivered, [:])
        case .withdrawn: return (.withdrawn, [:])
        case .terminated: return (.terminated, [:])
        case .lapsed: return (.lapsed, [:])
        case .special, .hearing, .extended, .tolerance, .commitment, .licence: return proceeding(event, dossier)
        case .submitted, .preReviewPassed, .mended, .reviewPassed, .returnedToReviewer, .certificateFiled,
            .issued(.none), .closed, .party, .overrun, .handling, .clock:
            return nil
        }
    }

    /// What she is told of what runs beside the stages: everything that moves a date is told with the new date.
    private func proceeding(_ event: DossierEvent, _ dossier: Dossier) -> Words? {
        let decision = rules.promisedDue(of: dossier).map { NoticeValue.day($0.day) }
        switch event {
        case .special(.begun(let procedure, _, _)), .special(.prolonged(let procedure, _, _)):
            return decision.map { (.procedureBegun, ["procedure": procedure.phrase, "day": $0]) }
        case .special(.ended(let procedure, _, _)):
            return decision.map { (.procedureEnded, ["procedure": procedure.phrase, "day": $0]) }
        case .hearing(.told):
            return rules.hearingDue(of: dossier).map { (.hearingTold, ["day": .day($0.day)]) }
        case .hearing(.scheduled(let plan)):
            return (
                .hearingScheduled,
                [
                    "day": .day(plan.day), "time": .text(plan.at.timeOfDay),
                    "place": .text(String(plan.place.prefix(100))),
                ]
            )
        case .extended(.approved(let value, _, _)):
            guard let statutory = rules.statutoryDue(of: dossier) else { return nil }
            return (.extended, ["days": .number(value), "day": .day(statutory.day)])
        case .tolerance(.granted): return rules.toleranceDue(of: dossier).map { (.toleranceDue, ["day": .day($0.day)]) }
        case .tolerance(.lapsed): return (.toleranceLapsed, [:])
        case .commitment(.announced(let visit)): return (.commitmentCheck, ["day": .day(visit.day)])
        case .licence(.ended(let end, _)):
            return (.licenceEnded, ["way": .phrase(zh: end.kind.label, en: end.kind.rawValue)])
        default: return nil
        }
    }

    /// Tells somebody something about a dossier: in the portal or the office at once, and by the ways that she wants
    /// and the house has. `because` is the journal entry that is the cause; `values` is what the kind declares beside
    /// `item` and `number`. Refuses what the kind does not declare, as `NoticeRefusal`.
    package func tell(
        _ kind: NoticeKind, to addressee: Addressee, about dossier: Dossier, _ values: [String: NoticeValue],
        because cause: (subject: Subject, sequence: Int), stamp: Stamp, in tx: Transaction
    ) throws {
        let (submitted, terms) = (dossier.submitted, dossier.submitted.terms)
        let about: [String: NoticeValue] = [
            "item": .text(terms.itemName), "number": .text(submitted.numbers.short),
        ]
        let notice = try Notice(
            .made(
                for: "\(cause.subject)-\(cause.sequence) \(kind.id) \(addressee.subject)", order: cause.sequence,
                stamp: stamp), kind, to: addressee,
            about: NoticeMatter(dossier.id, catalogCode: terms.catalogCode),
            values: values.merging(about) { _, about in about }, now: stamp.now)
        var addresses: [NoticeAddress] = []
        if kind.audience == .person, !post.gateways.isEmpty {
            let preference = try PreferenceTable.preference(of: addressee.subject, in: tx)
            let mobile = dossier.personal.flatMap { MobileNumber($0.contactMobile) }
            addresses = NoticeRules.addresses(for: kind, mobile: mobile, preference, post.means)
        }
        try NoticeTable.create(
            notice, to: addresses, notBefore: NoticeRules.waits(kind, at: stamp.now, post.means), stamp: stamp, in: tx)
    }
}

extension SpecialProcedure {
    fileprivate var phrase: NoticeValue { .phrase(zh: label, en: labelEnglish) }
}
