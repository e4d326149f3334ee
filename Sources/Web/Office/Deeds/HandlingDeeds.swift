import Dossiers
import Hall
import Vocabulary

/// From desk to desk: taking, passing, asking and giving on while an application is examined.
extension DossierDeed {
    static let handling = [
        answer, pass, take, delegate, giveBack, ask, sendBackToStep, recuse, assign, ruleRecusal, urge,
    ]

    /// An examination of several steps is passed on until the last one, which ends in the review.
    private static let pass = DossierDeed("step") { sheet in
        sheet.dossier.nextStep != nil && sheet.dossier.step?.sort != .jointOpinion && sheet.isAtDesk
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("step"))
        guard let step = sheet.dossier.step else { return }
        html.card(words.pick(step.name, step.nameEnglish)) { html in
            html.form(sheet.path + "/step", sheet.tokens) { html in
                html.field(form.field("note", words["office.opinion"], .multiline(max: 2000)))
                html.button(words["desk.pass"], key: "s")
            }
        }
    } command: { form, _ in
        .handling(.pass(opinion: form["note"]))
    }

    private static let take = DossierDeed("taking") { sheet in
        sheet.isAtDesk && !sheet.isHeldByOneself
    } write: { html, sheet in
        html.deed(sheet.path + "/taking", sheet.tokens) {
            $0.button(sheet.words["desk.take"], .secondary, key: "g")
        }
    } command: { _, _ in
        .handling(.take)
    }

    private static let giveBack = DossierDeed("giving-back") { sheet in
        sheet.isAtDesk && sheet.isHeldByOneself
    } write: { html, sheet in
        html.deed(sheet.path + "/giving-back", sheet.tokens) { $0.button(sheet.words["desk.give-back"], .quiet) }
    } command: { form, _ in
        .handling(.giveBack(note: form["note"]))
    }

    private static let delegate = DossierDeed("delegation") { sheet in
        sheet.isAtDesk && sheet.isHeldByOneself
    } write: { html, sheet in
        give(&html, sheet, "delegation", sheet.words["desk.delegate"])
    } command: { form, _ in
        .handling(.delegate(staff: try form.colleague(), note: form["note"]))
    }

    private static let assign = DossierDeed("assignment") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.lead, .decide)
    } write: { html, sheet in
        give(&html, sheet, "assignment", sheet.words["desk.assign"])
    } command: { form, _ in
        .handling(.assign(staff: try form.colleague(), note: form["note"]))
    }

    /// 回避 (公务员法 art. 76).
    private static let recuse = DossierDeed("recusal") { sheet in
        sheet.isAtDesk
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("recusal"))
        html.fold(DeedHeading(words["desk.recuse"]), form, sheet) { html in
            html.field(form.field("note", words["desk.recuse-why"], .multiline(max: 500)))
            html.button(words["desk.recuse"], .danger)
        }
    } command: { form, _ in
        .handling(.recuse(note: form["note"]))
    }

    private static let ruleRecusal = DossierDeed("recusal-ruling") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.lead)
    } write: { html, sheet in
        give(&html, sheet, "recusal-ruling", sheet.words["desk.rule"])
    } command: { form, _ in
        .handling(.rule(staff: try form.colleague(), note: form["note"]))
    }

    /// 催办.
    private static let urge = DossierDeed("urging") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.lead)
    } write: { html, sheet in
        html.deed(sheet.path + "/urging", sheet.tokens) { $0.button(sheet.words["desk.urge"], .quiet) }
    } command: { form, _ in
        .handling(.urge(note: form["note"]))
    }

    private static let sendBackToStep = DossierDeed("step-return") { sheet in
        let steps = sheet.dossier.earlierSteps
        return sheet.isAtDesk && (steps.count > 1 || (steps.count == 1 && sheet.dossier.deskPower == .review))
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("step-return"))
        html.fold(DeedHeading(words["desk.send-back"]), form, sheet) { html in
            html.field(
                form.field(
                    "step", words["desk.send-back-to"],
                    .list(sheet.dossier.earlierSteps.map { Option($0.id, words.pick($0.name, $0.nameEnglish)) })))
            html.field(form.field("note", words["office.return-note"], .multiline(max: 500)))
            html.button(words["desk.send-back"], .secondary)
        }
    } command: { form, _ in
        .handling(.sendBack(step: form["step"], note: form["note"]))
    }

    /// Writes the form that names a colleague and says why.
    private static func give(_ html: inout HTML, _ sheet: DeedSheet, _ resource: String, _ label: String) {
        let (words, form) = (sheet.words, sheet.form(resource))
        html.fold(DeedHeading(label), form, sheet) { html in
            html.field(form.field("staff", words["desk.colleague"], .list(sheet.handling?.others ?? [])))
            html.field(form.field("note", words["desk.note"], .multiline(max: 500)))
            html.button(label, .secondary)
        }
    }
}

