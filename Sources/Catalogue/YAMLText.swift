import Vocabulary
import Yams

/// YAML as far as JSON goes (YAML 1.2, JSON schema): no anchors, aliases, tags or keys said twice; `yes` and `01` are
/// texts. Yams reads and writes it, here and nowhere else; it loses a byte order mark with which a text begins.
enum YAMLText {
    /// LIMIT: bytes of a file: ten thousand sheets are some 40 MB.
    static let bytesMax = 64 * 1024 * 1024
    /// LIMIT: values within one another.
    static let depthMax = 64

    /// The bytes of a value. Texts are quoted, so that every reader takes them for texts.
    static func bytes(of value: JSONValue) throws -> [UInt8] {
        Array(try Yams.serialize(node: node(value), width: -1, allowUnicode: true).utf8)
    }

    private static func node(_ value: JSONValue) -> Node {
        switch value {
        case .null: Node.scalar(.init("null", Tag(.null), .plain))
        case .flag(let isSo): Node.scalar(.init("\(isSo)", Tag(.bool), .plain))
        case .number(let number): Node.scalar(.init("\(number)", Tag(.int), .plain))
        case .text(let text): Node.scalar(.init(text, Tag(.str), .doubleQuoted))
        case .list(let items): Node.sequence(.init(items.map(node), .implicit, items.isEmpty ? .flow : .block))
        case .record(let members):
            Node.mapping(
                .init(
                    members.sorted { $0.key < $1.key }.map { name, member in
                        (Node.scalar(.init(name, Tag(.str), Self.isPlain(name) ? .plain : .doubleQuoted)), node(member))
                    }, .implicit, members.isEmpty ? .flow : .block))
        }
    }

    /// Whether a name needs no quotes. Others are numbers, words of YAML or odd.
    private static func isPlain(_ name: String) -> Bool {
        name.wholeMatch(of: /[a-z][A-Za-z]{4,}/) != nil && name != "false"
    }

    /// The value in the bytes. Throws `TableRefusal.malformed` with the line, and `.anchors` for what refers to
    /// something else in the file.
    static func value(of bytes: [UInt8]) throws(TableRefusal) -> JSONValue {
        guard bytes.count <= bytesMax else { throw .tooLarge }
        do {
            let parser = try Parser(yaml: String(decoding: bytes, as: UTF8.self))
            // Anchors live no longer than the parser.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else { throw TableRefusal.empty }
                return try value(of: root, depth: 0)
            }
        } catch let refusal as TableRefusal {
            throw refusal
        } catch {
            throw .malformed("YAML")
        }
    }

    private static func value(of node: Node, depth: Int) throws(TableRefusal) -> JSONValue {
        let place = "YAML \(node.mark?.line ?? 0)"
        guard depth <= depthMax else { throw .malformed(place) }
        guard node.anchor == nil else { throw .anchors }
        switch node {
        case .alias: throw .anchors
        case .sequence(let sequence):
            guard isImplicit(sequence.tag) else { throw .malformed(place) }
            var items: [JSONValue] = []
            for item in sequence { items.append(try value(of: item, depth: depth + 1)) }
            return .list(items)
        case .mapping(let mapping):
            guard isImplicit(mapping.tag) else { throw .malformed(place) }
            var members: [String: JSONValue] = [:]
            for (key, member) in mapping {
                guard case .scalar(let name) = key, name.tag.isOfYAML else { throw .malformed(place) }
                guard name.anchor == nil else { throw .anchors }
                members[name.string] = try value(of: member, depth: depth + 1)
            }
            return .record(members)
        case .scalar(let scalar):
            // Yams gives quoted texts the tag of texts.
            let isQuoted = scalar.style != .plain && scalar.tag.rawValue == Tag.Name.str.rawValue
            guard isQuoted || isImplicit(scalar.tag) else { throw .malformed(place) }
            return scalar.style == .plain ? plain(scalar.string) : .text(scalar.string)
        }
    }

    private static func isImplicit(_ tag: Tag) -> Bool { ["", "!"].contains(tag.rawValue) }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "null", "~": .null
        case "true": .flag(true)
        case "false": .flag(false)
        default:
            if text.wholeMatch(of: /-?(0|[1-9]\d*)/) != nil, let number = Int(text) {
                .number(number)
            } else {
                .text(text)
            }
        }
    }
}

extension Tag {
    /// Whether it is none, or one of YAML's own: Yams gives names the tag of what they look like when it compares them.
    fileprivate var isOfYAML: Bool { ["", "!"].contains(rawValue) || rawValue.hasPrefix("tag:yaml.org,2002:") }
}
