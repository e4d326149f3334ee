extension HTML {
    /// Writes the one control of a field, tied to its label, help and error.
    mutating func control(_ field: Field) {
        switch field.kind {
        case .multiline(let max): area(field, rows: 5, max: max)
        case .address: area(field, rows: 2, max: 200)
        case .list(let options): select(field, options)
        case .files(let kinds, let max, let kept):
            self.kept(kept)
            void(
                "input", Attribute("type", "file"), .id(field.id), .data("name", field.name),
                .data("accept", kinds.joined(separator: ",")), .flag("multiple", max > 1),
                .describedBy(field.descriptions(words)), invalid(field))
        case .money:
            element("div", .class("prefixed")) { html in
                html.element("span", Attribute("aria-hidden", "true"), text: "¥")
                html.line(field)
            }
        default: line(field)
        }
    }

    private mutating func line(_ field: Field) {
        let shape = LineShape(field)
        void(
            "input", Attribute("type", shape.type), .class(shape.style), .id(field.id), .data("name", field.name),
            .data("value", field.value), .data("maxlength", shape.max.map { "\($0)" }),
            shape.inputMode.map { Attribute("inputmode", $0) }, Attribute("spellcheck", "false"),
            (field.autocomplete ?? shape.autocomplete).map { Attribute("autocomplete", $0) },
            .flag("readonly", field.isLocked), .describedBy(field.descriptions(words)), invalid(field),
            .tongue(of: field.value, on: words.language))
    }

    private mutating func area(_ field: Field, rows: Int, max: Int) {
        element(
            "textarea", .id(field.id), .data("name", field.name), .data("rows", "\(rows)"),
            .data("maxlength", "\(max)"), .flag("data-count", rows == 5), .flag("readonly", field.isLocked),
            .describedBy(field.descriptions(words)), invalid(field), .tongue(of: field.value, on: words.language)
        ) { html in
            html.raw("\n")
            html.text(field.value)
        }
    }

    private mutating func select(_ field: Field, _ options: [Option]) {
        element(
            "select", .id(field.id), .data("name", field.name), .describedBy(field.descriptions(words)), invalid(field)
        ) { html in
            html.element("option", Attribute("value", ""), text: field.blank ?? html.words["field.select"])
            var rest = options[...]
            while let group = rest.first?.group {
                let own = rest.prefix { $0.group == group }
                rest = rest.dropFirst(own.count)
                if group.isEmpty {
                    html.answers(field, own)
                } else {
                    html.element("optgroup", .data("label", group)) { $0.answers(field, own) }
                }
            }
        }
    }

    private mutating func answers(_ field: Field, _ options: ArraySlice<Option>) {
        for option in options {
            element(
                "option", .data("value", option.value), .flag("selected", field.value == option.value),
                text: option.label)
        }
    }

    private mutating func kept(_ files: [KeptFile]) {
        guard !files.isEmpty else { return }
        element("ul", .class("kept")) { html in
            for file in files {
                html.element("li") { html in
                    html.icon(.file)
                    html.element("a", .href(file.link.href), text: file.link.text)
                    html.element("span", .class("note"), text: html.words.size(bytes: file.bytes))
                    if let verdict = file.verdict {
                        html.tag(verdict.tag)
                        html.link(PageLink(html.words["file.report"], verdict.href))
                    }
                    html.element(
                        "button", .class("quiet"), Attribute("name", "remove"), .data("value", file.id),
                        .label(html.words("deed.remove-what", ["what": file.link.text])),
                        text: html.words["deed.remove"])
                }
            }
        }
    }

    private func invalid(_ field: Field) -> Attribute? {
        field.answer.error == nil ? nil : Attribute("aria-invalid", "true")
    }
}

/// What a browser should know about a one-line answer of a kind: keyboard, width, autofill.
private struct LineShape {
    var type: StaticString = "text"
    var style: StaticString?
    var max: Int?
    var inputMode: StaticString?
    var autocomplete: StaticString?

    init(_ field: Field) {
        switch field.kind {
        case .text(let max): self.max = max
        case .integer: (style, max, inputMode) = ("short", 20, "numeric")
        case .date: (style, max, inputMode) = ("short", 10, "numeric")
        case .phone: (type, style, max, autocomplete) = ("tel", "middling", 13, "tel-national")
        case .citizenID, .creditCode: (style, max, autocomplete) = ("middling code", 24, "off")
        case .money: (style, max, inputMode) = ("short", 16, "decimal")
        default: break
        }
    }
}
