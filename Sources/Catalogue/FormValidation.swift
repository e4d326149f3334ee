import Vocabulary

extension Guide {
    /// What is wrong with the answers about the situation and on the form; empty when they can be handed in.
    ///
    /// Answers to fields that the situation does not ask for, or that no field asks for, are refused: nothing is
    /// stored that nobody asked for (行政许可法 art. 31).
    package func validate(
        _ answers: [String: String], situation: [String: String], tables: CodeTables
    ) -> [GuideDefect] {
        let fields = form.fields.filter { $0.appliesWhen.hold(for: situation) }
        let known = Set(fields.map(\.id))
        let foreign = answers.keys.filter { !known.contains($0) }.sorted().map { id in
            GuideDefect(
                "form.unknown-field", id, Bilingual("这一项不需要填写", "Nothing is asked here"),
                mend: Bilingual("请删除这一项", "Please remove it"))
        }
        return validate(situation: situation)
            + fields.flatMap { $0.defects(in: answers[$0.id] ?? "", tables: tables) } + foreign
    }

    /// What is wrong with the choices about the situation: each question needs exactly one of its answers.
    package func validate(situation choices: [String: String]) -> [GuideDefect] {
        let unanswered = situations.compactMap { question -> GuideDefect? in
            guard let choice = choices[question.id] else {
                return GuideDefect(
                    "form.situation-unanswered", question.id,
                    Bilingual("还没有回答：", "Not answered yet: ") + question.question,
                    mend: Bilingual("请选择一项", "Please choose one"))
            }
            return question.choices.contains { $0.id == choice } ? nil : wrongChoice(question.id)
        }
        let known = Set(situations.map(\.id))
        return unanswered + choices.keys.filter { !known.contains($0) }.sorted().map(wrongChoice)
    }

    private func wrongChoice(_ id: String) -> GuideDefect {
        GuideDefect(
            "form.situation-unknown", id, Bilingual("没有这个选项", "There is no such choice"),
            mend: Bilingual("请在列出的选项中选择", "Please choose one of those listed"))
    }
}

extension FormField {
    /// What is wrong with one answer.
    package func defects(in answer: String, tables: CodeTables) -> [GuideDefect] {
        if answer.allSatisfy(\.isWhitespace) {
            return required
                ? [defect("required", "请填写“\(label.zh)”", "Please fill in \"\(label.en)\"", hint ?? label)] : []
        }
        let most = maxLength ?? Limits.textCharactersMax
        guard answer.count <= most else {
            return [
                defect(
                    "too-long", "“\(label.zh)”最多\(most)个字", "\"\(label.en)\" takes \(most) characters at most",
                    Bilingual("请缩短到\(most)个字以内", "Please shorten it to \(most) characters"))
            ]
        }
        guard hasOnlyAllowedControls(answer) else {
            return [
                defect(
                    "not-text", "“\(label.zh)”含有不能使用的字符", "\"\(label.en)\" has characters that cannot be used",
                    Bilingual("请删除后重新填写", "Please remove them"))
            ]
        }
        return shapeDefect(in: answer, tables: tables).map { [$0] } ?? []
    }

