import Foundation
import Store

/// Where a partner's program listens.
///
/// The address comes from outside and the house goes there, so it must not lead to where only the house may go: it is
/// `https`, whose certificate must name the host; redirections are not followed; an address in digits that is this
/// machine's, a neighbour's without a router, or everybody's, is refused. `http` is for this machine, and only in a
/// house that allows it, as a demonstration does.
package struct ReceiverAddress: Hashable, Sendable, CustomStringConvertible {
    /// LIMIT: characters of an address.
    package static let charactersMax = 500

    package let description: String

    /// Refuses what it must not be.
    package init(_ text: String, mayBeHere: Bool) throws(ExchangeRefusal) {
        guard text.utf8.count <= Self.charactersMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            [parts.user, parts.password, parts.fragment].allSatisfy({ $0 == nil }), (parts.port ?? 443) > 0
        else { throw .addressUnfit }
        let isHere = OwnMachine.isHere(host)
        switch parts.scheme {
        case "https": guard !isHere && !Self.isNobodys(host) || isHere && mayBeHere else { throw .addressUnfit }
        case "http": guard isHere && mayBeHere else { throw .addressUnfit }
        default: throw .addressUnfit
        }
        description = text
    }

    /// One that was checked when it was written down.
    init(known text: String) { description = text }

    /// The machine's name, as people are shown it.
    package var host: String { URLComponents(string: description)?.host ?? description }

    /// Whether a host is an address in digits where no partner can be, or a name of this machine.
    private static func isNobodys(_ host: String) -> Bool {
        let name = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        if name.contains(":") {
            return ["::", "fe8", "fe9", "fea", "feb", "ff"].contains { name.hasPrefix($0) }
        }
        // A number alone, and digits in other writings, are addresses too.
        guard let last = name.split(separator: ".").last, let first = last.utf8.first,
            (0x30...0x39).contains(first)
        else { return false }
        let bytes = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4, let high = bytes[0], let next = bytes[1], bytes.allSatisfy({ $0 != nil }),
            !name.split(separator: ".").contains(where: { $0.count > 1 && $0.hasPrefix("0") })
        else { return true }
        return high == 0 || high == 127 || high >= 224 || high == 169 && next == 254
    }
}
