import Catalogue
import Documents
import Vocabulary

/// The questions of a form as cells of its paper: room for what is not answered, and the answers.
struct FormAnswers {
    let paper: FormPaper
    let typeface: Typeface

    /// Letters of a label and characters of an answer that two questions side by side have room for.
    private static let (shortLabelMax, shortAnswerMax) = (16, 24)

    private var words: Words { paper.words }

    /// Whether an answer holds a character that the typeface does not draw.
    var lacksCharacters: Bool {
        paper.guide.form.fields.contains { field in
            let answer = paper.filling.answers[field.id] ?? ""
            return typeface.printable(answer, instead: FormPaper.missing).contains(Character(FormPaper.missing))
        }
    }

    /// The questions in rows; short ones stand side by side.
    func rows(_ fields: [FormField]) -> [[FormCell]] {
        var rows: [[FormCell]] = []
        var waiting: FormCell?
        for field in fields {
            let cell = cell(field)
            guard isShort(field) else {
                if let alone = waiting { rows.append([alone]) }
                rows.append([cell])
                waiting = nil
                continue
            }
            if let first = waiting { rows.append([first, cell]) }
            waiting = waiting == nil ? cell : nil
        }
        if let alone = waiting { rows.append([alone]) }
        return rows
    }

    private func isShort(_ field: FormField) -> Bool {
        let scale = words.language == .zh ? 1 : 2
        guard words.pick(field.label).count <= Self.shortLabelMax * scale else { return false }
        let answer = paper.filling.answers[field.id] ?? ""
        switch field.type {
        case .date, .phone, .citizenID, .creditCode, .integer, .money, .boolean: return true
        case .text: return (field.maxLength ?? .max) <= 60 && answer.count <= Self.shortAnswerMax
        case .choice:
            let letters = field.labels(paper.tables).map { words.pick($0.label).count + 3 }.reduce(0, +)
            return letters <= Self.shortAnswerMax * scale
        case .multichoice, .multiline, .address: return false
        }
    }

    private func cell(_ field: FormField) -> FormCell {
        FormCell(words.pick(field.label), content(field), hints: paper.isBlank ? hints(field) : [])
    }

    /// Whether it may stay empty, when it is asked at all, and the help of the page.
    private func hints(_ field: FormField) -> [String] {
        let open = field.appliesWhen.open(in: paper.filling.situation) ?? []
        let when = words("form.only-when", ["when": words.circumstances(open, in: paper.guide)])
        return (field.required ? [] : [words["form.optional"]]) + (open.isEmpty ? [] : [when])
            + (field.hint.map { [words.pick($0)] } ?? [])
    }

    private func content(_ field: FormField) -> FormCell.Content {
        let answer = typeface.printable(paper.filling.answers[field.id] ?? "", instead: FormPaper.missing)
        switch field.type {
        case .choice, .multichoice:
            let chosen = Set(answer.split(separator: ",").map(String.init))
            return .boxes(
                field.labels(paper.tables).map { id, label in
                    FormBox(words.pick(label), isTicked: chosen.contains(id))
                })
        case .boolean:
            return .boxes([
                FormBox(words["field.yes"], isTicked: answer == "true"),
                FormBox(words["field.no"], isTicked: answer == "false"),
            ])
        case .date:
            return answer.isEmpty
                ? .units(words.dayUnits) : .text([CivilDate(answer).map(words.plainDate) ?? answer])
        case .money: return answer.isEmpty ? .units([words["form.yuan"]]) : .text([words("form.amount", ["n": answer])])
        case .multiline: return answer.isEmpty ? .room(lines: room(field)) : .text(lines(answer))
        case .address: return answer.isEmpty ? .room(lines: 3) : .text(lines(answer))
        case .text, .integer, .phone, .citizenID, .creditCode:
            return answer.isEmpty ? .room(lines: 2) : .text(lines(answer))
        }
    }

    private func lines(_ answer: String) -> [String] {
        answer.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    /// Lines for a text of so many characters; whoever needs more adds a sheet.
    private func room(_ field: FormField) -> Int {
        min(8, max(4, (field.maxLength ?? Limits.textCharactersMax) / 50))
    }
}

extension FormField {
    /// What one chooses from, each with its id, whether the form lists it or a code table.
    func labels(_ tables: CodeTables) -> [(id: String, label: Bilingual)] {
        (options ?? []).map { ($0.id, $0.label) }
            + (codeTable.map { tables.codes($0).map { ($0.code, Bilingual($0.zh, $0.en)) } } ?? [])
    }
}
