/// A language of the interface: Chinese first, English in full.
package enum Language: String, Sendable, CaseIterable {
    case zh
    case en

    /// The value of the `lang` attribute (BCP 47).
    package var tag: StaticString {
        switch self {
        case .zh: "zh-Hans-CN"
        case .en: "en"
        }
    }

    /// The language's own name, for the switch.
    package var ownName: StaticString {
        switch self {
        case .zh: "中文"
        case .en: "English"
        }
    }
}

/// How a reader wants pages to look: one cookie, no account needed.
package struct Preferences: Hashable, Sendable {
    /// Light or dark; `automatic` follows the device.
    package enum Theme: String, Sendable, CaseIterable {
        case automatic
        case light
        case dark
    }

    /// The language of the page.
    package var language: Language
    /// Light, dark, or as the device wants.
    package var theme: Theme
    /// Elder mode (长辈模式): larger type, wider lines, contrast of 7:1.
    package var isElder: Bool
    /// Whether single keys do deeds on work screens (WCAG 2.1.4 wants a way to turn them off).
    package var hasKeys: Bool

    /// Preferences as given; by default Chinese, as the device, usual size, keys on.
    package init(language: Language = .zh, theme: Theme = .automatic, isElder: Bool = false, hasKeys: Bool = true) {
        self.language = language
        self.theme = theme
        self.isElder = isElder
        self.hasKeys = hasKeys
    }

    /// The cookie's name.
    package static let cookieName = "look"

    /// Reads a cookie's value; whatever cannot be read keeps its default, so that a torn cookie never fails a page.
    package init(cookie: String?) {
        self.init()
        for part in (cookie ?? "").split(separator: ".", maxSplits: 8).map(String.init) { apply(part) }
    }

    /// The cookie's value: parts joined by full stops.
    package var cookie: String {
        [language.rawValue, theme.rawValue, isElder ? "elder" : "usual", hasKeys ? "keys" : "nokeys"]
            .joined(separator: ".")
    }

    /// Changes what one button of the preferences form stands for (`zh`, `dark`, `elder`, `nokeys`); ignores the rest.
    package mutating func apply(_ part: String) {
        if let language = Language(rawValue: part) { self.language = language }
        if let theme = Theme(rawValue: part) { self.theme = theme }
        switch part {
        case "elder": isElder = true
        case "usual": isElder = false
        case "keys": hasKeys = true
        case "nokeys": hasKeys = false
        default: break
        }
    }
}
