/// A search with suggestions that appear while one types.
package struct SearchBox: Sendable {
    /// Where the question goes as `?q=`.
    package let action: String
    package let label: String
    /// Where suggestions come from as `?q=`: JSON, a list of `{"label","note","href"}`; nil for none.
    package let suggestions: String?
    package var question = ""
    package var placeholder = ""
    /// What is asked again with the question: filters that stay.
    package var kept: [(name: StaticString, value: String)] = []
    /// Whether it is the page's main question (large) or one tool among others.
    package var isLarge = false
    /// Whether one types or scans into it at once, on a page that is for finding.
    package var takesFocus = false

    /// A search.
    package init(_ label: String, action: String, suggestions: String? = nil) {
        self.label = label
        self.action = action
        self.suggestions = suggestions
    }
}

extension HTML {
    /// Writes views of the same thing as links; the current one is known by its address.
    package mutating func tabs(_ links: [PageLink], current: String) {
        element("nav", .class("tabs"), .label(words["tabs.label"])) { html in
            html.element("ul") { html in
                for link in links {
                    html.element("li") { html in
                        html.element(
                            "a", .href(link.href), link.href == current ? Attribute("aria-current", "page") : nil,
                            text: link.text)
                    }
                }
            }
        }
    }

    /// Writes the three parts of a work screen: who (left), the task (middle), papers and checks (right).
    package mutating func workbench(
        left: (inout HTML) -> Void, middle: (inout HTML) -> Void, right: (inout HTML) -> Void
    ) {
        element("div", .class("bench three")) { html in
            html.element("section", .class("bench-side"), .label(html.words["bench.who"]), children: left)
            html.element("section", .class("bench-task"), .label(html.words["bench.task"]), children: middle)
            html.element("section", .class("bench-side"), .label(html.words["bench.papers"]), children: right)
        }
    }

    /// Writes a list and, beside it, the thing that is chosen in it.
    package mutating func listAndPanel(list: (inout HTML) -> Void, panel: (inout HTML) -> Void) {
        element("div", .class("bench two")) { html in
            html.element("section", .class("bench-task"), .label(html.words["bench.list"]), children: list)
            html.element("section", .class("bench-side"), .label(html.words["bench.panel"]), children: panel)
        }
    }

    /// Writes filters that stay: a form that asks for the same page again.
    package mutating func filters(_ action: String, content: (inout HTML) -> Void) {
        element("form", .class("filters"), Attribute("method", "get"), .address("action", action)) { html in
            content(&html)
            html.element("button", .class("button secondary"), text: html.words["deed.filter"])
        }
    }

    /// Writes a search box.
    package mutating func search(_ box: SearchBox) {
        let id = box.isLarge ? "search-main" : "search"
        element(
            "form", .class(box.isLarge ? "search large" : "search"), Attribute("role", "search"),
            Attribute("method", "get"), .address("action", box.action)
        ) { html in
            for field in box.kept { html.hidden(field.name, field.value) }
            html.element("label", .data("for", id), text: box.label)
            html.element("div", .class("search-row")) { html in
                html.void(
                    "input", Attribute("type", "search"), .id(id), Attribute("name", "q"), .data("value", box.question),
                    .data("placeholder", box.placeholder.isEmpty ? nil : box.placeholder),
                    Attribute("autocomplete", "off"), Attribute("maxlength", "100"), .flag("autofocus", box.takesFocus),
                    .address("data-suggest", box.suggestions), .data("data-said", html.words["search.found"]),
                    Attribute("data-key", "/"))
                html.element("button", .class("button primary"), Attribute("type", "submit")) { html in
                    html.icon(.search)
                    html.element("span", text: html.words["deed.search"])
                }
            }
        }
    }
}
