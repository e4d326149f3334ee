extension HTML {
    /// Writes the page's one main heading, with a small line above it where the page belongs to something.
    package mutating func title(_ text: String, over caption: String? = nil) {
        if let caption { element("p", .class("caption"), text: caption) }
        element("h1", text: text)
    }

    /// Writes the heading of a part of the page; the id lets links lead to it.
    package mutating func heading(_ text: String, id: String? = nil) {
        element("h2", id.flatMap(Attribute.id), text: text)
    }

    /// Writes the heading of a part within a part.
    package mutating func subheading(_ text: String) {
        element("h3", text: text)
    }

    /// Writes the sentence under the heading that says what the page is for.
    package mutating func lead(_ text: String) {
        element("p", .class("lead"), text: text)
    }

    /// Writes a paragraph.
    package mutating func paragraph(_ text: String) {
        element("p", text: text)
    }

    /// Writes a line of lesser weight.
    package mutating func note(_ text: String) {
        element("p", .class("note"), text: text)
    }

    /// Writes a part of the page in a frame, with its heading.
    package mutating func card(_ heading: String? = nil, content: (inout HTML) -> Void) {
        element("section", .class("card")) { html in
            if let heading { html.element("h2", text: heading) }
            content(&html)
        }
    }

    /// Writes the column of reading width (720 px) that guides and steps stand in.
    package mutating func reading(content: (inout HTML) -> Void) {
        element("div", .class("reading"), children: content)
    }

    /// Writes two columns: the matter, and beside it what stays in sight; on a phone the aside stands under the matter,
    /// or over it when it comes first.
    package mutating func columns(
        isAsideFirst: Bool = false, main: (inout HTML) -> Void, aside: (inout HTML) -> Void
    ) {
        element("div", .class("columns")) { html in
            if isAsideFirst { html.element("div", .class("columns-aside"), children: aside) }
            html.element("div", .class("columns-main"), children: main)
            if !isAsideFirst { html.element("div", .class("columns-aside"), children: aside) }
        }
    }

    /// Writes the page's one deed so that it stays in sight: at the foot of the screen on a phone, in place elsewhere.
    package mutating func stay(content: (inout HTML) -> Void) {
        element("div", .class("stay"), children: content)
    }

    /// Writes cards side by side, as many to a row as fit.
    package mutating func tiles(_ links: [(link: PageLink, note: String)]) {
        element("ul", .class("tiles")) { html in
            for (link, note) in links {
                html.element("li") { html in
                    html.element("a", .href(link.href), text: link.text)
                    if !note.isEmpty { html.element("p", .class("note"), text: note) }
                }
            }
        }
    }

    /// Writes something that opens on demand, or stands open to begin with.
    package mutating func unfold(
        _ summary: String, isOpen: Bool = false, key: Key? = nil, content: (inout HTML) -> Void
    ) {
        element("details", .class("unfold"), .flag("open", isOpen)) { html in
            html.element(
                "summary", .data("data-key", key?.character), .data("aria-keyshortcuts", key?.character)
            ) { html in
                html.text(summary)
                html.keyHint(key)
            }
            html.element("div", children: content)
        }
    }
}
