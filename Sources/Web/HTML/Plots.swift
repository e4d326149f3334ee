/// A part of a whole, as one piece of a bar.
package struct Share: Sendable {
    /// Which of the tones a piece has; the name and the number beside the bar say the same.
    package enum Tone: String, Sendable { case first, second, third, fourth, fifth }

    package let label: String
    package let count: Int
    package let tone: Tone
    /// Where the things counted stand; nil when there is no such page.
    package let href: String?

    /// A part.
    package init(_ label: String, _ count: Int, _ tone: Tone, href: String? = nil) {
        (self.label, self.count, self.tone, self.href) = (label, count, tone, href)
    }
}

/// What is needed and what there is of one of several things side by side.
package struct PlotPair: Sendable {
    package let label: String
    package let first: Int
    package let second: Int

    /// A pair.
    package init(_ label: String, _ first: Int, _ second: Int) {
        (self.label, self.first, self.second) = (label, first, second)
    }
}

/// Plots: drawn on the server as SVG that grows with its place; what they draw stands beside them in words and numbers,
/// so that the pictures themselves are silent.
extension HTML {
    /// Writes one bar of all parts, and under it what each is and how many.
    package mutating func shares(_ shares: [Share]) {
        let whole = max(shares.map(\.count).reduce(0, +), 1)
        element("div", .class("shares")) { html in
            html.element(
                "svg", .class("plot tall"), Attribute("viewBox", "0 0 1000 10"),
                Attribute("preserveAspectRatio", "none"), Attribute("aria-hidden", "true")
            ) { html in
                var before = 0
                for share in shares {
                    let left = before * 1000 / whole
                    before += share.count
                    html.rectangle(left, before * 1000 / whole - left, share.tone)
                }
            }
            html.element("ul") { html in
                for share in shares { html.legend(share, of: whole) }
            }
        }
    }

    /// Writes what followed what as one bar, which says its pieces to those who do not see it, and under it the sums.
    package mutating func sequence(_ pieces: [Share], sums: [Share]) {
        let whole = max(pieces.map(\.count).reduce(0, +), 1)
        element("div", .class("shares")) { html in
            html.element(
                "svg", .class("plot tall"), Attribute("viewBox", "0 0 1000 10"),
                Attribute("preserveAspectRatio", "none"), Attribute("role", "img"),
                .label(html.words.list(pieces.map(\.label)))
            ) { html in
                var before = 0
                for piece in pieces {
                    let left = before * 1000 / whole
                    before += piece.count
                    html.rectangle(left, before * 1000 / whole - left, piece.tone)
                }
            }
            html.element("ul") { html in
                for sum in sums {
                    html.element("li") { html in
                        html.swatch(sum.tone)
                        html.element("span", text: sum.label)
                    }
                }
            }
        }
    }

    /// Writes two bars for each of several things side by side: what is needed and what there is. The picture is
    /// silent; a table beside it says the numbers.
    package mutating func pairs(_ pairs: [PlotPair], named names: (first: String, second: String)) {
        let most = max(pairs.flatMap { [$0.first, $0.second] }.max() ?? 0, 1)
        element("div", .class("shares")) { html in
            html.element("ul") { html in
                for (name, tone) in [(names.first, Share.Tone.first), (names.second, .fourth)] {
                    html.element("li") { html in
                        html.swatch(tone)
                        html.element("span", text: name)
                    }
                }
            }
            html.element("p", .class("note"), Attribute("aria-hidden", "true"), text: html.words.number(most))
            html.element(
                "svg", .class("plot upright"), .data("viewBox", "0 0 \(pairs.count * 30) 100"),
                Attribute("preserveAspectRatio", "none"), Attribute("aria-hidden", "true")
            ) { html in
                for (index, pair) in pairs.enumerated() {
                    html.upright(index * 30 + 3, pair.first * 100 / most, .first)
                    html.upright(index * 30 + 15, pair.second * 100 / most, .fourth)
                }
            }
            html.element("p", .class("plot-ends note"), Attribute("aria-hidden", "true")) { html in
                for pair in [pairs.first, pairs.isEmpty ? nil : pairs[pairs.count / 2], pairs.last] {
                    html.element("span", text: pair?.label ?? "")
                }
            }
        }
    }

    private mutating func upright(_ left: Int, _ height: Int, _ tone: Share.Tone) {
        element(
            "rect", .data("class", tone.rawValue), .data("x", "\(left)"), .data("y", "\(100 - height)"),
            Attribute("width", "12"), .data("height", "\(height)")
        ) { _ in }
    }

    mutating func swatch(_ tone: Share.Tone) {
        element("svg", .class("swatch"), Attribute("viewBox", "0 0 10 10"), Attribute("aria-hidden", "true")) {
            $0.rectangle(0, 10, tone)
        }
    }

    private mutating func legend(_ share: Share, of whole: Int) {
        let words = words
        element("li") { html in
            html.swatch(share.tone)
            if let href = share.href {
                html.element("a", .href(href), text: share.label)
            } else {
                html.element("span", text: share.label)
            }
            html.element("b", text: words.number(share.count))
            html.element("span", .class("note"), text: words.percent(part: share.count, of: whole))
        }
    }

    /// Writes a bar of `part` in `whole`, for the cell of a table that says the number.
    package mutating func bar(_ part: Int, of whole: Int) {
        element(
            "svg", .class("plot"), Attribute("viewBox", "0 0 1000 10"), Attribute("preserveAspectRatio", "none"),
            Attribute("aria-hidden", "true")
        ) { html in
            html.element("rect", .class("track"), Attribute("width", "1000"), Attribute("height", "10")) { _ in }
            html.rectangle(0, min(max(part, 0), whole) * 1000 / max(whole, 1), .first)
        }
    }

    private mutating func rectangle(_ left: Int, _ width: Int, _ tone: Share.Tone) {
        element(
            "rect", .data("class", tone.rawValue), .data("x", "\(left)"), .data("width", "\(width)"),
            Attribute("height", "10")
        ) { _ in }
    }
}
