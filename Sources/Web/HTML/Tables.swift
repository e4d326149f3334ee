/// The head of one column.
package struct Column: Sendable {
    /// How a list is ordered by a column.
    package enum Order: Sendable { case rising, falling }

    package let title: String
    /// Where the same list is ordered by this column; nil when it cannot be.
    package let sort: String?
    /// How the list is ordered by this column now; nil when it is ordered by another.
    package let order: Order?
    /// Whether the column holds numbers, which stand to the right in even digits.
    package let isNumeric: Bool

    /// The head of a column.
    package init(_ title: String, sort: String? = nil, order: Order? = nil, isNumeric: Bool = false) {
        self.title = title
        self.sort = sort
        self.order = order
        self.isNumeric = isNumeric
    }
}

/// A large number with its name, and how it has changed.
package struct Figure: Sendable {
    package let label: String
    package let value: String
    /// The change in words: `比上月 +3.2%`; empty when there is none to tell.
    package let change: String
    /// The cases behind the number; nil when they may not be seen.
    package let href: String?

    /// A figure.
    package init(_ label: String, _ value: String, change: String = "", href: String? = nil) {
        self.label = label
        self.value = value
        self.change = change
        self.href = href
    }
}

extension HTML {
    /// Writes a table, or `empty` in its place when there are no rows. The closure writes one row by `row`.
    package mutating func table<Line>(
        _ caption: String, _ columns: [Column], _ lines: [Line], empty: (inout HTML) -> Void,
        row: (inout HTML, Line) -> Void
    ) {
        guard !lines.isEmpty else { return empty(&self) }
        element(
            "div", .class("table"), Attribute("role", "region"), Attribute("tabindex", "0"), .label(caption)
        ) { html in
            html.element("table") { html in
                html.element("caption", text: caption)
                html.element("thead") { html in
                    html.element("tr") { html in
                        for column in columns { html.columnHead(column) }
                    }
                }
                html.element("tbody", .flag("data-list")) { html in
                    for line in lines { row(&html, line) }
                }
            }
        }
    }

    private mutating func columnHead(_ column: Column) {
        element(
            "th", Attribute("scope", "col"), .class(column.isNumeric ? "number" : nil),
            column.order.map { Attribute("aria-sort", $0 == .rising ? "ascending" : "descending") }
        ) { html in
            guard let sort = column.sort else { return html.text(column.title) }
            html.element("a", .href(sort)) { html in
                html.text(column.title)
                html.element("span", .class("order"), Attribute("aria-hidden", "true")) { html in
                    switch column.order {
                    case .rising: html.raw("▲")
                    case .falling: html.raw("▼")
                    case nil: html.raw("↕")
                    }
                }
            }
        }
    }

    /// Writes a row of a table; the current one is the one whose matter stands in the panel beside the list.
    package mutating func row(isCurrent: Bool = false, cells: (inout HTML) -> Void) {
        element("tr", .flag("data-row"), isCurrent ? Attribute("aria-current", "true") : nil, children: cells)
    }

    /// Writes the cell that names its row, as a link where the row leads somewhere (Enter opens it).
    package mutating func headCell(_ text: String, href: String? = nil) {
        element("th", Attribute("scope", "row")) { html in
            if let href {
                html.element("a", .href(href), .flag("data-open"), text: text)
            } else {
                html.text(text)
            }
        }
    }

    /// Writes a cell of text.
    package mutating func cell(_ text: String, isNumeric: Bool = false) {
        element("td", .class(isNumeric ? "number" : nil), text: text)
    }

    /// Writes a cell of whatever the closure writes.
    package mutating func cell(content: (inout HTML) -> Void) {
        element("td", children: content)
    }

    /// Writes the ways to the pages before and after; a list is paged by key, so there are no page numbers.
    package mutating func pager(previous: String?, next: String?) {
        guard previous != nil || next != nil else { return }
        element("nav", .class("pager"), .label(words["pager.label"])) { html in
            if let previous {
                html.element("a", .href(previous), Attribute("rel", "prev")) { html in
                    html.icon(.arrowLeft)
                    html.say("pager.previous")
                }
            }
            if let next {
                html.element("a", .href(next), Attribute("rel", "next")) { html in
                    html.say("pager.next")
                    html.icon(.arrowRight)
                }
            }
        }
    }

    /// Writes large numbers in one row.
    package mutating func figures(_ figures: [Figure]) {
        element("dl", .class("figures")) { html in
            for figure in figures {
                html.element("div") { html in
                    html.element("dt", text: figure.label)
                    html.element("dd") { html in
                        html.element("span", .class("figure")) { html in
                            if let href = figure.href {
                                html.element("a", .href(href), text: figure.value)
                            } else {
                                html.text(figure.value)
                            }
                        }
                        if !figure.change.isEmpty { html.element("span", .class("note"), text: figure.change) }
                    }
                }
            }
        }
    }
}
