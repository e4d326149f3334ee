package import Vocabulary

/// What stands on the face of a certificate (照面): texts only, in the order in which they are printed.
package struct FaceText: Sendable, Hashable {
    /// LIMIT: fields of a face, bytes of a label, of a value and of all values.
    package static let fieldsMax = 200
    package static let labelBytesMax = 256
    package static let valueBytesMax = 16 * 1024
    package static let bytesMax = 128 * 1024

    /// A fact of the face. Without a label its value is a paragraph.
    package struct Field: Sendable, Hashable {
        package let label: String
        package let value: String

        package init(_ label: String, _ value: String) {
            (self.label, self.value) = (label, value)
        }
    }

    /// What an annotated copy (加注件) says of itself.
    package struct Annotation: Sendable, Hashable {
        /// What it may be used for.
        package let purpose: String
        /// Who may use it; nil for whoever has it.
        package let recipient: String?
        package let validUntil: CivilDate

        package init(purpose: String, recipient: String?, validUntil: CivilDate) {
            (self.purpose, self.recipient, self.validUntil) = (purpose, recipient, validUntil)
        }
    }

    package var title: String
    /// The title in English; most certificates have none.
    package var english: String?
    /// 证照编号.
    package var number: String
    /// 证照标识, as it is printed.
    package var identifier: String
    package var holder: String
    package var fields: [Field]
    /// The body's whole name.
    package var issuer: String
    package var issuedOn: CivilDate
    /// The first day on which it is valid; without it nothing is said of validity.
    package var validFrom: CivilDate?
    /// The last day; nil for one that is valid for good (长期).
    package var validUntil: CivilDate?
    /// What the QR code holds; nil for none.
    package var code: String?
    /// What a face without legal force says of itself; nil on a real one.
    package var example: String?
    package var annotation: Annotation?

    /// A face without validity, code and marks, which may be set afterwards.
    package init(
        title: String, number: String, identifier: String, holder: String, fields: [Field], issuer: String,
        issuedOn: CivilDate
    ) {
        (self.title, self.number, self.identifier, self.holder) = (title, number, identifier, holder)
        (self.fields, self.issuer, self.issuedOn) = (fields, issuer, issuedOn)
    }
}

extension FaceText {
    /// The text that a line of a template asks for; nil where there is none.
    func text(of source: FaceTemplate.Source) -> String? {
        switch source {
        case .title: title
        case .english: english
        case .number: number
        case .identifier: identifier
        case .holder: holder
        case .issuer: issuer
        case .issuedOn: issuedOn.written
        case .validity: validFrom.map { "\($0.written)至\(validUntil?.written ?? "长期")" }
        case .example: example
        case .annotation: annotation?.line
        case .words: ""
        }
    }
}

extension FaceText.Annotation {
    /// The line at the foot of the copy.
    var line: String {
        let recipient = recipient.map { "；使用单位：\($0)" } ?? ""
        return "加注件　用途：\(purpose)\(recipient)；有效期至\(validUntil.written)"
    }

    /// What is written across the page.
    var watermark: String { "仅供\(recipient ?? "")\(purpose)使用　有效期至\(validUntil.written)" }
}

extension CivilDate {
    /// `2026年11月24日`.
    var written: String {
        let (year, month, day) = parts
        return "\(year)年\(month)月\(day)日"
    }
}
