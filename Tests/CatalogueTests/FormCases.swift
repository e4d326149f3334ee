import Vocabulary

@testable import Catalogue

/// A filled-in form, as a program would write it, and what the house says of it.
struct FormCase: Codable {
    let why: String
    let instance: JSONValue
    /// Whether the house takes it.
    let isGood: Bool
    /// Whether all that is wrong with it is a check character, which no schema can count.
    let isBeyondSchema: Bool
}

/// Good and bad forms of a guide: its sample, and the sample with one thing changed.
struct FormCases {
    let guide: Guide
    let tables: CodeTables
    private var form: ApplicationForm { guide.form }

    var all: [FormCase] {
        [make("the sample", guide.sampleSituation, form.sample)] + situations + form.fields.flatMap(changed)
            + [
                make(
                    "a field that nobody asked for", guide.sampleSituation, form.sample.merging(["nowhere": "x"]) { $1 }
                )
            ]
    }

    /// Every answer to every question with the answers that it asks for, with all of them, and with none.
    private var situations: [FormCase] {
        var cases: [FormCase] = []
        for question in guide.situations {
            for choice in question.choices {
                let situation = guide.sampleSituation.merging([question.id: choice.id]) { $1 }
                let asked = form.pages(for: situation).flatMap(\.fields)
                let own = Dictionary(uniqueKeysWithValues: asked.map { ($0.id, form.sample[$0.id] ?? sample($0)) })
                cases.append(make("\(question.id)=\(choice.id)", situation, own))
                cases.append(make("\(question.id)=\(choice.id), the sample's answers", situation, form.sample))
                let all = Dictionary(
                    uniqueKeysWithValues: form.fields.map { ($0.id, form.sample[$0.id] ?? sample($0)) })
                cases.append(make("\(question.id)=\(choice.id), every answer", situation, all))
                cases.append(make("\(question.id)=\(choice.id), no answer", situation, [:]))
            }
            var open = guide.sampleSituation
            open[question.id] = nil
            cases.append(make("\(question.id) is open", open, form.sample))
            cases.append(make("\(question.id)=nowhere", open.merging([question.id: "nowhere"]) { $1 }, form.sample))
        }
        return cases + [make("no such question", guide.sampleSituation.merging(["nowhere": "x"]) { $1 }, form.sample)]
    }

    /// The sample with other answers to one field, where its situation asks for it.
    private func changed(_ field: FormField) -> [FormCase] {
        let situation = guide.sampleSituation
        guard field.appliesWhen.hold(for: situation) else {
            return [
                make(
                    "\(field.id) where it is not asked for", situation,
                    form.sample.merging([field.id: sample(field)]) { $1 })
            ]
        }
        var without = form.sample
        without[field.id] = nil
        return [make("no \(field.id)", situation, without)]
            + answers(field).map { answer in
                make("\(field.id)=\(answer.prefix(24))", situation, form.sample.merging([field.id: answer]) { $1 })
            }
    }

    /// An answer that fits the kind of a field.
    private func sample(_ field: FormField) -> String {
        switch field.type {
        case .text, .multiline, .address: "示例"
        case .integer: "\(field.min ?? 3)"
        case .money: "\(field.min ?? 3).50"
        case .date: "2026-11-24"
        case .phone: "13800000002"
        case .citizenID: "350102188501010019"
        case .creditCode: "91350100MADEM0054D"
        case .boolean: "true"
        case .choice, .multichoice: options(field).first ?? ""
        }
    }

    private func options(_ field: FormField) -> [String] {
        field.codeTable.map { tables.codes($0).map(\.code) } ?? (field.options ?? []).map(\.id)
    }

