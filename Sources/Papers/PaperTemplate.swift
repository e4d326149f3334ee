import Foundation
import Vocabulary

/// How a kind of paper is written: data, in versions, pinned by the digest of its bytes. The Chinese text is the
/// paper; the English one is a translation for readers and stands on no paper.
package struct PaperTemplate: Hashable, Sendable, Codable {
    /// A word or two in both languages.
    package struct Term: Hashable, Sendable, Codable {
        package let zh: String
        package let en: String
    }

    /// What is written, from the top down.
    package struct Text: Hashable, Sendable, Codable {
        package let title: String
        /// Its name where the law of licences applies by analogy only (`law` is `@likewise`): 准予办理决定书.
        let plainTitle: String?
        package let blocks: [Block]

        func title(_ values: [String: PaperValue]) -> String {
            values["law"] == .text("@likewise") ? plainTitle ?? title : title
        }
    }

    /// One piece of it.
    package struct Block: Hashable, Sendable, Codable {
        package enum Kind: String, Hashable, Sendable, Codable {
            /// The red head, the number over its line, the title: without a text of their own.
            case masthead, number, title
            case addressee, paragraph, heading, remedies, closing, note
            /// `of` a particular of that shape.
            case list, table
            /// Pairs of a name and a text.
            case facts
            /// The body's name and the day, under the seal.
            case signature
            /// Lines to sign.
            case signers
            /// The strip that whoever takes the paper signs.
            case receipt
        }

        package struct Column: Hashable, Sendable, Codable {
            let label: String
            /// How wide it is to the others.
            let share: Int
        }

        package let type: Kind
        /// A text with `{particulars}`. It is left out where it names an optional one that is empty.
        var text: String?
        /// The particular of a list or table; of a heading, the one without which it is left out.
        var of: String?
        var columns: [Column]?
        var facts: [[String]]?
        var labels: [String]?
    }

    package let kind: String
    /// 1 for the first.
    package let version: Int
    package let terms: [String: Term]
    package let zh: Text
    package let en: Text

    /// SHA-256 of the canonical bytes, in hexadecimal: what a paper is pinned to.
    package func digest() throws -> String { try TemplateDigest.of(bytes()) }

    /// The canonical bytes, as they are kept.
    package func bytes() throws -> [UInt8] { try CanonicalJSON.bytes(of: self) }

    /// Reads a template whole. Refuses, by `PaperRefusal.templateUnfit`, what could not be printed for each paper of
    /// its kind.
    package init(_ bytes: [UInt8]) throws {
        do {
            self = try JSONDecoder().decode(PaperTemplate.self, from: Data(bytes))
        } catch {
            throw PaperRefusal.templateUnfit("no template in JSON")
        }
        try TemplateCheck(self).run()
    }

    /// The Chinese name of a paper that says this.
    package func title(_ values: [String: PaperValue]) -> String { zh.title(values) }

    /// The text in a language.
    func text(isChinese: Bool) -> Text { isChinese ? zh : en }
}
