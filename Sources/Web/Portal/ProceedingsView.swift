import Catalogue
import Dossiers
import Hall
import Vocabulary

/// What runs or ran beside the stages, in words: shared by the pages of all doors.
extension DossierView {
    /// Writes everything that stops, moves or follows the decision; nothing when there is nothing.
    func proceedings(_ html: inout HTML) {
        let lines = proceedingLines
        guard !lines.isEmpty else { return }
        html.heading(words["procedures.title"])
        html.facts { html in
            for line in lines {
                html.fact(line.label) { html in
                    for text in line.texts { html.element("p", text: text) }
                }
            }
        }
    }

    private struct Line {
        let label: String
        let texts: [String]
    }

    private var proceedingLines: [Line] {
        let proceedings = dossier.proceedings
        var lines = proceedings.special.map { record in
            Line(label: words[record.procedure.word], texts: special(record))
        }
        if let hearing = proceedings.hearing {
            lines.append(Line(label: words["hearing.title"], texts: [self.hearing(hearing)]))
        }
        if let extended = proceedings.extended {
            let span = words.span(extended.value, dossier.submitted.terms.statutory.unit)
            lines.append(Line(label: words["extension.title"], texts: [words("extension.granted", ["limit": span])]))
        } else if isForStaff, let asked = proceedings.extensionRequest {
            let span = words.span(asked, dossier.submitted.terms.statutory.unit)
            lines.append(Line(label: words["extension.title"], texts: [words("extension.asked", ["limit": span])]))
        }
        if isForStaff, !proceedings.parties.isEmpty {
            lines.append(Line(label: words["party.title"], texts: proceedings.parties.map(party)))
        }
        if let tolerance { lines.append(tolerance) }
        if dossier.submitted.isCommitted == true {
            lines.append(Line(label: words["commitment.title"], texts: [verification]))
        }
        lines += proceedings.licenceEnds.map { end in
            Line(label: words[end.kind.word], texts: [words[end.word]])
        }
        return lines
    }

    private func special(_ record: SpecialRecord) -> [String] {
        let begun = words(
            "special.since", ["day": words.date(record.begunAt.day), "limit": words.workingDays(record.told)])
        guard let ended = record.endedAt, let finding = record.finding else {
            return [begun, words("special.until", ["day": words.date(rules.due(of: record).day)])]
        }
        let result = words[finding.isFavourable ? Word("special.favourable") : Word("special.unfavourable")]
        return [begun, words("special.ended-on", ["day": words.date(ended.day), "result": result])]
    }

    private func hearing(_ hearing: Hearing) -> String {
        let due = rules.hearingDue(of: dossier).map { words.date($0.day) } ?? ""
        return switch hearing.step {
        case .told: words("hearing.is-told", ["day": due])
        case .requested: words("hearing.is-requested", ["day": due])
        case .scheduled(_, let plan):
            words(
                "hearing.is-scheduled", ["day": words.date(plan.day), "time": plan.time, "place": plan.place])
        case .held(_, let at, _): words("hearing.is-held", ["day": words.date(at.day)])
        case .waived(_, let bySilence):
            words[bySilence ? Word("event.hearing-not-asked") : Word("event.hearing-waived")]
        }
    }

    private func party(_ party: InterestedParty) -> String {
        let name = party.name ?? words["party.forgotten"]
        guard let heard = party.heardAt else {
            return words("party.is-informed", ["name": name, "day": words.date(party.informedAt.day)])
        }
        return words("party.is-heard", ["name": name, "day": words.date(heard.day)])
    }

    private var tolerance: Line? {
        guard let tolerance = dossier.proceedings.tolerance else { return nil }
        let label = words["tolerance.title"]
        guard !tolerance.lagging.isEmpty else { return Line(label: label, texts: [words["tolerance.complete"]]) }
        let day = rules.toleranceDue(of: dossier).map { words.date($0.day) } ?? ""
        let names = words.list(tolerance.lagging.map(name))
        return Line(label: label, texts: [words("tolerance.lags", ["names": names, "day": day])])
    }

    private var verification: String {
        switch dossier.proceedings.verification {
        case nil: words["commitment.signed"]
        case .due:
            if let visit = dossier.proceedings.visit {
                announced(visit)
            } else {
                words(
                    "verification.due", ["day": rules.verificationDue(of: dossier).map { words.date($0.day) } ?? ""])
            }
        case .kept(let at): words("verification.is-kept", ["day": words.date(at.day)])
        case .broken(let at): words("verification.is-broken", ["day": words.date(at.day)])
        }
    }
}

extension DossierView {
    /// When and where a commitment is going to be verified.
    fileprivate func announced(_ visit: Verification.Visit) -> String {
        words(
            "verification.is-announced",
            [
                "day": words.date(visit.day), "place": visit.place,
                "time": visit.at.timeOfDay,
            ])
    }

    /// What an event of a procedure says beyond its name. What is between the authority and others than the applicant
    /// is for staff only.
    func proceedingDetail(_ event: DossierEvent) -> String {
        switch event {
        case .special(.begun(let procedure, let days, let note)),
            .special(.prolonged(let procedure, let days, let note)):
            words.sentences(words[procedure.word] + " · " + words.workingDays(days), note?.text ?? "")
        case .special(.ended(let procedure, let finding, let note)):
            words.sentences(
                words[procedure.word] + " · "
                    + words[finding.isFavourable ? Word("special.favourable") : Word("special.unfavourable")],
                note?.text ?? "")
        case .hearing(.told(let note)), .hearing(.held(let note)): note?.text ?? ""
        case .hearing(.scheduled(let plan)):
            words("hearing.is-scheduled", ["day": words.date(plan.day), "time": plan.time, "place": plan.place])
        case .extended(.approved(let value, _, let note)):
            words.sentences(words.span(value, dossier.submitted.terms.statutory.unit), note?.text ?? "")
        case .extended(.requested(let value, let note)):
            isForStaff
                ? words.sentences(words.span(value, dossier.submitted.terms.statutory.unit), note?.text ?? "") : ""
        case .extended(.denied(let note)): isForStaff ? note?.text ?? "" : ""
        case .party(.informed(let who)): isForStaff ? words.sentences(who?.name ?? "", who?.matter ?? "") : ""
        case .party(.heard(_, let note)): isForStaff ? note?.text ?? "" : ""
        case .tolerance(.granted(let lagging, let days, _)):
            words.sentences(words.list(lagging.map(name)), words.workingDays(days))
        case .tolerance(.supplied(let handedIn)): words.list(handedIn.map { name($0.material) })
        case .mended(let handedIn): words.list(handedIn.map { name($0.material) })
        case .commitment(.verified(_, _, let note)): note?.text ?? ""
        case .commitment(.announced(let visit)): announced(visit)
        case .licence(.ended(let end, let note)): words.sentences(words[end.word], note?.text ?? "")
        case .overrun(.explained(_, _, let note)): note?.text ?? ""
        default: ""
        }
    }
}

extension DossierView {
    /// Writes what was signed with the application, word for word; nothing when nothing was.
    func signed(_ html: inout HTML) {
        let texts: [(Word, String?)] = [
            (Word("commitment.signed-text"), dossier.personal?.signed?.commitment),
            (Word("tolerance.signed-text"), dossier.personal?.signed?.undertaking),
        ]
        for case (let title, let text?) in texts {
            html.unfold(words[title]) { html in
                html.element("article") { html in
                    for line in text.split(separator: "\n") { html.paragraph(String(line)) }
                }
            }
        }
    }
}
