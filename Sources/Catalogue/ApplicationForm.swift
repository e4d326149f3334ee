/// 申请表: the form that an applicant fills in, declared page by page.
package struct ApplicationForm: Hashable, Sendable, Codable {
    /// One page: few questions that belong together.
    package struct Page: Hashable, Sendable, Codable {
        package let id: String
        package let title: Bilingual
        package let fields: [FormField]
    }

    package let pages: [Page]
    /// The choices under which the sample is filled in.
    package let sampleSituation: [String: String]
    /// A form filled in with synthetic answers, by field id: what the sample form (示范文本) shows.
    package let sample: [String: String]

    /// All fields in their order.
    package var fields: [FormField] { pages.flatMap(\.fields) }

    /// The pages and fields that the situation asks for; pages without any are left out.
    package func pages(for situation: [String: String]) -> [Page] {
        pages { $0.appliesWhen.hold(for: situation) }
    }

    /// The pages and fields that the situation can still ask for, while questions about it are open.
    package func pages(stillOpenIn situation: [String: String]) -> [Page] {
        pages { $0.appliesWhen.mayHold(for: situation) }
    }

    private func pages(with isAsked: (FormField) -> Bool) -> [Page] {
        pages.compactMap { page in
            let fields = page.fields.filter(isAsked)
            return fields.isEmpty ? nil : Page(id: page.id, title: page.title, fields: fields)
        }
    }
}

extension ApplicationForm {
    /// The answers as official papers and faces say them: what was chosen by its Chinese label, everything else as it
    /// was written.
    package func inWords(_ answers: [String: String], _ tables: CodeTables) -> [String: String] {
        var said = answers
        for field in fields where [.choice, .multichoice].contains(field.type) {
            said[field.id] = answers[field.id].map { answer in
                field.chosen(answer, tables).map(\.zh).joined(separator: "、")
            }
        }
        return said
    }
}

/// One question of a form. Answers are text: dates `2026-11-24`, truth values `true` and `false`, several choices
/// joined by commas, money in yuan with at most two decimals.
package struct FormField: Hashable, Sendable, Codable {
    /// What kind of answer is expected.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case text, multiline, integer, date, choice, multichoice, phone, citizenID, creditCode, address, boolean, money
    }

    /// One answer to choose.
    package struct Option: Hashable, Sendable, Codable {
        package let id: String
        package let label: Bilingual
    }

    /// Where an answer can come from before anybody types.
    package struct Prefill: Hashable, Sendable, Codable {
        /// The account of whoever applies, the face of a certificate in the library, the applicant's last application
        /// for the same item, the register of organisations.
        package enum Source: String, Sendable, Codable { case account, certificate, earlier, register }
        package let source: Source
        /// 21 characters, for a certificate.
        package let certificateTypeCode: String?
        /// A face field of the certificate, a question of the form, or one of `accountFields` or `registerFields`.
        package let field: String

        /// What an account can supply.
        package static let accountFields = [
            "name", "citizenID", "phone", "address", "organisationName", "creditCode", "legalRepresentative",
        ]

        /// What the register says of an organisation.
        package static let registerFields = ["organisationName", "creditCode", "legalRepresentative"]
    }

    package let id: String
    package let label: Bilingual
    package let type: Kind
    package let required: Bool
    /// LIMIT: characters of the answer; nil leaves `Limits.textCharactersMax`.
    package let maxLength: Int?
    /// The least and greatest number; for money in whole yuan.
    package let min: Int?
    package let max: Int?
    package let options: [Option]?
    /// The name of a code table whose codes are the options.
    package let codeTable: String?
    package let hint: Bilingual?
    package let appliesWhen: [SituationCondition]
    package let prefill: Prefill?
    /// Whether the answer is personal data.
    package let personal: Bool
}

extension FormField {
    /// The labels of what was chosen, in the order of the answer; what nobody offers is its own label.
    package func chosen(_ answer: String, _ tables: CodeTables) -> [Bilingual] {
        answer.split(separator: ",").map { id in
            options?.first { $0.id == id }?.label ?? codeTable.map { tables.label($0, String(id)) } ?? .same(String(id))
        }
    }
}

/// 情形: a question about the applicant's situation, in plain words, with its answers.
package struct Situation: Hashable, Sendable, Codable {
    /// One answer.
    package struct Choice: Hashable, Sendable, Codable {
        package let id: String
        package let label: Bilingual
        package let note: Bilingual?
    }

    package let id: String
    package let question: Bilingual
    package let choices: [Choice]

    /// The same question with only these answers; a question without a list keeps all of them.
    func limited(to ids: [String]?) -> Situation {
        guard let ids else { return self }
        return Situation(id: id, question: question, choices: choices.filter { ids.contains($0.id) })
    }
}
