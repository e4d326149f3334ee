/// Bars of several pieces. The picture says its numbers to programs (`data-value`); a table beside it says the same.
extension HTML {
    /// Writes what the tones of some bars mean.
    package mutating func toneKeys(_ keys: [(label: String, tone: Share.Tone)]) {
        element("div", .class("chart")) { html in
            html.element("ul", .class("keys")) { html in
                for key in keys {
                    html.element("li") { html in
                        html.swatch(key.tone)
                        html.element("span", text: key.label)
                    }
                }
            }
        }
    }

    /// Writes a bar of pieces one after the other, as long as they are together against `most`.
    package mutating func stackedBar(_ pieces: [(value: Int, tone: Share.Tone)], of most: Int) {
        let whole = max(most, 1)
        element(
            "svg", .class("plot strip"), Attribute("viewBox", "0 0 1000 10"), Attribute("preserveAspectRatio", "none"),
            Attribute("aria-hidden", "true")
        ) { html in
            html.element("rect", .class("track"), Attribute("width", "1000"), Attribute("height", "10")) { _ in }
            var before = 0
            for piece in pieces {
                let left = before * 1000 / whole
                before += piece.value
                html.element(
                    "rect", .data("class", piece.tone.rawValue), .data("x", "\(left)"),
                    .data("width", "\(before * 1000 / whole - left)"), Attribute("height", "10"),
                    .data("data-value", "\(piece.value)")
                ) { _ in }
            }
        }
    }

    /// Writes a way as its steps with arrows between; a step to which it came again is marked.
    package mutating func way(_ steps: [(text: String, isAgain: Bool)]) {
        element("ol", .class("way")) { html in
            for step in steps { html.element("li", .class(step.isAgain ? "again" : nil), text: step.text) }
        }
    }
}
