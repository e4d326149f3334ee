import Foundation

/// How a partner is told: of events by a webhook, or of records over a link (docs/links.md).
package enum LinkWay: String, Sendable, CaseIterable {
    case webhook
    /// HTTP, both sides signed.
    case web
    /// Two schemas of a PostgreSQL database that both sides fill and read (前置库).
    case tables
    /// Files in folders that both sides read and write.
    case folder

    /// Whether records go over it, and come.
    package var carriesRecords: Bool { self != .webhook }
}

extension ReceiverAddress {
    /// Where a link leads: an address as a webhook has it, a database without a password (it lies in the password file
    /// of PostgreSQL), or an absolute path. Refuses whatever the way has not. Only whoever runs the house names one of
    /// the last two.
    package init(_ text: String, way: LinkWay, mayBeHere: Bool) throws {
        switch way {
        case .webhook, .web:
            try self.init(text, mayBeHere: mayBeHere)
        case .tables:
            guard text.utf8.count <= Self.charactersMax, let parts = URLComponents(string: text),
                ["postgres", "postgresql"].contains(parts.scheme), parts.host?.isEmpty == false,
                [parts.password].allSatisfy({ $0 == nil }),
                !(parts.query ?? "").contains("password")
            else { throw LinkRefusal.addressUnfit }
            self.init(known: text)
        case .folder:
            guard text.utf8.count <= Self.charactersMax, text.hasPrefix("/"), !text.contains("/../"),
                text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
            else { throw LinkRefusal.addressUnfit }
            self.init(known: text)
        }
    }
}
