/// What all pages of an installation share: words, files, and the name of the place. Built once, at start.
package struct Interior: Sendable {
    let tables: WordTables
    let assets: Assets
    let siteChinese: String
    let siteEnglish: String

    /// The words and files that ship, under the name of the place (`福州市政务服务`, `Fuzhou Government Services`).
    package init(tables: WordTables, assets: Assets, siteChinese: String, siteEnglish: String) {
        self.tables = tables
        self.assets = assets
        self.siteChinese = siteChinese
        self.siteEnglish = siteEnglish
    }
}

/// A name and where it leads.
package struct PageLink: Sendable, Hashable {
    package let text: String
    package let href: String

    /// A link with these words to this address.
    package init(_ text: String, _ href: String) {
        self.text = text
        self.href = href
    }
}

/// Who is signed in, for the menu at the top.
package struct AccountMenu: Sendable {
    /// The name, as the person wants to be greeted.
    package let name: String
    /// The role, firm or window in which the person acts; empty for a citizen's own business.
    package let role: String
    /// What the menu leads to, before the button that signs out.
    package let links: [PageLink]

    /// A menu of this person.
    package init(name: String, role: String = "", links: [PageLink] = []) {
        self.name = name
        self.role = role
        self.links = links
    }
}

/// One visit of one reader to one page: everything about it that is the same whatever the page shows.
package struct Visit: Sendable {
    package let door: Door
    package let preferences: Preferences
    /// The address of the page, with its query: where the preferences form leads back to.
    package let path: String
    /// The words of this reader at this door.
    package let words: Words
    /// Where the door leads: the page whose address begins `path` is marked.
    package var navigation: [PageLink] = []
    /// Who is signed in; nil shows the way to sign in.
    package var account: AccountMenu?
    /// The session's token against forged requests; empty before there is a session.
    package var csrf = ""
    /// What the foot of the page leads to.
    package var footer: [PageLink] = []
    /// The same as this page for programs: the media type and the address of each.
    package var alternates: [(type: StaticString, href: String)] = []
    /// The whole address under which the page is known, whatever stands behind its question mark; nil for its own.
    package var canonical: String?
    /// What the page is about, as JSON-LD; empty for nothing.
    package var linkedData: [UInt8] = []
    /// Seconds after which the page comes again by itself where no script runs; nil for a page that stays.
    package var againSeconds: Int?
    /// Where the page goes by itself after so many seconds; nil for one that stays.
    package var next: (href: String, seconds: Int)?
    /// Whether everything that is touched on a kiosk stands within reach of somebody who sits (轮椅高度).
    package var isLow = false

    let interior: Interior

    /// A visit through a door.
    package init(_ interior: Interior, door: Door, preferences: Preferences, path: String) {
        self.interior = interior
        self.door = door
        self.preferences = preferences
        self.path = path
        words = interior.tables.words(door, preferences.language)
    }

    /// The content security policy under which every page works: nothing inline, nothing from elsewhere.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    /// The same for a house whose forms may end elsewhere by way of a redirection, such as signing out.
    static func contentSecurityPolicy(formsTo origins: [String]) -> String {
        contentSecurityPolicy.replacing(
            "form-action 'self'", with: (["form-action 'self'"] + origins).joined(separator: " "))
    }

    /// The whole page: shell, breadcrumbs (the way here, without the page itself), and the content.
    ///
    /// The title names the page alone; the shell adds the door. A form that came back with errors says so in the title.
    package func page(
        _ title: String, crumbs: [PageLink] = [], hasErrors: Bool = false, content: (inout HTML) -> Void
    ) -> HTML {
        var html = HTML(words: words)
        html.raw("<!doctype html>")
        html.element(
            "html", Attribute("lang", preferences.language.tag), .data("data-theme", preferences.theme.rawValue),
            preferences.isElder ? Attribute("data-size", "elder") : nil
        ) { html in
            head(&html, title: title, hasErrors: hasErrors)
            html.element(
                "body", .data("data-door", door.rawValue), .flag("data-keys", door != .portal && preferences.hasKeys)
            ) { html in
                html.element("a", .class("skip"), .href("#main"), text: words["shell.skip"])
                top(&html)
                html.element("div", .class("page")) { html in
                    html.breadcrumbs(crumbs)
                    html.element("main", .id("main"), Attribute("tabindex", "-1"), children: content)
                }
                foot(&html)
            }
        }
        return html
    }

    /// A page that is one printable thing: no navigation, only the way back and the button to print.
    package func sheet(_ title: String, back: PageLink, content: (inout HTML) -> Void) -> HTML {
        var html = HTML(words: words)
        html.raw("<!doctype html>")
        html.element(
            "html", Attribute("lang", preferences.language.tag), .data("data-theme", preferences.theme.rawValue),
            preferences.isElder ? Attribute("data-size", "elder") : nil
        ) { html in
            head(&html, title: title, hasErrors: false)
            html.element("body", Attribute("data-door", "sheet")) { html in
                html.element("header", .class("sheet-tools")) { html in
                    html.element("a", .class("back"), .href(back.href)) { html in
                        html.icon(.arrowLeft)
                        html.text(back.text)
                    }
                    html.printButton()
                }
                html.element("main", .id("main"), children: content)
            }
        }
        return html
    }

    /// The name of the place in the reader's language.
    var site: String { words.pick(interior.siteChinese, interior.siteEnglish) }

    private func head(_ html: inout HTML, title: String, hasErrors: Bool) {
        html.element("head") { html in
            html.raw("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            html.raw("<meta name=\"color-scheme\" content=\"light dark\">")
            let over = hasErrors ? words["shell.title-error"] : ""
            html.element("title", text: "\(over)\(title) · \(words[door.word]) · \(site)")
            html.void("link", Attribute("rel", "stylesheet"), .href(interior.assets.path(of: "onewindow.css")))
            html.void("link", Attribute("rel", "icon"), .href(interior.assets.path(of: "favicon.svg")))
            html.element(
                "script", .flag("defer"), .address("src", interior.assets.path(of: "onewindow.js")), text: "")
            if let canonical {
                html.void("link", Attribute("rel", "canonical"), .href(canonical))
            }
            for alternate in alternates {
                html.void(
                    "link", Attribute("rel", "alternate"), Attribute("type", alternate.type), .href(alternate.href))
            }
            if !linkedData.isEmpty { html.linkedData(linkedData) }
            again(&html)
        }
    }

    /// Lets the page come again by itself where no script brings the news.
    func again(_ html: inout HTML) {
        guard let content = next.map({ "\($0.seconds);url=\($0.href)" }) ?? againSeconds.map({ "\($0)" }) else {
            return
        }
        html.element("noscript") { html in
            html.void("meta", Attribute("http-equiv", "refresh"), .data("content", content))
        }
    }
}

extension Door {
    /// What the door is called on its pages.
    var word: Word {
        switch self {
        case .portal: Word("door.portal")
        case .window: Word("door.window")
        case .office: Word("door.office")
        }
    }

    /// Where the door's first page is.
    package var home: String {
        switch self {
        case .portal: "/"
        case .window: "/window"
        case .office: "/office"
        }
    }
}
