/// A key of the keyboard that does a deed on work screens, alone or with Alt: one lower-case letter, digit, or `/`.
package struct Key: Sendable, Hashable, ExpressibleByUnicodeScalarLiteral {
    let character: String

    /// Refuses, by precondition, anything but a to z, 0 to 9 and `/`. `j`, `k` and `?` belong to lists and to help.
    package init(unicodeScalarLiteral scalar: Unicode.Scalar) {
        precondition(
            scalar == "/" || ("a"..."z").contains(scalar) && scalar != "j" && scalar != "k"
                || ("0"..."9").contains(scalar),
            "not a key for deeds: \(scalar)")
        character = String(scalar)
    }
}

/// How much a button weighs. One primary button a page; red only for what destroys.
package enum ButtonKind: Sendable, CaseIterable {
    case primary, secondary, danger, quiet

    var style: StaticString {
        switch self {
        case .primary: "button primary"
        case .secondary: "button secondary"
        case .danger: "button danger"
        case .quiet: "button quiet"
        }
    }
}

/// What a button sends beside its form's fields.
package struct ButtonValue: Sendable {
    let name: StaticString
    let value: String

    /// The pair `name=value`.
    package init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension HTML {
    /// Writes the button that sends its form; with a value, when the form has more than one.
    package mutating func button(
        _ text: String, _ kind: ButtonKind = .primary, sends: ButtonValue? = nil, key: Key? = nil, icon: Icon? = nil
    ) {
        element(
            "button", .class(kind.style), Attribute("type", "submit"), sends.map { Attribute("name", $0.name) },
            .data("value", sends?.value), .data("data-key", key?.character), .data("aria-keyshortcuts", key?.character)
        ) { html in
            if let icon { html.icon(icon) }
            html.element("span", text: text)
            html.keyHint(key)
        }
    }

    /// Writes a button that prints the page; scripts show it.
    package mutating func printButton() {
        element(
            "button", Attribute("type", "button"), .class("button secondary"), .flag("data-print"), .flag("hidden")
        ) { html in
            html.icon(.print)
            html.say("deed.print")
        }
    }

    /// Writes a link that looks like a button: for going on, never for a deed that changes something.
    package mutating func buttonLink(
        _ text: String, _ href: String, _ kind: ButtonKind = .secondary, key: Key? = nil, icon: Icon? = nil
    ) {
        element(
            "a", .class(kind.style), .href(href), .data("data-key", key?.character),
            .data("aria-keyshortcuts", key?.character)
        ) { html in
            if let icon { html.icon(icon) }
            html.element("span", text: text)
            html.keyHint(key)
        }
    }

    /// Writes buttons in a row; under one another on a phone.
    package mutating func buttons(content: (inout HTML) -> Void) {
        element("div", .class("buttons"), children: content)
    }

    /// Writes a link.
    package mutating func link(_ link: PageLink, icon: Icon? = nil) {
        element("a", .href(link.href)) { html in
            if let icon { html.icon(icon) }
            html.text(link.text)
        }
    }

    /// Writes a link to a file, with its kind and size in bytes.
    package mutating func download(_ link: PageLink, kind: String, bytes: Int) {
        element("a", .class("download"), .href(link.href), .flag("download")) { html in
            html.icon(.download)
            html.element("span", text: link.text)
            html.element("span", .class("note"), text: "\(kind) · \(html.words.size(bytes: bytes))")
        }
    }

    /// Writes a number, name or code that one tap copies (the button appears when scripts run).
    package mutating func copyable(_ value: String, name: String) {
        element("span", .class("copyable")) { html in
            html.element("span", .class("code"), text: value)
            html.element(
                "button", Attribute("type", "button"), .class("copy"), .data("data-copy", value),
                .data("data-said", html.words["deed.copied"]), .label(html.words("deed.copy-what", ["what": name])),
                .flag("hidden")
            ) { html in
                html.icon(.copy)
                html.element("span", text: html.words["deed.copy"])
            }
        }
    }

    /// Writes the key that does the same, as a small cap; it is seen on work screens with keys turned on.
    mutating func keyHint(_ key: Key?) {
        guard let key else { return }
        element("kbd", Attribute("aria-hidden", "true"), text: key.character.uppercased())
    }
}
