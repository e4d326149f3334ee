/// One line of a chart: what it is called, and its value at each place.
package struct ChartLine: Sendable {
    package let label: String
    package let values: [Int]
    package let tone: Share.Tone

    /// A line.
    package init(_ label: String, _ values: [Int], _ tone: Share.Tone) {
        (self.label, self.values, self.tone) = (label, values, tone)
    }
}

/// Charts of what changes with time. The picture says its numbers to programs (`data-values`) and is silent to those
/// who listen: a table beside it says the same.
extension HTML {
    /// Writes lines over the same places, with their names above and the first, the middle and the last place below.
    /// The scale begins at nought and ends at a round number.
    package mutating func lineChart(_ lines: [ChartLine], places: [String]) {
        let top = Self.roundTop(lines.flatMap(\.values).max() ?? 0)
        element("figure", .class("chart")) { html in
            html.element("ul", .class("keys")) { html in
                for line in lines {
                    html.element("li") { html in
                        html.dash(line.tone)
                        html.element("span", text: line.label)
                    }
                }
            }
            html.element("p", .class("note"), Attribute("aria-hidden", "true"), text: html.words.number(top))
            html.element(
                "svg", .class("lines"), Attribute("viewBox", "0 0 1000 240"), Attribute("preserveAspectRatio", "none"),
                Attribute("aria-hidden", "true"), .data("data-top", "\(top)")
            ) { html in
                for part in 1...3 {
                    html.element(
                        "line", .class("grid"), Attribute("x1", "0"), Attribute("x2", "1000"),
                        .data("y1", "\(part * 60)"), .data("y2", "\(part * 60)")
                    ) { _ in }
                }
                for line in lines { html.polyline(line, of: top) }
            }
            html.element("p", .class("plot-ends note"), Attribute("aria-hidden", "true")) { html in
                for place in [places.first, places.isEmpty ? nil : places[places.count / 2], places.last] {
                    html.element("span", text: place ?? "")
                }
            }
        }
    }

    private mutating func polyline(_ line: ChartLine, of top: Int) {
        // A single place is a line across.
        let values = line.values.count == 1 ? line.values + line.values : line.values
        let points = values.enumerated().map { place, value in
            "\(place * 1000 / max(values.count - 1, 1)),\(240 - value * 240 / top)"
        }
        element(
            "polyline", .data("class", line.tone.rawValue), .data("points", points.joined(separator: " ")),
            .data("data-values", line.values.map { "\($0)" }.joined(separator: " "))
        ) { _ in }
    }

    private mutating func dash(_ tone: Share.Tone) {
        element("svg", .class("dash"), Attribute("viewBox", "0 0 28 10"), Attribute("aria-hidden", "true")) { html in
            html.element("polyline", .data("class", tone.rawValue), Attribute("points", "0,5 28,5")) { _ in }
        }
    }

    /// The least of 4, 8, 20, 40, 80, 200, … that is no less than a value: the quarters of the scale are whole.
    static func roundTop(_ value: Int) -> Int {
        var power = 1
        while power * 20 < value { power *= 10 }
        return [4, 8].map { $0 * power }.first { $0 >= value } ?? 20 * power
    }
}
