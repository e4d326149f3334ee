/// A word about how something stands, in a small frame.
package struct Tag: Sendable, Hashable {
    /// What the frame's colour says beside the word.
    package enum Look: Sendable, CaseIterable {
        case plain, busy, good, waiting, bad
    }

    package let text: String
    package let look: Look

    /// A word in a frame.
    package init(_ text: String, _ look: Look = .plain) {
        self.text = text
        self.look = look
    }
}

/// The light of a dossier under its clock: a shape and a word, and then a colour (红黄灯).
package enum LightSign: String, Sendable, CaseIterable {
    case green, yellow, red
    /// Past the statutory limit.
    case redStatutory

    var word: Word {
        switch self {
        case .green: Word("light.green")
        case .yellow: Word("light.yellow")
        case .red: Word("light.red")
        case .redStatutory: Word("light.red-statutory")
        }
    }

    var style: StaticString {
        switch self {
        case .green: "light green"
        case .yellow: "light yellow"
        case .red: "light red"
        case .redStatutory: "light red-statutory"
        }
    }

    /// Circle, triangle, square, and an octagon with a bar: told apart without colour.
    var shape: StaticString {
        switch self {
        case .green: "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"
        case .yellow: "<path d=\"M8 1.5 15.5 14.5H.5z\"/>"
        case .red: "<path d=\"M2 2h12v12H2z\"/>"
        case .redStatutory:
            "<path d=\"M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z\"/><path class=\"bar\" d=\"M4 8h8\"/>"
        }
    }
}

extension HTML {
    /// Writes a word in a frame.
    package mutating func tag(_ tag: Tag) {
        let style: StaticString =
            switch tag.look {
            case .plain: "tag"
            case .busy: "tag busy"
            case .good: "tag good"
            case .waiting: "tag waiting"
            case .bad: "tag bad"
            }
        element("strong", .class(style), text: tag.text)
    }

    /// Writes a light: shape and word, and beside them how many days are left, when that is known.
    package mutating func light(_ light: LightSign, days: String? = nil) {
        element("span", .class(light.style)) { html in
            html.element("svg", Attribute("viewBox", "0 0 16 16"), Attribute("aria-hidden", "true")) {
                $0.raw(light.shape)
            }
            html.element("span", text: html.words[light.word])
            if let days { html.element("span", .class("light-days"), text: days) }
        }
    }
}
