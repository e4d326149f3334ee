/// One line of a summary: what was asked, what was answered, and where that can be changed.
package struct SummaryRow: Sendable {
    package let label: String
    package let value: String
    /// Where the answer can be changed; nil when it cannot.
    package let change: String?
    /// A remark under the answer, such as the register it comes from; empty when there is none.
    package let note: String

    /// A line of a summary.
    package init(_ label: String, _ value: String, change: String? = nil, note: String = "") {
        self.label = label
        self.value = value
        self.change = change
        self.note = note
    }
}

/// One task of several that make up a piece of business.
package struct TaskRow: Sendable {
    package let name: String
    /// Where it is done; nil while something else has to come first.
    package let href: String?
    package let tag: Tag
    /// What the task asks for; empty when the name says it.
    package let note: String

    /// A task.
    package init(_ name: String, href: String?, tag: Tag, note: String = "") {
        self.name = name
        self.href = href
        self.tag = tag
        self.note = note
    }
}

extension HTML {
    /// Writes what is known, line by line: check your answers, the facts of a dossier.
    package mutating func summary(_ rows: [SummaryRow]) {
        element("dl", .class("summary")) { html in
            for row in rows {
                html.element("div") { html in
                    html.element("dt", text: row.label)
                    html.element("dd") { html in
                        html.element("span", text: row.value.isEmpty ? html.words["summary.nothing"] : row.value)
                        if !row.note.isEmpty { html.element("span", .class("note"), text: row.note) }
                    }
                    if let change = row.change {
                        html.element("dd", .class("change")) { html in
                            html.element("a", .href(change)) { html in
                                html.say("deed.change")
                                html.element("span", .class("unseen"), text: " " + row.label)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes a fact whose value is more than text (a light, a code to copy) within `facts`.
    package mutating func fact(_ label: String, id: String? = nil, value: (inout HTML) -> Void) {
        element("div", id.flatMap { Attribute.id($0) }) { html in
            html.element("dt", text: label)
            html.element("dd", children: value)
        }
    }

    /// Writes facts one by one; see `fact`.
    package mutating func facts(content: (inout HTML) -> Void) {
        element("dl", .class("summary"), children: content)
    }

    /// Writes the tasks of a piece of business with how far each is.
    package mutating func tasks(_ tasks: [TaskRow]) {
        element("ul", .class("tasks")) { html in
            for task in tasks {
                html.element("li") { html in
                    html.element("div") { html in
                        if let href = task.href {
                            html.element("a", .href(href), text: task.name)
                        } else {
                            html.element("span", text: task.name)
                        }
                        if !task.note.isEmpty { html.element("p", .class("note"), text: task.note) }
                    }
                    html.tag(task.tag)
                }
            }
        }
    }
}
