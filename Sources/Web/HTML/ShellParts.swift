/// The top and the foot of a page.
extension Visit {
    func top(_ html: inout HTML) {
        html.element("header", .class("top")) { html in
            html.element("div", .class("top-row")) { html in
                html.element("a", .class("brand"), .href(door.home)) { html in
                    html.mark()
                    html.element("span", .class("brand-name"), text: words["brand"])
                    html.element("span", .class("brand-site"), text: door == .portal ? site : words[door.word])
                }
                html.element("div", .class("top-tools")) { html in
                    look(&html)
                    accountMenu(&html)
                }
            }
            guard !navigation.isEmpty else { return }
            html.element("nav", .class("doors"), .label(words["shell.navigation"])) { html in
                html.element("ul") { html in
                    for link in navigation { item(&html, link) }
                }
            }
        }
    }

    func foot(_ html: inout HTML) {
        html.element("footer", .class("foot")) { html in
            html.element("div", .class("foot-row")) { html in
                html.element("p") { html in
                    html.text(site)
                    html.raw(" · ")
                    html.element("a", .href("tel:12345"), text: words["footer.hotline"])
                }
                if !footer.isEmpty {
                    html.element("ul") { html in
                        for link in footer {
                            html.element("li") { $0.element("a", .href(link.href), text: link.text) }
                        }
                    }
                }
            }
        }
        html.raw("<p id=\"live\" class=\"unseen\" role=\"status\"></p>")
    }

    /// The link whose address is the longest beginning of this page's is the current one.
    private func item(_ html: inout HTML, _ link: PageLink) {
        let place = path.prefix { $0 != "?" }
        let matching = navigation.map(\.href)
            .filter { place == $0 || ($0 != "/" && place.hasPrefix($0 + "/")) }
            .max { $0.count < $1.count }
        html.element("li") { html in
            html.element(
                "a", .href(link.href), link.href == matching ? Attribute("aria-current", "page") : nil, text: link.text)
        }
    }

    private func look(_ html: inout HTML) {
        html.element("form", .class("look"), Attribute("method", "post"), Attribute("action", "/preferences")) { html in
            html.hidden("csrf", csrf)
            html.hidden("back", path)
            if door == .portal {
                choice(
                    &html, preferences.isElder ? "usual" : "elder",
                    preferences.isElder ? Word("look.usual") : Word("look.elder"))
            }
            let other: Language = preferences.language == .zh ? .en : .zh
            html.element(
                "button", .class("quiet"), Attribute("name", "look"), .data("value", other.rawValue),
                Attribute("lang", other.tag), text: "\(other.ownName)")
            html.element("details", .class("menu")) { html in
                html.element("summary") { html in
                    html.say("look.title")
                    html.icon(.down)
                }
                html.element("div", .class("menu-list")) { html in
                    choice(&html, "automatic", Word("look.automatic"), isOn: preferences.theme == .automatic)
                    choice(&html, "light", Word("look.light"), isOn: preferences.theme == .light)
                    choice(&html, "dark", Word("look.dark"), isOn: preferences.theme == .dark)
                    if door != .portal {
                        choice(
                            &html, preferences.isElder ? "usual" : "elder",
                            preferences.isElder ? Word("look.usual") : Word("look.elder"))
                        choice(
                            &html, preferences.hasKeys ? "nokeys" : "keys",
                            preferences.hasKeys ? Word("look.keys-off") : Word("look.keys-on"))
                    }
                }
            }
        }
    }

    private func choice(_ html: inout HTML, _ value: StaticString, _ word: Word, isOn: Bool? = nil) {
        html.element(
            "button", .class("quiet"), Attribute("name", "look"), Attribute("value", value),
            isOn.map { $0 ? Attribute("aria-pressed", "true") : Attribute("aria-pressed", "false") }, text: words[word])
    }

    private func accountMenu(_ html: inout HTML) {
        guard let account else {
            html.element("a", .class("sign-in"), .href("/sign-in"), text: words["account.sign-in"])
            return
        }
        html.element("details", .class("menu account")) { html in
            html.element("summary") { html in
                html.icon(.person)
                html.element("span", text: account.name)
                html.icon(.down)
            }
            html.element("div", .class("menu-list")) { html in
                if !account.role.isEmpty { html.element("p", .class("note"), text: account.role) }
                for link in account.links { html.element("a", .href(link.href), text: link.text) }
                html.element("form", Attribute("method", "post"), Attribute("action", "/sign-out")) { html in
                    html.hidden("csrf", csrf)
                    html.element("button", .class("quiet"), text: words["account.sign-out"])
                }
            }
        }
    }
}

extension HTML {
    /// Writes the way to this page, above its content; nothing when there is none.
    mutating func breadcrumbs(_ links: [PageLink]) {
        guard !links.isEmpty else { return }
        element("nav", .class("crumbs"), .label(words["shell.breadcrumbs"])) { html in
            html.element("ol") { html in
                for link in links {
                    html.element("li") { $0.element("a", .href(link.href), text: link.text) }
                }
            }
        }
    }

    /// Writes a value that travels with a form unseen.
    package mutating func hidden(_ name: StaticString, _ value: String) {
        void("input", Attribute("type", "hidden"), Attribute("name", name), .data("value", value))
    }
}
