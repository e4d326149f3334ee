/// Chinese within a page of another language (WCAG 3.1.2): names of people, answers, files. A screen reader changes its
/// voice where `lang` says so; without it an English voice falls silent.
enum ChineseText {
    /// A part of a text that is all Chinese or not Chinese at all.
    struct Run: Equatable {
        let text: String
        let isChinese: Bool
    }

    /// Elements that hold characters only, in which no other element may stand.
    static func holdsCharactersOnly(_ element: StaticString) -> Bool {
        ["option", "title"].contains("\(element)")
    }

    /// Whether there is any Chinese in a text.
    static func isIn(_ text: String) -> Bool {
        // Bytes first: most texts of an English page have none as high as these.
        text.utf8.contains { $0 >= 0xE3 } && text.unicodeScalars.contains(where: isChinese)
    }

    /// The text in runs. Digits and signs between two Chinese characters belong to them (第 1 号); Latin
    /// letters end a run.
    static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var (pending, between) = ("", "")
        for scalar in text.unicodeScalars {
            let character = String(scalar)
            if isChinese(scalar) {
                if let last = runs.last, last.isChinese, pending.isEmpty {
                    runs[runs.count - 1] = Run(text: last.text + between + character, isChinese: true)
                } else {
                    if !pending.isEmpty { runs.append(Run(text: pending, isChinese: false)) }
                    runs.append(Run(text: character, isChinese: true))
                }
                (pending, between) = ("", "")
            } else if pending.isEmpty, runs.last?.isChinese == true, !scalar.properties.isAlphabetic {
                between += character
            } else {
                pending += between + character
                between = ""
            }
        }
        if !(pending + between).isEmpty { runs.append(Run(text: pending + between, isChinese: false)) }
        return runs
    }

    /// Ideographs, and the punctuation and full-width forms that come with them.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3000...0x303F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF01...0xFF60, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}

extension Attribute {
    /// Says that a value is Chinese where the page is not, for controls that hold what somebody has typed.
    static func tongue(of value: String, on language: Language) -> Attribute? {
        language != .zh && ChineseText.isIn(value) ? Attribute("lang", Language.zh.tag) : nil
    }

    /// Whether the attribute says that an element is Chinese, or that it is not; nil when it says nothing of it.
    var isChinese: Bool? {
        guard name.utf8CodeUnitCount == 4, "\(name)" == "lang", case .fixed(let tag) = value else { return nil }
        return "\(tag)".hasPrefix("zh")
    }
}
