/// The tokens that every form carries: two, and at a window the number of whoever stands there.
package struct FormTokens: Sendable {
    let csrf: String
    let command: String
    /// The ticket of whoever stands at the window, for a deed that is done for her; nil where nobody does.
    private(set) var served: String?

    /// The session's token against forged requests, and the command's own, with which a double click does one deed.
    package init(csrf: String, command: String) {
        self.csrf = csrf
        self.command = command
    }

    /// The same with the ticket of whoever stands at the window.
    package func serving(_ ticket: String?) -> FormTokens {
        var tokens = self
        tokens.served = ticket
        return tokens
    }
}

/// One step of an application, for the header that shows how far one is.
package struct Step: Sendable {
    package let name: String
    /// Where the step can be looked at again; nil for one that is still to come.
    package let href: String?

    /// A step.
    package init(_ name: String, href: String? = nil) {
        self.name = name
        self.href = href
    }
}

extension HTML {
    /// Writes a form that posts to the address. `autosave` is where the same fields are kept while someone types.
    ///
    /// A form with files is sent as multipart, another urlencoded; autosave always sends urlencoded, without the files.
    /// The browser checks nothing by itself (`novalidate`): errors come from one place, in the reader's language. In a
    /// form that `flows`, on a work screen with keys, Enter goes on to what is still open instead of sending the form,
    /// as a scanner ends what it reads with Enter.
    package mutating func form(
        _ action: String, _ tokens: FormTokens, autosave: String? = nil, hasFiles: Bool = false, flows: Bool = false,
        content: (inout HTML) -> Void
    ) {
        element(
            "form", Attribute("method", "post"), .address("action", action),
            hasFiles ? Attribute("enctype", "multipart/form-data") : nil, .flag("novalidate"),
            .flag("data-flow", flows),
            .address("data-autosave", autosave),
            .data("data-said", autosave == nil ? nil : words["form.saved"]),
            .data("data-failed", autosave == nil ? nil : words["form.not-saved"]),
            .data("data-sending", words["form.sending"])
        ) { html in
            html.hidden("csrf", tokens.csrf)
            html.hidden("token", tokens.command)
            if let served = tokens.served { html.hidden("served", served) }
            content(&html)
            if autosave != nil { html.raw("<p class=\"saved note\" data-saved></p>") }
        }
    }

    /// Writes a form that is only buttons: one deed beside the thing it is done to.
    package mutating func deed(_ action: String, _ tokens: FormTokens, content: (inout HTML) -> Void) {
        element("form", .class("deed"), Attribute("method", "post"), .address("action", action)) { html in
            html.hidden("csrf", tokens.csrf)
            html.hidden("token", tokens.command)
            if let served = tokens.served { html.hidden("served", served) }
            content(&html)
        }
    }

    /// Writes how far an application is: the steps by name, and in one sentence which of them this page is.
    /// `current` counts from nought.
    package mutating func steps(_ steps: [Step], current: Int) {
        element("nav", .class("steps"), .label(words["steps.label"])) { html in
            html.element("p", .class("steps-now")) { html in
                html.say("steps.now", ["n": "\(current + 1)", "of": "\(steps.count)"])
                html.element("span", text: steps.indices.contains(current) ? steps[current].name : "")
            }
            html.element("ol") { html in
                for (index, step) in steps.enumerated() {
                    html.element(
                        "li", .class(index < current ? "done" : index == current ? "now" : nil),
                        index == current ? Attribute("aria-current", "step") : nil
                    ) { html in
                        if index < current { html.icon(.check, label: html.words["steps.done"]) }
                        if index < current, let href = step.href {
                            html.element("a", .href(href), text: step.name)
                        } else {
                            html.element("span", text: step.name)
                        }
                    }
                }
            }
        }
    }

    /// Writes the way back to the step before; the draft keeps what was typed.
    package mutating func back(_ href: String) {
        element("p") { html in
            html.element("a", .class("back"), .href(href)) { html in
                html.icon(.arrowLeft)
                html.say("deed.back")
            }
        }
    }

    /// Writes fields that belong together, under one heading.
    package mutating func fields(_ legend: String, content: (inout HTML) -> Void) {
        element("fieldset", .class("fields")) { html in
            html.element("legend", text: legend)
            content(&html)
        }
    }
}
