import Vocabulary

/// The words of a search, taken apart.
struct Question {
    /// LIMIT: scalars of a question that are read, and parts of it.
    static let scalarsMax = 200
    static let partsMax = 24

    /// What is looked for as one.
    enum Part {
        /// A way to say something of the list of synonyms.
        case said([UInt32], entry: Int)
        case chinese([UInt32])
        /// Two neighbours of which one belongs to a way to say something, the other does not: 公证·员.
        case joint([UInt32])
        case latin([UInt8])
        case saidInEnglish(entry: Int)
    }

    /// All of it without what separates, and without what says nothing: the ways in which a name can equal it.
    let phrases: [[UInt32]]
    let parts: [Part]
    /// The letters of all words, when there is no Chinese among them.
    let letters: [UInt8]
    /// The words of Latin letters that mean something.
    let words: [[UInt8]]

    var isEmpty: Bool { phrases.isEmpty }

    init(_ text: String, _ synonyms: Synonyms) {
        self.init(PlainText.runs(text, keeping: Self.scalarsMax), synonyms)
    }

    init(_ runs: [PlainText.Run], _ synonyms: Synonyms) {
        var parts: [Part] = []
        var words: [[UInt8]] = []
        var letters: [UInt8] = []
        var whole: [UInt32] = []
        for run in runs + [.chinese([])] {
            switch run {
            case .latin(let word):
                words.append(word)
                letters += word
                whole += word.map(UInt32.init)
            case .chinese(let text):
                whole += text
                parts += Self.english(words, synonyms)
                words = []
                parts += Self.chinese(text, synonyms)
            }
        }
        let kept = Array(parts.prefix(Self.partsMax))
        let meant = kept.flatMap(\.text)
        phrases = whole.isEmpty ? [] : meant.isEmpty || meant == whole ? [whole] : [whole, meant]
        self.parts = kept.isEmpty && !whole.isEmpty ? Self.unfilled(runs) : kept
        self.letters = letters.count == whole.count ? letters : []
        self.words = self.parts.compactMap { if case .latin(let word) = $0 { word } else { nil } }
    }

    /// What is nothing but filling is taken at its word.
    private static func unfilled(_ runs: [PlainText.Run]) -> [Part] {
        runs.prefix(partsMax).map { run in
            switch run {
            case .chinese(let text): .chinese(text)
            case .latin(let word): .latin(word)
            }
        }
    }

    private static func english(_ said: [[UInt8]], _ synonyms: Synonyms) -> [Part] {
        let words = said.filter { !synonyms.fillersEnglish.contains($0) }
        var parts: [Part] = []
        var place = 0
        while place < words.count {
            // A single word may also stand in English names.
            if let found = synonyms.english(in: words, at: place), found.said.count > 1 {
                parts.append(.saidInEnglish(entry: found.entry))
                place += found.said.count
            } else {
                parts.append(.latin(words[place]))
                place += 1
            }
        }
        return parts
    }

    private static func chinese(_ text: [UInt32], _ synonyms: Synonyms) -> [Part] {
        var parts: [Part] = []
        var run: [UInt32] = []
        func close() {
            while let last = run.last, run.count > 1, synonyms.trailing.contains(last) { run.removeLast() }
            if !run.isEmpty { parts.append(.chinese(run)) }
            run = []
        }
        var (place, end): (Int, Int?) = (0, nil)
        while place < text.count {
            let filling = synonyms.filling(in: text, at: place, isFirst: run.isEmpty)
            if let found = synonyms.chinese(in: text, at: place), found.said.count >= filling {
                if !run.isEmpty || end == place, place > 0 { parts.append(.joint([text[place - 1], text[place]])) }
                close()
                parts.append(.said(found.said, entry: found.entry))
                place += found.said.count
                end = place
            } else if filling > 0 {
                close()
                place += filling
            } else {
                if end == place { parts.append(.joint([text[place - 1], text[place]])) }
                run.append(text[place])
                place += 1
            }
        }
        close()
        return parts
    }
}

extension Question.Part {
    /// What was typed.
    fileprivate var text: [UInt32] {
        switch self {
        case .said(let said, _): said
        case .chinese(let text): text
        case .latin(let word): word.map(UInt32.init)
        case .saidInEnglish, .joint: []
        }
    }
}
