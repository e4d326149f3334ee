import Catalogue
import Dossiers
import Vocabulary

/// Why an applicant went wrong, as a clerk can say it with one key: the answers of one guide.
struct CauseChoices {
    private let guide: Guide?
    private let words: Words
    private let elements: [Option]
    private let fields: [Option]

    init(_ guide: Guide?, _ tables: CodeTables, _ words: Words) {
        (self.guide, self.words) = (guide, words)
        elements = GuideElement.all.compactMap { element in
            guard let guide, guide.has(.element(element.id), tables: tables) else { return nil }
            let label = "\(element.id) \(words.pick(element.label))"
            return Option(element.id, label, group: words["cause.group-guide"])
        }
        fields = (guide?.form.fields ?? []).map { field in
            Option(GuidePlace.field(field.id).code, words.pick(field.label), group: words["cause.group-form"])
        }
    }

    /// The answers for a material. Those at the top begin with a digit, which chooses them in the open list. None is
    /// chosen beforehand: a figure that nobody meant misleads the editors.
    func options(for material: String) -> [Option] {
        let parts = GuidePlace.MaterialPart.allCases.enumerated().map { index, part in
            let place = GuidePlace.material(material, part)
            let key = index + 2 > 9 ? "" : "\(index + 2) "
            return Option(place.code, key + words.pick(part.label), group: words["cause.group-material"])
        }
        let isForm = guide?.materials.first { $0.id == material }?.blankForm?.id.hasPrefix("form/") ?? false
        return [
            Option(CorrectionCause.overlooked.code, "1 " + words["cause.overlooked"]),
            Option(CorrectionCause.other.code, "0 " + words["cause.other"]),
        ] + parts + (isForm ? fields : []) + elements
    }
}

extension HTML {
    /// Writes the question why a material came as it did, and the clerk's own words.
    mutating func cause(of material: String, _ form: DeedForm, _ choices: CauseChoices) {
        field(form.field("cause-\(material)", words["cause.label"], .list(choices.options(for: material))))
        field(
            form.optional(
                "words-\(material)", words["cause.words"],
                .text(max: MaterialDefect.wordsCharactersMax), hint: words["cause.words-hint"]))
    }
}

extension Words {
    /// A cause in words; `guide` says what its places are called, as far as it is at hand.
    func cause(_ cause: CorrectionCause, in guide: Guide?) -> String {
        switch cause {
        case .overlooked: self["cause.overlooked"]
        case .other: self["cause.other"]
        case .guide(let place):
            self("cause.guide", ["place": pick(guide?.label(of: place) ?? place.plainLabel)])
        }
    }

    /// That the guide will be improved where it misled; empty where it did not.
    func apology(_ defects: [MaterialDefect], in guide: Guide?) -> String {
        var labels: [String] = []
        for place in defects.compactMap({ $0.cause?.place }) {
            let label = quoted(pick(guide?.label(of: place) ?? place.plainLabel))
            if !labels.contains(label) { labels.append(label) }
        }
        return labels.isEmpty ? "" : self("cause.apology", ["places": list(labels)])
    }

    private func quoted(_ text: String) -> String { "\u{201C}\(text)\u{201D}" }
}