/// 会签: opinions asked of colleagues and given.
extension DossierDeed {
    private static let answer = DossierDeed("opinion") { sheet in
        !(sheet.handling?.answerable ?? []).isEmpty
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("opinion"))
        guard let handling = sheet.handling, let respondent = handling.answerable.first else { return }
        html.card(words("desk.answer-for", ["name": handling.name(of: respondent)])) { html in
            html.form(sheet.path + "/opinion", sheet.tokens) { html in
                html.hidden("for", respondent.text)
                html.field(
                    form.field(
                        "choice", words["desk.answer"],
                        .choice(OpinionAnswer.allCases.map { Option($0.rawValue, words[$0.word]) })))
                html.field(form.optional("note", words["office.opinion"], .multiline(max: 2000)))
                html.button(words["desk.answer-send"])
            }
        }
    } command: { form, _ in
        guard let respondent = Respondent(text: form["for"]) else { throw DoorRefusal.malformedForm }
        return .handling(.answer(respondent: respondent, try form.chosen("choice"), text: form["note"]))
    }

    private static let ask = DossierDeed("opinions") { sheet in
        sheet.dossier.stage.name == .inReview && sheet.isAtDesk && sheet.handling?.mayAsk == true
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("opinions"))
        html.fold(DeedHeading(words["desk.ask"]), form, sheet) { html in
            html.field(form.field("ask", words["desk.ask-whom"], .choices(sheet.handling?.askable ?? [])))
            html.field(form.field("until", words["desk.ask-until"], .date))
            html.field(form.field("note", words["desk.question"], .multiline(max: 500)))
            html.button(words["desk.ask"], .secondary)
        }
    } command: { form, _ in
        let respondents = try form.all("ask").map { text in
            guard let respondent = Respondent(text: text) else { throw DoorRefusal.malformedForm }
            return respondent
        }
        return .handling(.ask(respondents: respondents, until: try form.day("until"), question: form["note"]))
    }
}

extension DeedSheet {
    /// Whether the dossier lies on a desk of who looks: she has the power that its stage needs.
    fileprivate var isAtDesk: Bool {
        guard dossier.isBeingExamined, let power = dossier.deskPower else { return false }
        return may(power)
    }

    fileprivate var isHeldByOneself: Bool { proceedings.handling.holder != nil && proceedings.handling.holder == staff }
}

extension PostedForm {
    /// The colleague who was chosen; refuses a form without one.
    fileprivate func colleague() throws -> StaffID {
        guard let id = StaffID(self["staff"]) else { throw FormRefusal.choiceMissing("staff") }
        return id
    }
}

extension Respondent {
    /// `staff:` and the id, or `body:`, its code and its region.
    var text: String {
        switch self {
        case .officer(let staff): "staff:\(staff)"
        case .body(let code, let region): "body:\(code.code):\(region.code)"
        }
    }

    /// Reads `text`; nil for anything else.
    init?(text: String) {
        let parts = text.split(separator: ":").map(String.init)
        if parts.count == 2, parts[0] == "staff", let staff = StaffID(parts[1]) {
            self = .officer(staff: staff)
        } else if parts.count == 3, parts[0] == "body", let code = CreditCode(parts[1]), let region = Region(parts[2]) {
            self = .body(code: code, region: region)
        } else {
            return nil
        }
    }
}
