/// One slip of the hand: a wrong, missing or extra element, or two neighbours in the wrong order.
enum OneEdit {
    /// Where the stretches of `text` end that begin at `start` and differ from `asked` by exactly one slip.
    static func ends<Element: Equatable>(of asked: [Element], in text: [Element], from start: Int) -> [Int] {
        let (count, left) = (asked.count, text.count - start)
        var place = 0
        while place < count, place < left, asked[place] == text[start + place] { place += 1 }
        var ends: [Int] = []
        // One is missing; at the very end of what was asked, that would be the beginning of something longer.
        if place < count, agree(asked, from: place, text, from: start + place + 1) { ends.append(start + count + 1) }
        guard place < count else { return ends }
        if agree(asked, from: place + 1, text, from: start + place) { ends.append(start + count - 1) }
        if place < left, agree(asked, from: place + 1, text, from: start + place + 1) { ends.append(start + count) }
        if place + 1 < count, place + 1 < left, asked[place] == text[start + place + 1],
            asked[place + 1] == text[start + place], agree(asked, from: place + 2, text, from: start + place + 2)
        {
            ends.append(start + count)
        }
        return ends
    }

    private static func agree<Element: Equatable>(
        _ asked: [Element], from first: Int, _ text: [Element], from start: Int
    ) -> Bool {
        guard text.count - start >= asked.count - first else { return false }
        for offset in 0..<(asked.count - first) where asked[first + offset] != text[start + offset] { return false }
        return true
    }
}
