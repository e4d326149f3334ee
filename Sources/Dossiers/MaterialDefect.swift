package import Catalogue
import Vocabulary

/// What is wrong with one material, as it stands in a notice (行政许可法 art. 32(4): everything at once), and why the
/// applicant went wrong.
package struct MaterialDefect: Hashable, Sendable {
    /// The sorts of defect a notice names.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case missing, incomplete, wrongForm, illegible, expired, inconsistent
    }

    /// The material's id in the guide.
    package let material: String
    package let kind: Kind
    /// Why; nil in notices from before it was asked, which stay as they are.
    package let cause: CorrectionCause?
    /// The clerk's own words about the cause. Free text: it stands in the personal part of an event.
    package fileprivate(set) var words: String?

    package init(_ material: String, _ kind: Kind, _ cause: CorrectionCause?, words: String? = nil) {
        (self.material, self.kind, self.cause, self.words) = (material, kind, cause, words)
    }

    /// Whether it names the same defect, whatever it came from.
    func isSame(as other: MaterialDefect) -> Bool { material == other.material && kind == other.kind }

    /// LIMIT: characters of a clerk's words about one cause.
    package static let wordsCharactersMax = 60
    /// LIMIT: digits in a row that words may have: fewer than any telephone number.
    static let digitsMax = 6
}

extension MaterialDefect: Codable {
    // The words are left out: they are personal.
    private enum CodingKeys: String, CodingKey { case material, kind, cause }
}

/// The public part of a notice.
struct NoticeDefects: Codable {
    let defects: [MaterialDefect]
}

/// The personal part of a notice: its remark, and the words about each material by the material's id.
struct NoticeWords: Codable {
    let text: String?
    let words: [String: String]?

    /// Nil when nothing was written.
    init?(_ defects: [MaterialDefect], _ note: DossierEvent.Note?) {
        let pairs = defects.compactMap { defect in defect.words.map { (defect.material, $0) } }
        guard note != nil || !pairs.isEmpty else { return nil }
        text = note?.text
        words = pairs.isEmpty ? nil : Dictionary(pairs) { first, _ in first }
    }

    var note: DossierEvent.Note? { text.map { DossierEvent.Note(text: $0) } }

    /// The defects with the words that were written about each.
    func restored(to defects: [MaterialDefect]) -> [MaterialDefect] {
        defects.map { defect in
            var defect = defect
            defect.words = words?[defect.material]
            return defect
        }
    }
}

extension DossierRules {
    /// The defects of a new notice, each with a cause that can be counted. The words of a cause name nobody: editors
    /// read them, who have no power over the dossier. Whether the guide has a place is looked up where the guide is.
    func requireCauses(_ defects: [MaterialDefect], _ dossier: Dossier) throws(DossierRefusal) -> [MaterialDefect] {
        var checked: [MaterialDefect] = []
        for defect in defects {
            guard let cause = defect.cause else { throw .causeMissing }
            switch cause.place {
            case .material(let material, _): try requirePlace(dossier.submitted.terms.materials.contains(material))
            case .element(let id): try requirePlace(GuideElement.named(id) != nil)
            case .field, nil: break
            }
            let said = defect.words ?? ""
            let words = said.allSatisfy(\.isWhitespace) ? nil : said
            guard cause != .other || words != nil else { throw .causeWordsMissing }
            guard said.count <= MaterialDefect.wordsCharactersMax else { throw .textTooLong }
            if let words, Self.namesSomebody(words, dossier.personal) { throw .causeWordsPersonal }
            checked.append(MaterialDefect(defect.material, defect.kind, cause, words: words))
        }
        return checked
    }

    private func requirePlace(_ isThere: Bool) throws(DossierRefusal) {
        guard isThere else { throw .placeNotInGuide }
    }

    /// Whether words name the applicant or the agent, or hold a number as long as a telephone's.
    private static func namesSomebody(_ words: String, _ personal: Submission.Personal?) -> Bool {
        let names = [personal?.applicantName, personal?.agentName].compactMap { $0 }.filter { $0.count > 1 }
        if names.contains(where: words.contains) { return true }
        var run = 0
        for scalar in words.unicodeScalars {
            run = scalar.properties.generalCategory == .decimalNumber ? run + 1 : 0
            if run > MaterialDefect.digitsMax { return true }
        }
        return false
    }
}
