import Accounts
import Dossiers
import Hall
import Vocabulary

/// 帮办代办 as the one sees it who is helped: who may act for her, in what and until when, and the way to end it.
struct AssistanceCard {
    private let lines: [Hall.AssistanceLine]
    private let words: Words
    private let today: CivilDate
    /// Whether who reads may end them: the principal, or whoever acts for her in everything.
    private let mayEnd: Bool

    /// The authorities for the item of a case, with those that were used in it.
    init(about dossier: Dossier, for citizen: Citizen, _ site: Site, _ words: Words) async throws {
        let (applicant, item) = (dossier.submitted.applicant, dossier.submitted.terms.catalogCode)
        let helpers = dossier.proceedings.handling.assistants
        let today = site.hall.time.now().day
        lines = try await site.hall.authorities(of: applicant).filter { line in
            let letter = line.authority
            return letter.names(item) && (letter.stands(on: today) || helpers.contains(letter.staff))
        }
        (self.words, self.today) = (words, today)
        let principals = lines.isEmpty ? [] : try await site.hall.principals(of: citizen, in: .everything)
        mayEnd = principals.contains { $0.id == applicant }
    }

    /// Every authority of these people that stands.
    init(of principals: [Person], _ site: Site, _ words: Words) async throws {
        let today = site.hall.time.now().day
        var lines: [Hall.AssistanceLine] = []
        for principal in principals {
            lines += try await site.hall.authorities(of: principal.id).filter { $0.authority.stands(on: today) }
        }
        (self.lines, self.words, self.today, mayEnd) = (lines, words, today, true)
    }

    /// Writes the card; nothing where nobody helps.
    func write(_ html: inout HTML, back: String, _ tokens: FormTokens) {
        guard !lines.isEmpty else { return }
        html.card(words["assist.title"]) { html in
            html.note(words["assist.card-help"])
            for line in lines { write(line, &html, back, tokens) }
        }
    }

    private func write(_ line: Hall.AssistanceLine, _ html: inout HTML, _ back: String, _ tokens: FormTokens) {
        let letter = line.authority
        html.facts { html in
            html.fact(words["assist.who"]) { $0.text(line.staff.map { words.assistant($0) } ?? "—") }
            html.fact(words["column.applicant"]) { $0.text(line.principal?.name.text ?? "—") }
            html.fact(words["assist.items"]) { $0.text(words.items(of: line)) }
            html.fact(words["assist.until"]) { html in
                if let until = letter.term.until { html.date(until) }
            }
            html.fact(words["column.state"]) { $0.tag(words.standing(of: letter, on: today)) }
        }
        guard letter.endedAt == nil, mayEnd else { return }
        html.deed(Paths.ending(letter), tokens) { html in
            html.hidden("back", back)
            html.button(words["assist.end"], .secondary)
        }
    }
}

extension Words {
    /// A member of staff as those know her whom she helps: name and number of the house.
    func assistant(_ staff: Staff) -> String {
        self(
            "assist.staff",
            ["name": staff.name?.text ?? staff.employeeNumber.text, "number": staff.employeeNumber.text])
    }
}

extension DossierView {
    /// Who did the event at this place of the history for the applicant; nil where she did it herself, or where the
    /// authority did. What was done stands before the entry that says so at a submission, and behind it anywhere else.
    func helper(at index: Int) -> Staff? {
        let history = opened.history
        let line = history[index]
        for beside in [index - 1, index + 1] where history.indices.contains(beside) {
            guard case .handling(.assisted(_, let deed)) = history[beside].event, deed == line.event.kind,
                history[beside].at == line.at, case .staff(let id) = history[beside].actor
            else { continue }
            return opened.assistants.first { $0.id == id }
        }
        return nil
    }

    /// Both who acted and for whom; empty where nobody helped.
    func help(at index: Int) -> String {
        guard let staff = helper(at: index) else { return "" }
        let name = dossier.personal?.applicantName ?? words["assist.applicant"]
        return words("assist.done-by", ["staff": words.assistant(staff), "name": name])
    }
}

extension DossierEvent {
    /// Whether it only says that the deed beside it was done for the applicant.
    var isAssistance: Bool {
        if case .handling(.assisted) = self { return true }
        return false
    }
}
