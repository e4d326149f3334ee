/// A page for a big screen or a kiosk: everybody stands before it, nobody is signed in, nothing is typed.
extension Visit {
    /// The whole page, with the way to the hall's screen. Its style is its own (`screen.css`): large type, one theme of
    /// high contrast; a script only where something on it changes by itself.
    ///
    /// `brand` stands in the head of the page: the hall's name where it is the hall's own.
    func screen(_ title: String, home: String, brand: String? = nil, content: (inout HTML) -> Void) -> HTML {
        var html = HTML(words: words)
        html.raw("<!doctype html>")
        html.element(
            "html", Attribute("lang", preferences.language.tag),
            preferences.isElder ? Attribute("data-size", "elder") : nil
        ) { html in
            html.element("head") { html in
                html.raw("<meta charset=\"utf-8\">")
                html.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                html.element("title", text: "\(title) · \(site)")
                html.void("link", Attribute("rel", "stylesheet"), .href(interior.assets.path(of: "screen.css")))
                html.void("link", Attribute("rel", "icon"), .href(interior.assets.path(of: "favicon.svg")))
                if againSeconds != nil || next != nil {
                    html.element(
                        "script", .flag("defer"), .address("src", interior.assets.path(of: "screen.js")), text: "")
                }
                again(&html)
            }
            html.element("body", isLow ? Attribute("class", "low") : nil) { html in
                html.element("a", .class("skip"), .href("#main"), text: words["shell.skip"])
                html.element("header", .class("top")) { html in
                    html.element("a", .class("brand"), .href(home)) { html in
                        html.mark()
                        html.element("span", text: brand ?? site)
                    }
                    language(&html)
                }
                html.element("main", .id("main"), Attribute("tabindex", "-1"), children: content)
            }
        }
        return html
    }

    private func language(_ html: inout HTML) {
        let other: Language = preferences.language == .zh ? .en : .zh
        html.element("form", Attribute("method", "post"), Attribute("action", "/preferences")) { html in
            html.hidden("csrf", csrf)
            html.hidden("back", path)
            html.element(
                "button", .class("touch"), Attribute("name", "look"), .data("value", other.rawValue),
                Attribute("lang", other.tag), text: "\(other.ownName)")
        }
    }
}
