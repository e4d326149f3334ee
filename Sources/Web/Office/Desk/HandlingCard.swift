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
    private var path: String { Paths.office(dossier.id) }
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

    /// Writes the deeds: whatever this officer may do here.
    func deeds(_ html: inout HTML, _ tokens: FormTokens) {
        guard dossier.isBeingExamined, let power = dossier.deskPower else { return }
        answer(&html, tokens)
        let isMine = handling.holder == own
        if guest.may(power, dossier, today: today) {
            if isMine {
                html.unfold(words["desk.delegate"]) { give(&$0, tokens, "/delegation", words["desk.delegate"]) }
                html.deed(path + "/giving-back", tokens) {
                    $0.button(words["desk.give-back"], .quiet)
                }
            } else {
                html.deed(path + "/taking", tokens) { $0.button(words["desk.take"], .secondary, key: "t") }
            }
            if case .inReview = dossier.stage { ask(&html, tokens) }
            sendBack(&html, tokens)
            html.unfold(words["desk.recuse"]) { reason(&$0, tokens, "/recusal", words["desk.recuse"]) }
        }
        let mayLead = guest.may(.lead, dossier, today: today)
        if mayLead || guest.may(.decide, dossier, today: today) {
            html.unfold(words["desk.assign"]) { give(&$0, tokens, "/assignment", words["desk.assign"]) }
        }
        guard mayLead else { return }
        html.unfold(words["desk.rule"]) { give(&$0, tokens, "/recusal-ruling", words["desk.rule"]) }
        html.deed(path + "/urging", tokens) { $0.button(words["desk.urge"], .quiet) }
    }

    /// Writes the form that passes a step which is not the last; true when it is one.
    func passes(_ html: inout HTML, _ tokens: FormTokens) -> Bool {
        guard case .inReview = dossier.stage, dossier.nextStep != nil, let step = dossier.step else { return false }
        guard step.sort != .jointOpinion else { return true }
        html.card(words.pick(step.name, step.nameEnglish)) { html in
            html.form(path + "/step", tokens) { html in
                html.field(Field("note", words["office.opinion"], .multiline(max: 2000)))
                html.button(words["desk.pass"], key: "s")
            }
        }
        return true
    }

    private func answer(_ html: inout HTML, _ tokens: FormTokens) {
        for respondent in handling.rounds.open?.awaited ?? []
        where guest.mayAnswer(respondent, about: dossier, today: today) {
            html.card(words("desk.answer-for", ["name": name(of: respondent)])) { html in
                html.form(path + "/opinion", tokens) { html in
                    html.hidden("for", respondent.text)
                    html.field(
                        Field(
                            "choice", words["desk.answer"],
                            .choice(OpinionAnswer.allCases.map { Option($0.rawValue, words[$0.word]) })))
                    html.field(
                        Field("note", words["office.opinion"], .multiline(max: 2000)).with { $0.isOptional = true })
                    html.button(words["desk.answer-send"])
                }
            }
        }
    }

    private func ask(_ html: inout HTML, _ tokens: FormTokens) {
        guard handling.rounds.open == nil else { return }
        let others = colleagues.filter { $0.id != own && !handling.excused.contains($0.id) }
        let options = others.map { Option(Respondent.officer(staff: $0.id).text, $0.calledInLists) }
        guard !options.isEmpty else { return }
        html.unfold(words["desk.ask"]) { html in
            html.form(path + "/opinions", tokens) { html in
                html.field(Field("ask", words["desk.ask-whom"], .choices(options)))
                html.field(Field("until", words["desk.ask-until"], .date))
                html.field(Field("note", words["desk.question"], .multiline(max: 500)))
                html.button(words["desk.ask"], .secondary)
            }
        }
    }

    private func sendBack(_ html: inout HTML, _ tokens: FormTokens) {
        let steps = dossier.earlierSteps
        guard steps.count > 1 || (steps.count == 1 && dossier.deskPower == .review) else { return }
        html.unfold(words["desk.send-back"]) { html in
            html.form(path + "/step-return", tokens) { html in
                html.field(
                    Field(
                        "step", words["desk.send-back-to"],
                        .list(steps.map { Option($0.id, words.pick($0.name, $0.nameEnglish)) })))
                html.field(Field("note", words["office.return-note"], .multiline(max: 500)))
                html.button(words["desk.send-back"], .secondary)
            }
        }
    }

    private func give(_ html: inout HTML, _ tokens: FormTokens, _ deed: String, _ label: String) {
        let options = colleagues.filter { $0.id != handling.holder && !handling.excused.contains($0.id) }
            .map { Option("\($0.id)", $0.calledInLists, hint: $0.employeeNumber.text) }
        html.form(path + deed, tokens) { html in
            html.field(Field("staff", words["desk.colleague"], .list(options)))
            html.field(Field("note", words["desk.note"], .multiline(max: 500)))
            html.button(label, .secondary)
        }
    }

    private func reason(_ html: inout HTML, _ tokens: FormTokens, _ deed: String, _ label: String) {
        html.form(path + deed, tokens) { html in
            html.field(Field("note", words["desk.recuse-why"], .multiline(max: 500)))
            html.button(label, .danger)
        }
    }

    private func name(_ staff: StaffID) -> String { names[staff] ?? words["desk.colleague"] }

    private func name(of respondent: Respondent) -> String {
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
