import Foundation
import Vocabulary

/// How the faces of a group of certificates look: declared in JSON, lengths in millimetres from the upper left corner
/// of the page, sizes of letters in points, colours as `#rrggbb`.
package struct FaceTemplate: Sendable {
    /// The templates that ship.
    package enum Name: String, Sendable, CaseIterable, Decodable {
        /// 营业执照 and its like: lying, a wide border, a large title, two columns.
        case licence
        /// 许可证: upright, a border, a line for each field.
        case permit
        /// The mirror of a card: two sides on one page.
        case card
        /// 户口簿 and other tables.
        case register
        /// 批文: red head, text.
        case approval
        /// 证明: a plain sheet.
        case proof
    }

    /// What a line of the face says.
    enum Source: String, Decodable {
        case title, english, number, identifier, holder, issuer, issuedOn, validity, example, annotation
        /// Nothing but the template's own words.
        case words
    }

    enum Alignment: String, Decodable { case left, centre, right }

    let id: Name
    /// The size of its pages.
    package let size: PageSize
    let ornaments: [FaceOrnament]
    let lines: [FaceLine]
    let fields: FaceFields
    /// The middle of the seal.
    let seal: Point
    /// Where the QR code stands, its quiet zone within.
    let code: FaceBox

    /// Reads the template that ships under a name. Throws `Fault.misconfigured` when it cannot be read.
    init(_ name: Name) throws {
        let url = Bundle.module.url(forResource: "Resources/faces/\(name.rawValue)", withExtension: "json")
        guard let url else { throw Fault.misconfigured("no face \(name.rawValue)") }
        do {
            self = try JSONDecoder().decode(FaceTemplate.self, from: Data(contentsOf: url))
        } catch {
            throw Fault.misconfigured("the face \(name.rawValue) cannot be read: \(error)")
        }
        guard id == name else { throw Fault.misconfigured("the face \(name.rawValue) is another's") }
    }
}

extension FaceTemplate: Decodable {
    private enum Key: String, CodingKey { case id, page, ornaments, lines, fields, seal, code }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Name.self, forKey: .id)
        let page = try FaceBox.numbers(values.decode([Double].self, forKey: .page), 2, decoder)
        size = PageSize(width: page[0], height: page[1])
        ornaments = try values.decode([FaceOrnament].self, forKey: .ornaments)
        lines = try values.decode([FaceLine].self, forKey: .lines)
        fields = try values.decode(FaceFields.self, forKey: .fields)
        let seal = try FaceBox.numbers(values.decode([Double].self, forKey: .seal), 2, decoder)
        self.seal = Point(seal[0], seal[1])
        code = try values.decode(FaceBox.self, forKey: .code)
    }
}
