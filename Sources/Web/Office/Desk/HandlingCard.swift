import Accounts
import Dossiers
import Foundation
import Hall
import Vocabulary

/// On the page of a dossier: at which step it is, with whom it lies, whose opinions are asked, and what may be done
/// about it.
struct HandlingCard {
    let site: Site
    let dossier: Dossier
    let guest: Hall.Guest
    let words: Words
    private let names: [StaffID: String]
    private let colleagues: [Staff]
    private let bodies: [String: String]

    private var handling: Handling { dossier.proceedings.handling }
    private var today: CivilDate { site.hall.time.now().day }
    private var own: StaffID? { guest.places.first?.staff.id }

    /// Reads the names that the card needs.
    init(_ dossier: Dossier, _ guest: Hall.Guest, _ site: Site, _ words: Words) async throws {
        (self.site, self.dossier, self.guest, self.words) = (site, dossier, guest, words)
        let handling = dossier.proceedings.handling
        var ids = Set(handling.excused + handling.examiners + [handling.holder].compactMap(\.self))
        var bodies: [String: String] = [dossier.submitted.terms.body.code: dossier.submitted.terms.bodyName]
        for round in handling.rounds {
            for respondent in round.asked {
                switch respondent {
                case .officer(let staff): ids.insert(staff)
                case .body(let code, _): bodies[code.code] = bodies[code.code] ?? code.code
                }
            }
        }
        names = try await site.hall.staff(ids).mapValues(\.calledInLists)
        colleagues = dossier.isBeingExamined ? try await site.hall.colleagues(for: dossier) : []
        self.bodies = bodies
    }

    /// Writes where it stands; nothing before the acceptance and after the decision.
    func write(_ html: inout HTML) {
        guard dossier.isBeingExamined else { return }
        html.card(words["desk.card"]) { html in
            html.facts { html in
                if let step = dossier.step, case .inReview = dossier.stage {
                    html.fact(words["column.step"]) { html in
                        html.text(words.pick(step.name, step.nameEnglish))
                        if let due = site.hall.rules(for: dossier.submitted.terms.region).stepDue(of: dossier) {
                            html.element(
                                "p", .class("note"), text: words("desk.step-due", ["day": words.date(due.day)]))
                        }
                    }
                }
                html.fact(words["desk.with"]) { html in
                    html.text(handling.holder.map(name) ?? words["desk.nobody"])
                    if handling.isUrged { html.tag(Tag(words["desk.urged"], .bad)) }
                }
                if !handling.excused.isEmpty {
                    html.fact(words["desk.excused"]) { $0.text(words.list(handling.excused.map(name))) }
                }
            }
            opinions(&html)
        }
    }

    private func opinions(_ html: inout HTML) {
        guard let round = handling.rounds.last else { return }
        html.element("p", .class("note"), text: words("desk.asked-until", ["day": words.date(round.until)]))
        html.facts { html in
            for respondent in round.asked {
                html.fact(name(of: respondent)) { html in
                    if let given = round.answers.first(where: { $0.respondent == respondent }) {
                        html.text(words[given.answer.word])
                    } else {
                        html.text(words[round.silent.contains(respondent) ? "desk.silent" : "desk.awaited"])
                    }
                }
            }
        }
    }

    /// Those whose opinion is awaited, and for whom who looks may give it.
    var answerable: [Respondent] {
        guard dossier.isBeingExamined else { return [] }
        return (handling.rounds.open?.awaited ?? []).filter { guest.mayAnswer($0, about: dossier, today: today) }
    }

    /// Whether opinions may be asked: there is somebody to ask, and no round runs.
    var mayAsk: Bool { handling.rounds.open == nil && !askable.isEmpty }

    /// Colleagues whose opinion may be asked.
    var askable: [Option] {
        colleagues.filter { $0.id != own && !handling.excused.contains($0.id) }
            .map { Option(Respondent.officer(staff: $0.id).text, $0.calledInLists) }
    }

    /// Colleagues to whom the dossier may be given.
    var others: [Option] {
        colleagues.filter { $0.id != handling.holder && !handling.excused.contains($0.id) }
            .map { Option("\($0.id)", $0.calledInLists, hint: $0.employeeNumber.text) }
    }

    private func name(_ staff: StaffID) -> String { names[staff] ?? words["desk.colleague"] }

    /// What somebody is called whose opinion is asked.
    func name(of respondent: Respondent) -> String {
        switch respondent {
        case .officer(let staff): name(staff)
        case .body(let code, _): bodies[code.code] ?? code.code
        }
    }
}

extension OpinionAnswer {
    var word: Word {
        switch self {
        case .agree: Word("opinion.agree")
        case .disagree: Word("opinion.disagree")
        case .noComment: Word("opinion.no-comment")
        }
    }
}
