/// One line of a text, with its width at size 1.
struct TextLine: Hashable {
    let text: String
    let width: Double
}

/// Cuts a text into lines. Breaks are taken as late as they come; a word or code that is wider than a whole line is cut
/// where the line ends.
struct LineBreaker {
    let typeface: Typeface

    /// The lines of a text; what ends a line in the text ends one here. `first` and `rest` are the widths of a
    /// paragraph's first line and of its others, at size 1. Refuses a character that the typeface does not draw.
    func lines(of text: String, first: Double, rest: Double) throws(DocumentRefusal) -> [TextLine] {
        var lines: [TextLine] = []
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let run = try Run(part, typeface)
            var start = 0
            repeat {
                let end = run.lineEnd(from: start, width: lines.isEmpty ? first : rest)
                lines.append(run.line(start..<end))
                start = run.afterSpaces(end)
            } while start < run.characters.count
        }
        return lines
    }

    /// The text as far as it fits on one line, with an ellipsis where something is left out. `width` is at size 1.
    func clipped(_ text: String, width: Double) throws(DocumentRefusal) -> TextLine {
        let run = try Run(text[...], typeface)
        let whole = run.line(0..<run.characters.count)
        guard whole.width > width else { return whole }
        let ellipsis = try Run("…", typeface).line(0..<1)
        var end = 0
        while run.width(0..<end + 1) + ellipsis.width <= width { end += 1 }
        let kept = run.line(0..<end)
        return TextLine(text: kept.text + ellipsis.text, width: kept.width + ellipsis.width)
    }

    /// A text without ends of lines, measured.
    private struct Run {
        let characters: [Unicode.Scalar]
        let classes: [BreakClass]
        /// Where each character begins, and where the last one ends.
        let edges: [Double]

        init(_ text: Substring, _ typeface: Typeface) throws(DocumentRefusal) {
            // Tabs have no picture; they part words like spaces.
            characters = typeface.drawn(text).map { $0 == "\t" ? " " : $0 }
            classes = characters.map(BreakClass.init)
            var edges = [0.0]
            for character in characters {
                edges.append(edges[edges.count - 1] + typeface.advance(of: try typeface.glyph(of: character)))
            }
            self.edges = edges
        }

        func width(_ range: Range<Int>) -> Double { edges[range.upperBound] - edges[range.lowerBound] }

        func line(_ range: Range<Int>) -> TextLine {
            var end = range.upperBound
            while end > range.lowerBound, classes[end - 1].isSpace { end -= 1 }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: characters[range.lowerBound..<end])
            return TextLine(text: String(text), width: width(range.lowerBound..<end))
        }

        func afterSpaces(_ index: Int) -> Int {
            var index = index
            while index < characters.count, classes[index].isSpace { index += 1 }
            return index
        }

        /// Where the line that begins at `start` ends: behind its last character, before the spaces that follow.
        func lineEnd(from start: Int, width limit: Double) -> Int {
            var (index, last) = (start, nil as Int?)
            while index < characters.count {
                if index > start, allowsBreak(before: index, from: start) { last = index }
                // Rounding may make a line that fits exactly wider by the last bit.
                let isOver = width(start..<index + 1) > limit + 1e-9 && !classes[index].isSpace
                if isOver, index > start { return last ?? forced(from: start, to: index) }
                index += 1
            }
            return index
        }

        private func allowsBreak(before index: Int, from start: Int) -> Bool {
            guard !classes[index].isSpace else { return false }
            var left = index - 1
            while left > start, classes[left].isSpace { left -= 1 }
            // Spaces that begin a text are no end of a line.
            guard !classes[left].isSpace else { return false }
            return BreakClass.allowsBreak(
                after: classes[left], before: classes[index], spaced: left < index - 1)
        }

        /// Cuts what is wider than the line, and not before a closing or behind an opening sign where that can be
        /// helped.
        private func forced(from start: Int, to index: Int) -> Int {
            var end = index
            while end > start + 1, classes[end].side == .closing || classes[end - 1].side == .opening { end -= 1 }
            return end > start + 1 || index == start + 1 ? end : index
        }
    }
}
