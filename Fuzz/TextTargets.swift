import Accounts
import Catalogue
import Certificates
import Signing
import Store
import Vocabulary

@testable import Web

extension FuzzTarget {
    /// Readers of short texts: what one takes it writes again, and reads as the same.
    static let textTargets = [
        FuzzTarget("texts") { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let readers: [(String) -> String?] = [
                { CitizenID($0)?.number }, { CreditCode($0)?.code }, { Region($0)?.code },
                { CivilDate($0)?.description }, { MobileNumber($0)?.number }, { Subject($0)?.description },
                { CommandToken($0)?.text }, { CertificateIdentifier($0)?.description },
                { CertificateSearch.Cursor($0)?.description }, { SessionToken($0)?.cookie }, { LoginName($0)?.text },
            ]
            for read in readers {
                guard let written = read(text) else { continue }
                Finding.unless(read(written) == written, "\(written) is read as something else")
            }
        },
        FuzzTarget("form") { bytes in
            guard let fields = PostedForm.parse(String(decoding: bytes, as: UTF8.self)) else { return }
            Finding.unless(fields.values.map(\.count).reduce(0, +) <= PostedForm.fieldsMax, "too many fields")
        },
        FuzzTarget("multipart") { bytes in
            // The first byte says how the rest is cut; what is read must not depend on it.
            guard let cut = bytes.first else { return }
            let body = Array(bytes.dropFirst())
            Finding.unless(
                Uploaded.read(body, pieces: body.count) == Uploaded.read(body, pieces: 1 + Int(cut)),
                "a cut changes what is read")
        },
        FuzzTarget("wechat") { bytes in
            let message = try WeChatXML(bytes)
            _ = try WeChatMessage(message)
        },
        FuzzTarget("note") { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            do { _ = try TreeHead(text: text) } catch is NoteRefusal {}
            do { _ = try LogProof(text) } catch is NoteRefusal {}
            do { _ = try NoteVerifierKey(text) } catch is NoteRefusal {}
            _ = try Note.open(text, trusting: [])
        },
        FuzzTarget("log-line") { bytes in
            let line = try CertificateLogEntry(bytes)
            Finding.unless(
                try CertificateLogEntry(try CanonicalJSON.bytes(of: line)) == line, "a line is read as something else")
        },
    ]
}

private enum Uploaded {
    /// What an upload says, pieces of one part's data put together; nil when it is refused.
    static func read(_ body: [UInt8], pieces: Int) -> [Multipart.Event]? {
        guard var parser = Multipart(contentType: "multipart/form-data; boundary=----form") else { return nil }
        var events: [Multipart.Event] = []
        var rest = body[...]
        do {
            while !rest.isEmpty {
                for event in try parser.feed(rest.prefix(pieces)) {
                    if case .data(let bytes) = event, case .data(let before)? = events.last {
                        events[events.count - 1] = .data(before + bytes)
                    } else if event != .data([]) {
                        events.append(event)
                    }
                }
                rest = rest.dropFirst(pieces)
            }
            try parser.finish()
        } catch {
            return nil
        }
        return events
    }
}
