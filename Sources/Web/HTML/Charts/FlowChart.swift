/// A step of a flow: how many came to it, and how many left before the next one or still stand there.
package struct FlowStep: Sendable {
    package let label: String
    package let came: Int
    /// Left before the next step.
    package let left: Int
    package let hrefs: (came: String?, left: String?)

    package init(_ label: String, came: Int, left: Int, hrefs: (came: String?, left: String?) = (nil, nil)) {
        (self.label, self.came, self.left, self.hrefs) = (label, came, left, hrefs)
    }
}

/// How many go from step to step: bands as wide as what flows, drawn on the server; the list below says the numbers.
extension HTML {
    /// Writes a flow. What came to a step and neither left nor came to the next one is still there.
    package mutating func flowChart(_ title: String, _ steps: [FlowStep], names: (left: String, there: String)) {
        let whole = max(steps.first?.came ?? 0, 1)
        let span = 1000 / max(steps.count - 1, 1)
        element("figure", .class("chart flow")) { html in
            html.element(
                "svg", Attribute("viewBox", "0 0 1000 200"), Attribute("preserveAspectRatio", "none"),
                Attribute("aria-hidden", "true")
            ) { html in
                for (place, step) in steps.enumerated().dropLast() {
                    html.bands(step, next: steps[place + 1].came, from: place * span, span, of: whole)
                }
                for (place, step) in steps.enumerated() {
                    html.element(
                        "rect", .class("post"), .data("x", "\(min(place * span, 992))"), Attribute("y", "0"),
                        Attribute("width", "8"), .data("height", "\(Self.height(step.came, of: whole))"),
                        .data("data-value", "\(step.came)")
                    ) { _ in }
                }
            }
            html.element("ol", .class("flow-steps")) { html in
                for (place, step) in steps.enumerated() {
                    let next = place + 1 < steps.count ? steps[place + 1].came : step.came
                    html.step(step, there: max(0, step.came - step.left - next), of: whole, names)
                }
            }
            html.element("figcaption", text: title)
        }
    }

    /// LIMIT: how high the whole is; what left falls below it.
    private static let wholeHeight = 150

    private static func height(_ count: Int, of whole: Int) -> Int { count * wholeHeight / whole }

    private mutating func bands(_ step: FlowStep, next: Int, from x: Int, _ span: Int, of whole: Int) {
        let (end, middle) = (x + span, x + span / 2)
        let (here, on) = (Self.height(step.came, of: whole), Self.height(next, of: whole))
        let kept = min(on, here)
        element(
            "path", .class("on"), .data("d", "M\(x),0 H\(end) V\(kept) H\(x) Z"), .data("data-value", "\(next)")
        ) { _ in }
        let left = Self.height(step.left, of: whole)
        guard step.left > 0 else { return }
        let top = kept
        element(
            "path", .class("left"),
            .data(
                "d",
                "M\(x),\(top) C\(middle),\(top) \(middle),200 \(middle),200 H\(middle + max(left, 2)) "
                    + "C\(middle + max(left, 2)),\(top + left) \(x),\(top + left) \(x),\(top + left) Z"),
            .data("data-value", "\(step.left)")
        ) { _ in }
    }

    private mutating func step(
        _ step: FlowStep, there: Int, of whole: Int, _ names: (left: String, there: String)
    ) {
        element("li") { html in
            html.element("span", text: step.label)
            html.counted(step.came, step.hrefs.came)
            html.element("span", .class("note"), text: html.words.percent(part: step.came, of: whole))
            if step.left > 0 {
                html.element("span", .class("note")) { html in
                    html.text(names.left + " ")
                    html.counted(step.left, step.hrefs.left)
                }
            }
            if there > 0 {
                html.element("span", .class("note"), text: names.there + " " + html.words.number(there))
            }
        }
    }

    /// A number, as a link to what it counts.
    package mutating func counted(_ number: Int, _ href: String?) {
        if let href, number > 0 {
            element("a", .href(href), text: words.number(number))
        } else {
            element("b", text: words.number(number))
        }
    }
}