    /// Answers at and beyond every bound of a kind.
    private func answers(_ field: FormField) -> [String] {
        let most = field.maxLength ?? Limits.textCharactersMax
        let (least, greatest) = (field.min ?? 0, field.max ?? 1000)
        let bounds = [least - 1, least, greatest, greatest + 1].map(String.init)
        switch field.type {
        case .text, .address, .multiline:
            return [
                "甲", "  ", "a\u{7}b", "甲\n乙", "甲\n", "甲\t乙", "\u{85}", String(repeating: "字", count: most),
                String(repeating: "字", count: most + 1),
            ]
        case .integer: return bounds + ["01", "1.5", "+1", "-0", "x", "１"]
        case .money: return bounds + bounds.flatMap { [$0 + ".00", $0 + ".01", $0 + ".5", $0 + ".005"] } + oddMoney
        case .date:
            return [
                "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "20261124", "2026-13-01", "2026-04-31",
                "1799-12-31", "1800-01-01", "9999-12-31", "2026-1-1", "2026-11-24\n", "昨天",
            ]
        case .phone:
            return [
                "13800000001", "12800000001", "1380000000", "0591-87654321", "0591-8765432", "591-87654321",
                "0591-123456", "010-12345678", "059187654321", "0591--1234567", "13800000001 ",
            ]
        case .citizenID:
            return ["350102188501010019", "35010219900101123x", "350102188502310019", "350102188501010018", "1"]
        case .creditCode:
            return ["91350100MADEM0054D", "91350100madem0054d", "91350100MADEM0054E", "91350100MADEM0054I", "1"]
        case .boolean: return ["true", "false", "yes", "TRUE"]
        case .choice: return options(field) + ["nowhere", options(field).prefix(2).joined(separator: ",")]
        case .multichoice:
            let ids = options(field)
            return ids + [ids.joined(separator: ","), "\(ids[0]),\(ids[0])", "nowhere", "\(ids[0]),", ","]
        }
    }

    private let oddMoney = [
        "", "12.505", "1,000", "-1", ".5", "5.", "007.5", "0000000000001", "00000000000001", "9999999999999",
        "99999999999999",
        "1e3", "12.5\n", "１２",
    ]

    private func make(_ why: String, _ situation: [String: String], _ answers: [String: String]) -> FormCase {
        let defects = guide.validate(answers, situation: situation, tables: tables)
        let counted = ["form.not-an-identity-number", "form.not-a-credit-code"]
        let isBeyond =
            !defects.isEmpty
            && defects.allSatisfy { defect in
                counted.contains(defect.code) && shaped(defect.element, answers[defect.element] ?? "")
            }
        let written = answers.filter { !$0.value.allSatisfy(\.isWhitespace) }.map { ($0.key, json($0.key, $0.value)) }
        let said = JSONValue.record(Dictionary(uniqueKeysWithValues: written))
        return FormCase(
            why: why, instance: .record(["situation": .record(situation.mapValues(JSONValue.text)), "answers": said]),
            isGood: defects.isEmpty, isBeyondSchema: isBeyond)
    }

    /// Whether a number has the shape of its kind, so that only its check characters can be wrong.
    private func shaped(_ id: String, _ answer: String) -> Bool {
        guard answer.utf8.count == 18 else { return false }
        guard form.fields.first(where: { $0.id == id })?.type == .citizenID else {
            return answer.uppercased().allSatisfy("0123456789ABCDEFGHJKLMNPQRTUWXY".contains)
        }
        return answer.dropLast().allSatisfy(\.isNumber) && CivilDate(answer.dropFirst(6).prefix(8)) != nil
            && "0123456789Xx".contains(answer.suffix(1))
    }

    /// An answer as JSON of its kind; what does not have the kind stays a text.
    private func json(_ id: String, _ answer: String) -> JSONValue {
        switch form.fields.first(where: { $0.id == id })?.type {
        case .integer: Int(answer).flatMap { "\($0)" == answer ? .number($0) : nil } ?? .text(answer)
        case .boolean: ["true": .flag(true), "false": .flag(false)][answer] ?? .text(answer)
        case .multichoice:
            .list(answer.split(separator: ",", omittingEmptySubsequences: false).map { .text(String($0)) })
        default: .text(answer)
        }
    }
}
