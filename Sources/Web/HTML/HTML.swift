package import Vocabulary

/// A page in the making: bytes that only grow, and the words of whoever will read them.
///
/// Markup enters as a literal of the source (`raw`), data only through `text` and `Attribute`, which escape. A `String`
/// cannot be passed as markup, so data that nobody escaped does not compile.
package struct HTML: Sendable {
    /// The UTF-8 bytes written so far.
    package private(set) var bytes: [UInt8] = []
    /// The words of the reader: language and door.
    package let words: Words
    /// Whether Chinese is marked as such: on a page in another language, outside elements that say their language.
    private var marksChinese: Bool

    /// An empty page with room for a usual one.
    package init(words: Words) {
        self.words = words
        marksChinese = words.language != .zh
        bytes.reserveCapacity(24 * 1024)
    }

    /// Writes markup that stands in the source as a literal.
    package mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes data as text; `& < > " '` are escaped, control characters that HTML forbids become U+FFFD. Chinese on a
    /// page in another language is marked as Chinese.
    package mutating func text(_ data: String) {
        guard marksChinese, ChineseText.isIn(data) else { return escape(data) }
        write(ChineseText.runs(data))
    }

    /// Writes a number in plain digits.
    package mutating func text(_ number: Int) {
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes the word with this key, as text.
    package mutating func say(_ key: StaticString, _ values: KeyValuePairs<String, String> = [:]) {
        text(words(key, values))
    }

    /// Writes JSON-LD as a block of data. It is no script: browsers never run it, so the content security policy, which
    /// forbids scripts in the page, has nothing to say of it. What could end the block is written as JSON writes it.
    package mutating func linkedData(_ json: [UInt8]) {
        raw("<script type=\"application/ld+json\">")
        for byte in json {
            switch byte {
            case UInt8(ascii: "<"): raw("\\u003c")
            case UInt8(ascii: ">"): raw("\\u003e")
            case UInt8(ascii: "&"): raw("\\u0026")
            default: bytes.append(byte)
            }
        }
        raw("</script>")
    }

    /// Writes an element with its children. A name without children is written by `void`.
    package mutating func element(
        _ name: StaticString, _ attributes: Attribute?..., children: (inout HTML) -> Void
    ) {
        open(name, attributes)
        let before = marksChinese
        if let isChinese = attributes.lazy.compactMap({ $0?.isChinese }).first { marksChinese = !isChinese }
        children(&self)
        marksChinese = before
        close(name)
    }

    /// Writes an element that holds one text.
    package mutating func element(_ name: StaticString, _ attributes: Attribute?..., text data: String) {
        let isMarked =
            marksChinese && ChineseText.isIn(data) && !attributes.contains { $0?.isChinese != nil }
        let runs = isMarked ? ChineseText.runs(data) : []
        if isMarked, runs.count == 1 || ChineseText.holdsCharactersOnly(name) {
            open(name, attributes + [Attribute("lang", Language.zh.tag)])
            escape(data)
        } else {
            open(name, attributes)
            if isMarked { write(runs) } else { escape(data) }
        }
        close(name)
    }

    /// Writes an element that has no end tag (`input`, `img`, `br`, `hr`).
    package mutating func void(_ name: StaticString, _ attributes: Attribute?...) {
        open(name, attributes)
    }

    /// Writes the start tag; for components that have more than one exit between start and end.
    package mutating func open(_ name: StaticString, _ attributes: [Attribute?]) {
        raw("<")
        raw(name)
        for attribute in attributes { if let attribute { write(attribute) } }
        raw(">")
    }

    /// Writes the end tag that belongs to `open`.
    package mutating func close(_ name: StaticString) {
        raw("</")
        raw(name)
        raw(">")
    }

    /// Writes a text of which a part is Chinese; mixed runs keep together within one element, because the parts of a
    /// flexible row would otherwise be set apart.
    private mutating func write(_ runs: [ChineseText.Run]) {
        if runs.count > 1 { raw("<span>") }
        for run in runs {
            if run.isChinese { open("span", [Attribute("lang", Language.zh.tag)]) }
            escape(run.text)
            if run.isChinese { close("span") }
        }
        if runs.count > 1 { close("span") }
    }

    private mutating func write(_ attribute: Attribute) {
        raw(" ")
        raw(attribute.name)
        switch attribute.value {
        case .flag: return
        case .fixed(let literal):
            raw("=\"")
            raw(literal)
        case .data(let data):
            raw("=\"")
            escape(data)
        }
        raw("\"")
    }

    private mutating func escape(_ data: String) {
        for byte in data.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "'"): raw("&#39;")
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
            case 0..<0x20, 0x7F: raw("\u{FFFD}")
            default: bytes.append(byte)
            }
        }
    }
}

extension HTML {
    /// Writes a day for people, with the machine's form beside it: `2026年11月24日 (周二)`, `Tue 24 Nov 2026`.
    package mutating func date(_ day: CivilDate) {
        element("time", .datetime(day.description), text: words.date(day))
    }

    /// Writes a day and a time of day, to the minute.
    package mutating func moment(_ instant: Instant) {
        element("time", .datetime(instant.description), text: words.moment(instant))
    }
}
