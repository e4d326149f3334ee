/// Reads the little of XML that batches are made of.
struct XMLReader {
    private let text: [Unicode.Scalar]
    private var place = 0

    struct Tag {
        let name: String
        let attributes: [String: String]
    }

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    var wrong: BatchUnreadable { BatchUnreadable(place: "character \(place)") }

    private func stands(_ word: String) -> Bool { text[place...].starts(with: word.unicodeScalars) }

    private mutating func take(_ word: String) throws(BatchUnreadable) {
        guard stands(word) else { throw wrong }
        place += word.unicodeScalars.count
    }

    private mutating func skipSpace() {
        while place < text.count, text[place].properties.isWhitespace { place += 1 }
    }

    mutating func prologue() throws(BatchUnreadable) {
        if stands("\u{FEFF}") { place += 1 }
        guard stands("<?xml") else { return skipSpace() }
        while !stands("?>") {
            place += 1
            guard place < text.count else { throw wrong }
        }
        place += 2
        skipSpace()
    }

    private static func isOfName(_ one: Unicode.Scalar) -> Bool {
        one.properties.isAlphabetic || "_-.0123456789".unicodeScalars.contains(one)
    }

    private mutating func name() throws(BatchUnreadable) -> String {
        var name = ""
        while place < text.count, Self.isOfName(text[place]) {
            name.unicodeScalars.append(text[place])
            place += 1
        }
        guard !name.isEmpty else { throw wrong }
        return name
    }

    mutating func opening() throws(BatchUnreadable) -> Tag {
        try take("<")
        let name = try name()
        var attributes: [String: String] = [:]
        skipSpace()
        while !stands(">") {
            let key = try self.name()
            try take("=\"")
            let value = try characters(until: "\"")
            place += 1
            guard attributes.updateValue(value, forKey: key) == nil else { throw wrong }
            skipSpace()
        }
        place += 1
        return Tag(name: name, attributes: attributes)
    }

    /// The next element inside another; nil at its end, which is passed.
    mutating func child(of parent: String) throws(BatchUnreadable) -> Tag? {
        skipSpace()
        guard stands("</") else { return try opening() }
        try take("</\(parent)>")
        return nil
    }

    mutating func content(of name: String) throws(BatchUnreadable) -> String {
        let content = try characters(until: "<")
        try take("</\(name)>")
        return content
    }

    mutating func end() throws(BatchUnreadable) {
        skipSpace()
        guard place == text.count else { throw wrong }
    }

    private mutating func characters(until end: Unicode.Scalar) throws(BatchUnreadable) -> String {
        var found = String.UnicodeScalarView()
        while place < text.count, text[place] != end {
            if text[place] == "<" { throw wrong }
            if text[place] == "&" {
                found.append(try entity())
            } else {
                found.append(text[place])
                place += 1
            }
        }
        guard place < text.count else { throw wrong }
        return String(found)
    }

    private mutating func entity() throws(BatchUnreadable) -> Unicode.Scalar {
        place += 1
        var name = ""
        while place < text.count, text[place] != ";", name.count < 10 {
            name.unicodeScalars.append(text[place])
            place += 1
        }
        try take(";")
        let known: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let one = known[name] { return one }
        let digits = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst(1))
        guard name.hasPrefix("#"), let digits, let one = Unicode.Scalar(digits) else { throw wrong }
        return one
    }
}
