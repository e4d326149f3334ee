import Vocabulary

/// What people say, and how the catalogue calls it: `Resources/synonyms.json`.
struct Synonyms: Sendable {
    /// Words that mean the same to those who say them, and where in the catalogue they lead.
    struct Entry: Sendable {
        /// Each is a list of parts that a name must have, the likeliest first.
        let meanings: [[[UInt32]]]
        /// The readings of the Chinese ways to say it.
        let pinyin: [[UInt8]]
    }

    private struct File: Decodable {
        struct Words: Decodable {
            let say: [String]
            let mean: [String]
        }
        let fillers: [String]
        let leading: String
        let trailing: String
        let fillersEnglish: [String]
        let first: [String]
        let changes: [String]
        let words: [Words]
    }

    /// What people say around what they mean, the longest first; single characters of which only the first or the last
    /// of a stretch mean nothing.
    private let fillers: [[UInt32]]
    private let leading: Set<UInt32>
    let trailing: Set<UInt32>
    let fillersEnglish: Set<[UInt8]>
    /// Words in the name of what one does first, and of what one does later to something that one has.
    let first: [[UInt32]]
    let changes: [[UInt32]]
    let entries: [Entry]
    /// Chinese ways to say it by their first character, the longest first.
    private let chinese: [UInt32: [(said: [UInt32], entry: Int)]]
    /// English ways by their first word, the longest first.
    private let english: [[UInt8]: [(said: [[UInt8]], entry: Int)]]

    /// The words that ship.
    static func shipped(_ pinyin: Pinyin) throws -> Synonyms {
        Synonyms(try CatalogueResource.decoded(File.self, "synonyms.json"), pinyin)
    }

    private init(_ file: File, _ pinyin: Pinyin) {
        fillers = file.fillers.map(PlainText.scalars).sorted { $0.count > $1.count }
        (leading, trailing) = (Set(PlainText.scalars(file.leading)), Set(PlainText.scalars(file.trailing)))
        let fillersEnglish = Set(file.fillersEnglish.flatMap(PlainText.words))
        self.fillersEnglish = fillersEnglish
        (first, changes) = (file.first.map(PlainText.scalars), file.changes.map(PlainText.scalars))
        var chinese: [UInt32: [(said: [UInt32], entry: Int)]] = [:]
        var english: [[UInt8]: [(said: [[UInt8]], entry: Int)]] = [:]
        var entries: [Entry] = []
        for words in file.words {
            var read: [[UInt8]] = []
            for said in words.say {
                let scalars = PlainText.scalars(said)
                if scalars.contains(where: PlainText.isChinese) {
                    chinese[scalars[0], default: []].append((scalars, entries.count))
                    read.append(pinyin.text(scalars).letters)
                } else {
                    let words = PlainText.words(said).filter { !fillersEnglish.contains($0) }
                    if let first = words.first { english[first, default: []].append((words, entries.count)) }
                }
            }
            let meanings = words.mean.map { $0.split(separator: " ").map { PlainText.scalars(String($0)) } }
            entries.append(Entry(meanings: meanings, pinyin: read))
        }
        self.entries = entries
        self.chinese = chinese.mapValues { $0.sorted { $0.said.count > $1.said.count } }
        self.english = english.mapValues { $0.sorted { $0.said.count > $1.said.count } }
    }

    /// The longest way to say something that begins at a place of a text.
    func chinese(in text: [UInt32], at place: Int) -> (said: [UInt32], entry: Int)? {
        chinese[text[place]]?.first { text[place...].starts(with: $0.said) }
    }

    /// The longest way to say something in English that begins at a place among words.
    func english(in words: [[UInt8]], at place: Int) -> (said: [[UInt8]], entry: Int)? {
        english[words[place]]?.first { words[place...].starts(with: $0.said) }
    }

    /// How many characters at a place say nothing; fewer of them at the beginning of a stretch are enough.
    func filling(in text: [UInt32], at place: Int, isFirst: Bool) -> Int {
        fillers.first { text[place...].starts(with: $0) }?.count ?? (isFirst && leading.contains(text[place]) ? 1 : 0)
    }

    /// The entry one of whose ways to say it is read so; unfinished ones count from four letters on.
    func entry(read letters: [UInt8]) -> Int? {
        guard letters.count >= 4 else { return nil }
        return entries.firstIndex { $0.pinyin.contains(letters) }
            ?? entries.firstIndex { $0.pinyin.contains { $0.starts(with: letters) } }
    }
}
