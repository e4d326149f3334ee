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

    private mutating func legend(_ share: Share, of whole: Int) {
        let words = words
        element("li") { html in
            html.element("svg", .class("swatch"), Attribute("viewBox", "0 0 10 10"), Attribute("aria-hidden", "true")) {
                $0.rectangle(0, 10, share.tone)
            }
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
