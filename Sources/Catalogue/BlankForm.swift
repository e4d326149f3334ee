/// The text of a letter that applicants fill in: 授权委托书, 告知承诺书 and the like.
package struct BlankForm: Hashable, Sendable, Codable {
    /// A place to fill in, `{id}` in the text.
    package struct Placeholder: Hashable, Sendable, Codable {
        package let id: String
        package let label: Bilingual
        package let sample: Bilingual
    }

    /// `letter/NAME`.
    package let id: String
    package let title: Bilingual
    package let paragraphs: [Bilingual]
    package let placeholders: [Placeholder]
    package let source: FactSource

    private struct File: Decodable { let forms: [BlankForm] }

    /// The letters that ship.
    package static func shipped() throws -> [BlankForm] {
        try CatalogueResource.decoded(File.self, "blank_forms.json").forms
    }

    /// The paragraphs with a line to write on at each place.
    package var blank: [Bilingual] { filled { _ in Bilingual("＿＿＿＿＿＿", "____________") } }

    /// The paragraphs as the sample shows them (示范文本).
    package var sample: [Bilingual] { filled(\.sample) }

    /// The paragraphs with values by placeholder; a place without a value keeps its line.
    package func filled(with values: [String: String]) -> [Bilingual] {
        filled { place in values[place.id].map { .same($0) } ?? Bilingual("＿＿＿＿＿＿", "____________") }
    }

    private func filled(_ value: (Placeholder) -> Bilingual) -> [Bilingual] {
        let values = placeholders.map { (mark: "{\($0.id)}", text: value($0)) }
        return paragraphs.map { paragraph in
            values.reduce(paragraph) { text, value in
                Bilingual(
                    text.zh.replacing(value.mark, with: value.text.zh),
                    text.en.replacing(value.mark, with: value.text.en))
            }
        }
    }
}
