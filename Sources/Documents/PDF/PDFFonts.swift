/// The fonts of a file: one for each face of its typeface that draws a character of it.
struct PDFFonts {
    private let typeface: Typeface
    private let fonts: [(name: String, face: Int, font: PDFFont)]

    /// The fonts of everything that is written on these pages. Refuses a character that no face draws.
    init(_ typeface: Typeface, for sheets: [[Mark]]) throws {
        var used: Set<Unicode.Scalar> = []
        for case .text(let text, _, _) in sheets.joined() { used.formUnion(text.unicodeScalars) }
        let characters = try used.sorted().map { character throws(DocumentRefusal) in
            (character, try typeface.glyph(of: character))
        }
        var fonts: [(name: String, face: Int, font: PDFFont)] = []
        for (index, face) in typeface.faces.enumerated() {
            let own = characters.filter { $0.1.face == index }
            // A file without a word has a font all the same.
            guard index == 0 || !own.isEmpty else { continue }
            fonts.append(
                (Self.name(index), index, try PDFFont(face, characters: own.map(\.0), glyphs: own.map(\.1.number))))
        }
        (self.typeface, self.fonts) = (typeface, fonts)
    }

    /// The name of a face among the resources of a page.
    static func name(_ face: Int) -> String { face == 0 ? "F" : "F\(face)" }

    /// A text in pieces of one font each, in hexadecimal digits, four for each character.
    func runs(of text: String) -> [(name: String, codes: String)] {
        var runs: [(name: String, codes: String)] = []
        for scalar in text.unicodeScalars {
            for entry in fonts {
                guard let code = entry.font.code(of: scalar) else { continue }
                if runs.last?.name != entry.name { runs.append((entry.name, "")) }
                runs[runs.count - 1].codes += code
                break
            }
        }
        return runs
    }

    /// Writes the fonts and answers the dictionary of a page that names them.
    func write(to body: inout PDFBody) -> String {
        fonts.map { "/\($0.name) \($0.font.write(to: &body)) 0 R" }.joined(separator: " ")
    }
}
