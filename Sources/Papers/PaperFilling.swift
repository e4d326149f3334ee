package import Vocabulary

/// The texts of a template with the particulars of one paper in them, in one language.
struct PaperFilling {
    /// A piece of a text: letters, or the name of a particular.
    enum Piece: Hashable {
        case letters(Substring)
        case named(String)

        var name: String? {
            if case .named(let name) = self { return name }
            return nil
        }
    }

    let template: PaperTemplate
    let values: [String: PaperValue]
    /// Body, number and day.
    let standing: [String: String]
    let isChinese: Bool

    /// The pieces of a text. Refuses a brace without its partner.
    static func pieces(of text: String) throws(PaperRefusal) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { throw .templateUnfit(text) }
            let name = rest[rest.index(after: open)..<close]
            guard !name.isEmpty, !name.contains("{") else { throw .templateUnfit(text) }
            if open > rest.startIndex { pieces.append(.letters(rest[..<open])) }
            pieces.append(.named(String(name)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.letters(rest)) }
        return pieces
    }

    /// The text with its particulars; nil where one of them is not said.
    func text(_ text: String) throws(PaperRefusal) -> String? {
        var filled = ""
        for piece in try Self.pieces(of: text) {
            switch piece {
            case .letters(let letters): filled += letters
            case .named(let name):
                guard let said = said(name) else { return nil }
                filled += said
            }
        }
        return filled
    }

    private func said(_ name: String) -> String? {
        if let text = standing[name] { return text }
        // A reader of English gets the English name where there is one.
        let value = isChinese ? values[name] : values[name + "English"] ?? values[name]
        switch value {
        case .text(let text): return value?.isEmpty == true ? nil : term(text)
        case .day(let day): return PaperDay.text(day, isChinese: isChinese)
        case .list, .table, .drawing, nil: return nil
        }
    }

    /// A term of the template in the language, or the text as it is.
    func term(_ text: String) -> String {
        guard text.hasPrefix("@"), let term = template.terms[String(text.dropFirst())] else { return text }
        return isChinese ? term.zh : term.en
    }

    func list(_ id: String) -> [String] {
        guard case .list(let lines) = values[id] else { return [] }
        return lines.map(term).filter { !$0.isEmpty }
    }

    func table(_ id: String) -> [[String]] {
        guard case .table(let rows) = values[id] else { return [] }
        return rows.map { $0.map(term) }
    }

    /// The signature that was drawn; nil where one signs by hand or by a code.
    var drawing: DrawnSignature? {
        for name in values.keys.sorted() {
            if case .drawing(let drawing) = values[name] { return drawing }
        }
        return nil
    }

    /// Whether a particular is said at all.
    func says(_ id: String) -> Bool { values[id].map { !$0.isEmpty } ?? false }
}

/// A day as papers write it: `2026年11月24日`, `24 November 2026`.
package enum PaperDay {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The day in a language.
    package static func text(_ day: CivilDate, isChinese: Bool) -> String {
        let (year, month, date) = day.parts
        return isChinese ? "\(year)年\(month)月\(date)日" : "\(date) \(months[month - 1]) \(year)"
    }
}
