extension HTML {
    /// Writes a field: label, help, where a prefilled value comes from, error, control, all tied together.
    package mutating func field(_ field: Field) {
        switch field.kind {
        case .choice(let options): group(field) { $0.options(field, options, type: "radio") }
        case .choices(let options): group(field) { $0.options(field, options, type: "checkbox") }
        case .yesNo:
            let options = [Option("true", words["field.yes"]), Option("false", words["field.no"])]
            group(field) { $0.options(field, options, type: "radio", isInline: true) }
        case .consent(let declaration):
            group(field) { $0.options(field, [Option("yes", declaration)], type: "checkbox") }
        default: single(field)
        }
    }

    /// A field of one control, with a label of its own.
    private mutating func single(_ field: Field) {
        element("div", .class(field.answer.error == nil ? "field" : "field wrong")) { html in
            if field.isHeading {
                html.element("h1") { $0.label(field) }
            } else {
                html.label(field)
            }
            html.remarks(field)
            html.control(field)
        }
    }

    /// A field of several controls, with a legend over all of them.
    private mutating func group(_ field: Field, controls: (inout HTML) -> Void) {
        element("div", .class(field.answer.error == nil ? "field" : "field wrong")) { html in
            html.element("fieldset", .describedBy(field.descriptions(html.words))) { html in
                html.element("legend") { html in
                    if field.isHeading {
                        html.element("h1") { $0.labelText(field) }
                    } else {
                        html.labelText(field)
                    }
                }
                html.remarks(field)
                controls(&html)
            }
        }
    }

    private mutating func label(_ field: Field) {
        element("label", .data("for", field.id)) { $0.labelText(field) }
    }

    private mutating func labelText(_ field: Field) {
        text(field.label)
        guard field.isOptional else { return }
        element("span", .class("optional"), text: words["field.optional"])
    }

    private mutating func remarks(_ field: Field) {
        if let help = field.help(words) { element("p", .class("hint"), .id(field.hintID), text: help) }
        if let origin = field.answer.origin {
            element("p", .class("origin"), .id(field.originID)) { html in
                html.icon(.certificate)
                html.say("field.origin", ["source": origin])
            }
        }
        if let error = field.answer.error {
            element("p", .class("mistake"), .id(field.errorID)) { html in
                html.icon(.warning, label: html.words["tone.error"])
                html.text(error)
            }
        }
    }

    private mutating func options(
        _ field: Field, _ options: [Option], type: StaticString, isInline: Bool = false
    ) {
        element("div", .class(isInline ? "options inline" : "options")) { html in
            for (index, option) in options.enumerated() {
                let id = index == 0 ? field.id : "\(field.id)-\(index + 1)"
                let hintID = "\(field.id)-\(index + 1)-hint"
                html.element("div", .class("option")) { html in
                    html.void(
                        "input", Attribute("type", type), .id(id), .data("name", field.name),
                        .data("value", option.value), .flag("checked", field.answer.values.contains(option.value)),
                        .describedBy(option.hint.isEmpty ? [] : [hintID]))
                    html.element("label", .data("for", Attribute.identifier(id)), text: option.label)
                    if !option.hint.isEmpty {
                        html.element("p", .class("hint"), .id(hintID), text: option.hint)
                    }
                }
            }
        }
    }
}
