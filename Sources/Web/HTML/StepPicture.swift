/// How something goes, as a picture: a box for each step, arrows between them, and in dashes what may stop the clock.
/// It is drawn on the server, twice: one box below the other for narrow screens and large letters, in rows for wide
/// ones; the style shows one of the two.
package struct StepPicture: Sendable {
    /// One step.
    package struct Step: Sendable {
        let name: String
        let who: String
        let limit: String
        /// Whether it stands out among the others.
        let isMarked: Bool

        package init(_ name: String, who: String, limit: String, isMarked: Bool = false) {
            (self.name, self.who, self.limit) = (name, who, limit)
            self.isMarked = isMarked
        }
    }

    /// What the picture shows, in a few words.
    package let title: String
    package let steps: [Step]
    /// Lines on what may stop the clock, the first of them its heading, and after which step; nil where nothing does.
    package let aside: (after: Int, lines: [String])?

    /// A picture.
    package init(_ title: String, _ steps: [Step], aside: (after: Int, lines: [String])? = nil) {
        (self.title, self.steps, self.aside) = (title, steps, aside)
    }

    /// The same in words, for those who do not see it.
    func description(_ words: Words) -> String {
        let said = steps.enumerated().map { index, step in
            words(
                "steps.one", ["n": "\(index + 1)", "name": step.name, "who": step.who, "limit": step.limit])
        }
        return (said + [words.list(aside?.lines ?? [])]).filter { !$0.isEmpty }
            .joined(separator: words["situation.between"])
    }
}

/// How wide letters are, roughly and never too narrow: whatever face the reader has, nothing is clipped.
enum LetterWidth {
    /// In sizes; Chinese characters and full-width signs are as wide as they are high.
    static func of(_ text: some StringProtocol) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2000 ? 1 : $1.properties.isUppercase ? 0.72 : 0.58) }
    }

    /// The pieces that a line does not part: a word with its space, a Chinese character with the signs that follow it.
    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if let end = pieces.last?.last, holds(end, character) {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    private static func holds(_ end: Character, _ next: Character) -> Bool {
        let closing: [Unicode.GeneralCategory] = [.closePunctuation, .finalPunctuation, .otherPunctuation]
        let opening: [Unicode.GeneralCategory] = [.openPunctuation, .initialPunctuation]
        let category = { (character: Character) in character.unicodeScalars.first?.properties.generalCategory }
        if next == " " || category(next).map(closing.contains) ?? false { return true }
        if category(end).map(opening.contains) ?? false { return true }
        return end != " " && of(String(end)) < 1 && of(String(next)) < 1
    }

    /// The text in lines of at most so many sizes. A piece that is wider than a line is cut where it must.
    static func lines(of text: String, width: Double) -> [String] {
        var lines = [""]
        for piece in pieces(of: text).flatMap({ of($0) > width ? $0.map(String.init) : [$0] }) {
            let trimmed = piece.last == " " ? String(piece.dropLast()) : piece
            if let line = lines.last, !line.isEmpty, of(line + trimmed) > width { lines.append("") }
            lines[lines.count - 1] += piece
        }
        return lines.map { $0.last == " " ? String($0.dropLast()) : $0 }
    }
}

extension HTML {
    /// Writes a picture of steps.
    package mutating func steps(_ picture: StepPicture) {
        let description = picture.description(words)
        draw(picture, StepPlan(picture, width: 272, perRow: 1), "step-picture narrow", "narrow", description)
        draw(picture, StepPlan(picture, width: 720, perRow: 5), "step-picture wide", "wide", description)
    }

    private mutating func draw(
        _ picture: StepPicture, _ plan: StepPlan, _ style: StaticString, _ name: String, _ description: String
    ) {
        let (titleID, descriptionID) = ("steps-\(name)-title", "steps-\(name)-words")
        element(
            "svg", .class(style), .data("viewBox", "0 0 \(Int(plan.width)) \(Int(plan.height.rounded(.up)))"),
            Attribute("role", "img"), .data("aria-labelledby", "\(titleID) \(descriptionID)")
        ) { html in
            html.element("title", .id(titleID), text: picture.title)
            html.element("desc", .id(descriptionID), text: description)
            for path in plan.paths {
                html.element("path", .class(path.isDashed ? "dashed" : "way"), .data("d", path.shape), text: "")
            }
            for box in plan.boxes {
                html.element(
                    "rect", .class(box.style), .data("x", StepPlan.text(box.x)),
                    .data("y", StepPlan.text(box.y)), .data("width", StepPlan.text(box.width)),
                    .data("height", StepPlan.text(box.height)), Attribute("rx", "6"), text: "")
            }
            for dot in plan.dots {
                html.element(
                    "circle", .data("cx", StepPlan.text(dot.x)), .data("cy", StepPlan.text(dot.y)),
                    Attribute("r", "12"), text: "")
            }
            for line in plan.lines {
                html.element(
                    "text", .class(line.kind.style), .data("x", StepPlan.text(line.x)),
                    .data("y", StepPlan.text(line.y)), text: line.text)
            }
        }
    }
}
