/// What an hour of a weekday says: a number as people read it, and how strongly it is coloured.
package struct HourValue: Sendable {
    /// 1 for Monday.
    package let weekday: Int
    /// 0...23.
    package let hour: Int
    package let shown: String
    /// What decides the colour, for programs that read the picture.
    package let value: Int

    package init(weekday: Int, hour: Int, shown: String, value: Int) {
        (self.weekday, self.hour, self.shown, self.value) = (weekday, hour, shown, value)
    }
}

extension HTML {
    /// Writes a week as a table of its hours, each coloured by its value and saying its number, so that colour never
    /// speaks alone. Hours in which nothing was are empty.
    package mutating func hourMap(_ title: String, _ values: [HourValue]) {
        guard let first = values.map(\.hour).min(), let last = values.map(\.hour).max() else { return }
        let most = max(values.map(\.value).max() ?? 0, 1)
        let lastDay = max(5, values.map(\.weekday).max() ?? 5)
        element(
            "div", .class("hours"), Attribute("role", "region"), Attribute("tabindex", "0"), .label(title)
        ) { html in
            html.element("table") { html in
                html.element("caption", text: title)
                html.element("thead") { html in
                    html.element("tr") { html in
                        html.element("td") { _ in }
                        for hour in first...last {
                            html.element("th", Attribute("scope", "col"), text: "\(hour):00")
                        }
                    }
                }
                html.element("tbody") { html in
                    for weekday in 1...lastDay {
                        html.element("tr") { html in
                            html.element("th", Attribute("scope", "row"), text: html.words.weekday(weekday))
                            for hour in first...last {
                                html.hour(values.first { ($0.weekday, $0.hour) == (weekday, hour) }, of: most)
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func hour(_ value: HourValue?, of most: Int) {
        guard let value else { return element("td") { _ in } }
        // A fifth of the most each; what there is at all is coloured.
        let strength = value.value == 0 ? 0 : max(1, (value.value * 5 + most - 1) / most)
        element(
            "td", .data("class", "heat-\(strength)"), .data("data-value", "\(value.value)"), text: value.shown)
    }
}
