import Foundation
import Store
package import Vocabulary

/// Mail by SMTP. The delivery's key is the message's own `Message-ID`: SMTP has no other promise against a mail that
/// comes twice (`docs/decisions/0010-notices.md`).
package struct MailGateway: MessageGateway {
    private let url: String
    private let login: (user: String, password: String)?
    private let needsTLS: Bool
    private let sender: MailText.Sender
    private let workers: Workers

    /// `smtp://HOST:PORT` (with STARTTLS where the server offers it) or `smtps://…`, with `USER:PASSWORD@` where the
    /// server wants them; then TLS is demanded unless the server is this machine. Nil for anything else.
    package init?(url: String, from address: MailAddress, name: String, workers: Workers) {
        guard let parts = URLComponents(string: url), ["smtp", "smtps"].contains(parts.scheme), let host = parts.host,
            !host.isEmpty, ["", "/"].contains(parts.path)
        else { return nil }
        let isHere = OwnMachine.isHere(host)
        var bare = parts
        (bare.user, bare.password, bare.path) = (nil, nil, "")
        guard let plain = bare.string else { return nil }
        self.url = plain
        login = parts.user.map { ($0, parts.password ?? "") }
        needsTLS = !isHere
        sender = MailText.Sender(name: name, address: address)
        self.workers = workers
    }

    package func send(_ message: OutgoingMessage) async throws(GatewayFailure) -> String {
        guard case .mail(let to) = message.address else { throw .unwritable }
        let text = MailText.bytes(message, to: to, from: sender)
        let (from, url, login, needsTLS) = (sender.address.text, url, login, needsTLS)
        do {
            _ = try await workers.run {
                try Transfer.mail(text, from: from, to: to.text, by: url, login: login, needsTLS: needsTLS)
            }
            return MailText.messageID(message.key, sender)
        } catch let failed as Transfer.Failed {
            throw Self.failure(failed)
        } catch {
            throw .unreachable
        }
    }

    /// SMTP cannot be asked.
    package func find(_ key: String) async throws(GatewayFailure) -> String? { nil }

    /// What the server's last word means (RFC 5321 section 4.2.1).
    static func failure(_ failed: Transfer.Failed) -> GatewayFailure {
        switch failed.status {
        case 530, 534, 535: return .unauthorised
        case 500...599: return .rejected
        case 400...499: return .unreachable
        default: break
        }
        if failed.kind == .denied { return .unauthorised }
        // Everything went over and no word came back: it may have been taken.
        return failed.wasHandedOver ? .unanswered : .unreachable
    }
}
