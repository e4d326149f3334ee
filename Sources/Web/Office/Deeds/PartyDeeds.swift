import Dossiers
import Hall
import Vocabulary

/// Third parties whose weighty interests the decision touches are told and heard (行政许可法 art. 36).
extension DossierDeed {
    static let parties = [informParty, hearParty]

    private static let informParty = DossierDeed("third-parties") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
            && sheet.proceedings.parties.count < InterestedParty.countMax
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("third-parties"))
        html.fold(DeedHeading(words["party.inform"], law: words["party.law"], key: "t"), form, sheet) { html in
            html.field(form.field("name", words["party.name"], .text(max: 120)))
            html.field(
                form.field("note", words["party.matter"], .multiline(max: 500), hint: words["party.matter-hint"]))
            html.button(words["party.inform-send"])
        }
    } command: { form, _ in
        .party(.inform(name: form["name"], matter: form["note"]))
    }

    private static let hearParty = DossierDeed("third-party-statements") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
            && sheet.proceedings.parties.contains { $0.heardAt == nil }
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("third-party-statements"))
        let waiting = sheet.proceedings.parties.enumerated().filter { $0.element.heardAt == nil }
        html.fold(DeedHeading(words["party.hear"], law: words["party.hear-law"]), form, sheet) { html in
            html.field(
                form.field(
                    "party", words["party.who"],
                    .choice(waiting.map { Option("\($0.offset)", $0.element.name ?? words["party.forgotten"]) }),
                    start: waiting.count == 1 ? "\(waiting[0].offset)" : ""))
            html.field(form.field("note", words["party.statement"], .multiline(max: 2000)))
            html.button(words["party.hear-send"])
        }
    } command: { form, _ in
        guard let party = Int(form["party"]) else { throw FormRefusal.choiceMissing("party") }
        return .party(.hear(party: party, statement: form["note"]))
    }
}