    private func hasOnlyAllowedControls(_ answer: String) -> Bool {
        let lines = type == .multiline
        return answer.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control
                || (lines && (scalar == "\n" || scalar == "\r" || scalar == "\t"))
        }
    }

    private func shapeDefect(in answer: String, tables: CodeTables) -> GuideDefect? {
        switch type {
        case .text, .multiline, .address: nil
        case .integer: numberDefect(Int(answer).flatMap { "\($0)" == answer ? $0 : nil })
        case .money: moneyDefect(answer)
        case .date:
            CivilDate(answer).flatMap { $0.description == answer ? $0 : nil } == nil
                ? defect(
                    "not-a-date", "“\(label.zh)”不是日期", "\"\(label.en)\" is not a date",
                    Bilingual("请按“2026-11-24”的样式填写", "Please write it like 2026-11-24")) : nil
        case .choice, .multichoice: choiceDefect(answer, tables)
        case .phone:
            isPhone(answer)
                ? nil
                : defect(
                    "not-a-phone", "“\(label.zh)”不是电话号码", "\"\(label.en)\" is not a telephone number",
                    Bilingual(
                        "请填写11位手机号码，或者带区号的固定电话，如0591-00000000",
                        "Please give a mobile number of 11 digits, or a landline with area code such as 0591-00000000"
                    ))
        case .citizenID:
            CitizenID(answer) == nil
                ? defect(
                    "not-an-identity-number", "“\(label.zh)”不正确", "\"\(label.en)\" is not right",
                    Bilingual("请对照身份证核对18位号码", "Please compare the 18 characters with the card")) : nil
        case .creditCode:
            CreditCode(answer) == nil
                ? defect(
                    "not-a-credit-code", "“\(label.zh)”不正确", "\"\(label.en)\" is not right",
                    Bilingual("请对照营业执照核对18位代码", "Please compare the 18 characters with the business licence")) : nil
        case .boolean:
            answer == "true" || answer == "false"
                ? nil
                : defect(
                    "not-a-choice", "“\(label.zh)”请选择是或否", "Please answer \"\(label.en)\" with yes or no",
                    Bilingual("请选择一项", "Please choose one"))
        }
    }

    private func numberDefect(_ number: Int?) -> GuideDefect? {
        guard let number else {
            return defect(
                "not-a-number", "“\(label.zh)”不是整数", "\"\(label.en)\" is not a whole number",
                Bilingual("请只填写数字", "Please write digits only"))
        }
        if let min, number < min { return outOfRange("too-small", Bilingual("不能小于\(min)", "no less than \(min)")) }
        if let max, number > max { return outOfRange("too-large", Bilingual("不能大于\(max)", "no more than \(max)")) }
        return nil
    }

    /// LIMIT: money has at most 13 digits before the point and two after it.
    private func moneyDefect(_ answer: String) -> GuideDefect? {
        let parts = answer.split(separator: ".", omittingEmptySubsequences: false)
        let digits = { (part: Substring) in
            !part.isEmpty && part.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        }
        guard parts.count <= 2, parts.allSatisfy(digits), parts[0].count <= 13, parts.count == 1 || parts[1].count <= 2,
            let yuan = Int(parts[0]), let cents = parts.count == 1 ? 0 : Int((parts[1] + "0").prefix(2))
        else {
            return defect(
                "not-money", "“\(label.zh)”不是金额", "\"\(label.en)\" is not an amount",
                Bilingual("请以元为单位填写，最多两位小数", "Please write it in yuan with at most two decimals"))
        }
        if let min, yuan < min { return outOfRange("too-small", Bilingual("不能小于\(min)元", "no less than \(min) yuan")) }
        if let max, yuan > max || (yuan == max && cents > 0) {
            return outOfRange("too-large", Bilingual("不能大于\(max)元", "no more than \(max) yuan"))
        }
        return nil
    }

    private func outOfRange(_ code: String, _ bound: Bilingual) -> GuideDefect {
        defect(
            code, "“\(label.zh)”\(bound.zh)", "\"\(label.en)\" must be \(bound.en)",
            Bilingual("请核对后重新填写", "Please check and write it again"))
    }

    private func choiceDefect(_ answer: String, _ tables: CodeTables) -> GuideDefect? {
        let ids = codeTable.map { tables.codes($0).map(\.code) } ?? (options ?? []).map(\.id)
        let chosen =
            type == .choice ? [answer] : answer.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard chosen.allSatisfy(ids.contains), Set(chosen).count == chosen.count else {
            return defect(
                "not-a-choice", "“\(label.zh)”没有这个选项", "\"\(label.en)\" has no such choice",
                Bilingual("请在列出的选项中选择", "Please choose among those listed"))
        }
        return nil
    }

    private func isPhone(_ answer: String) -> Bool {
        if MobileNumber(answer) != nil { return true }
        let parts = answer.split(separator: "-", omittingEmptySubsequences: false)
        let digit = (UInt8(ascii: "0")...UInt8(ascii: "9"))
        return parts.count == 2 && parts.allSatisfy { $0.utf8.allSatisfy(digit.contains) } && parts[0].hasPrefix("0")
            && (3...4).contains(parts[0].count) && (7...8).contains(parts[1].count)
    }

    private func defect(_ code: String, _ zh: String, _ en: String, _ mend: Bilingual) -> GuideDefect {
        GuideDefect("form." + code, id, Bilingual(zh, en), mend: mend)
    }
}
