/// What a message is about; each has a colour, a sign and a word.
package enum Tone: Sendable, CaseIterable {
    case information, success, warning, error

    var icon: Icon {
        switch self {
        case .information: .information
        case .success: .check
        case .warning, .error: .warning
        }
    }

    var style: StaticString {
        switch self {
        case .information: "banner information"
        case .success: "banner success"
        case .warning: "banner warning"
        case .error: "banner error"
        }
    }

    var word: Word {
        switch self {
        case .information: Word("tone.information")
        case .success: Word("tone.success")
        case .warning: Word("tone.warning")
        case .error: Word("tone.error")
        }
    }
}

/// Something wrong with one field: what happened and how to mend it, in one sentence.
package struct FieldError: Sendable, Hashable {
    /// The field's name in the form.
    package let field: String
    package let sentence: String

    /// An error of the field.
    package init(_ field: String, _ sentence: String) {
        self.field = field
        self.sentence = sentence
    }
}

extension HTML {
    /// Writes a message over the page: what happened, and below it what to do next.
    package mutating func banner(_ tone: Tone, _ title: String, content: (inout HTML) -> Void = { _ in }) {
        element(
            "div", .class(tone.style), tone == .error ? Attribute("role", "alert") : Attribute("role", "status")
        ) { html in
            html.icon(tone.icon, label: html.words[tone.word])
            html.element("div") { html in
                html.element("p", .class("banner-title"), text: title)
                content(&html)
            }
        }
    }

    /// Writes the list of errors at the top of a form, each leading to its field; nothing when there are none.
    package mutating func errorSummary(_ errors: [FieldError]) {
        guard !errors.isEmpty else { return }
        element(
            "div", .class("error-summary"), Attribute("role", "alert"), Attribute("tabindex", "-1"),
            Attribute("aria-labelledby", "error-summary-title"), .flag("data-focus")
        ) { html in
            html.element("h2", .id("error-summary-title"), text: html.words.count("form.errors", errors.count))
            html.element("ul") { html in
                for error in errors {
                    html.element("li") { html in
                        html.element("a", .href("#" + Field.id(error.field)), text: error.sentence)
                    }
                }
            }
        }
    }

    /// Writes what stands where a list has nothing to show: why, and what helps.
    package mutating func empty(_ title: String, _ help: String, action: PageLink? = nil) {
        element("div", .class("empty")) { html in
            html.element("p", .class("empty-title"), text: title)
            html.element("p", text: help)
            if let action { html.element("p") { $0.element("a", .href(action.href), text: action.text) } }
        }
    }
}
