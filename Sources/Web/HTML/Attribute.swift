/// One attribute of an element; its value is a literal of the source or data that will be escaped.
///
/// A static function that was given nil or false answers nil, and `HTML` leaves a nil attribute out.
package struct Attribute: Sendable {
    enum Value: Sendable {
        case flag
        case fixed(StaticString)
        case data(String)
    }

    let name: StaticString
    let value: Value

    /// An attribute whose value stands in the source.
    package init(_ name: StaticString, _ literal: StaticString) {
        self.name = name
        value = .fixed(literal)
    }

    /// An attribute with data as its value. Not for addresses (`href`), and never for `style` or `on…`, which the
    /// content security policy forbids.
    package static func data(_ name: StaticString, _ data: String?) -> Attribute? {
        data.map { Attribute(name: name, value: .data($0)) }
    }

    /// An attribute that is there or not (`required`, `checked`, `hidden`).
    package static func flag(_ name: StaticString, _ isOn: Bool = true) -> Attribute? {
        isOn ? Attribute(name: name, value: .flag) : nil
    }

    /// The classes, when there are any.
    package static func `class`(_ names: StaticString?) -> Attribute? {
        names.map { Attribute("class", $0) }
    }

    /// The name by which others on the page refer to the element. White space, which an id must not hold, becomes `_`.
    package static func id(_ id: String) -> Attribute? {
        data("id", identifier(id))
    }

    /// The text that a screen reader says in place of what is seen.
    package static func label(_ text: String?) -> Attribute? {
        data("aria-label", text)
    }

    /// The ids of elements that describe this one, in order; nil when there are none.
    package static func describedBy(_ ids: [String]) -> Attribute? {
        ids.isEmpty ? nil : data("aria-describedby", ids.map(identifier).joined(separator: " "))
    }

    /// The machine's form of a `time` element.
    package static func datetime(_ text: String) -> Attribute? {
        data("datetime", text)
    }

    /// A link's address; see `address`.
    package static func href(_ target: String) -> Attribute? {
        address("href", target)
    }

    /// An address within this site (`/…`, `?…`, `#…`) or an outer one over https, http, tel or mailto. Anything else,
    /// `javascript:` and `//host` among it, becomes `#`.
    package static func address(_ name: StaticString, _ target: String?) -> Attribute? {
        target.map { Attribute(name: name, value: .data(isSafe($0) ? $0 : "#")) }
    }

    private init(name: StaticString, value: Value) {
        self.name = name
        self.value = value
    }

    static func identifier(_ text: String) -> String {
        String(text.map { $0.isWhitespace ? "_" : $0 })
    }

    private static func isSafe(_ target: String) -> Bool {
        let bytes = Array(target.utf8)
        guard let first = bytes.first, !bytes.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\\") }) else {
            return false
        }
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: "?"): return true
        case UInt8(ascii: "/"): return bytes.dropFirst().first != first
        default:
            return ["https://", "http://", "tel:", "mailto:"].contains { target.lowercased().hasPrefix($0) }
        }
    }
}
