import Certificates
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import Vocabulary

/// `POST /api/v1/sharing/{operation}`: the sharing service (GB/T 36906 as deployed). Whoever asks is a row with a
/// secret, not a session; every answer is an envelope whose head says by number how it went.
struct SharingAPI {
    let site: Site

    private struct Reply: Encodable {
        struct Head: Encodable {
            let status: Int
            let message: String
        }

        let head: Head
        let data: JSONValue?
    }

    /// One operation. What is no envelope is the API's own problem; everything else is answered in one.
    func post(
        _ operation: SharingOperation, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let isFile = operation == .verifyFile
        let bytes = try await JSONReading.bytes(
            request, max: isFile ? SharingEnvelope.fileBytesMax : JSONReading.bytesMax)
        let desk = Hall.SharingDesk(key: site.accountKey, address: site.press.address.origin)
        let words = site.interior.tables.words(.portal, context.preferences.language)
        do {
            let envelope = try SharingEnvelope(bytes)
            let data = try await site.hall.share(envelope.call(operation), desk: desk)
            return try .json(
                Reply(head: .init(status: SharingStatus.ok.rawValue, message: words["sharing.ok"]), data: data))
        } catch let refusal as any Refusal where !(refusal is APIRefusal) {
            let sentence = site.refusals[refusal.code, words]
            let status = SharingStatus(refusal).rawValue
            return try .json(
                Reply(head: .init(status: status, message: "\(sentence.what) (\(refusal.code))"), data: nil))
        }
    }

    /// `GET /api/v1/sharing/download?id=…`: the copy behind a temporary link.
    func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (bytes, certificate) = try await site.hall.download(
            try request.strictlyAsked("id"), key: site.accountKey)
        return CertificateFiles.answer(bytes, certificate, .ofd)
    }
}

/// What a caller sends: `{head: {accessId, accessToken, timestamp, nonce}, data: {…}}`.
struct SharingEnvelope: Sendable {
    /// LIMIT: bytes of a call with a file: `Hall.sharedFileBytesMax` in base 64, and the rest.
    static let fileBytesMax = Hall.sharedFileBytesMax * 4 / 3 + 64 * 1024

    private struct Body: Decodable {
        struct Head: Decodable {
            let accessId: String
            let accessToken: String
            /// Milliseconds since 1970, by the caller's clock.
            let timestamp: Int64
            let nonce: String
        }

        let head: Head
        let data: JSONValue
    }

    private let head: Body.Head
    private let data: (bytes: [UInt8], value: JSONValue)

    /// Reads an envelope. Refuses other JSON, data that are no object, and a member `data` that stands twice.
    init(_ bytes: [UInt8]) throws {
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(bytes))
        } catch {
            throw APIRefusal.malformed
        }
        guard case .record = body.data, let own = JSONMember.value(of: "data", in: bytes) else {
            throw APIRefusal.malformed
        }
        (head, data) = (body.head, (Array(own), body.data))
    }

    func call(_ operation: SharingOperation) -> Hall.SharingCall {
        Hall.SharingCall(
            operation, by: head.accessId, token: head.accessToken, madeAt: Instant(milliseconds: head.timestamp),
            nonce: head.nonce, data: data)
    }
}

/// Finds a member of a JSON object as it stands, byte for byte: what a token covers must not be written anew.
enum JSONMember {
    /// The bytes of a member's value, without white space around them. The text must be valid JSON. Nil where it is no
    /// object, or the member is missing, stands twice, or has a name with escapes.
    static func value(of name: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var walk = Walk(bytes)
        let quoted = Array("\"\(name)\"".utf8)
        var found: ArraySlice<UInt8>?
        guard walk.take(UInt8(ascii: "{")) else { return nil }
        while let key = walk.value(), walk.take(UInt8(ascii: ":")), let value = walk.value() {
            if key.elementsEqual(quoted) {
                guard found == nil else { return nil }
                found = value
            }
            guard walk.take(UInt8(ascii: ",")) else { break }
        }
        return found
    }

    private struct Walk {
        let bytes: [UInt8]
        var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func skipSpace() {
            while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipSpace()
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
            return true
        }

        /// A text, an object, a list or a word; nil at the end.
        mutating func value() -> ArraySlice<UInt8>? {
            skipSpace()
            let start = place
            var depth = 0
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: "\""):
                    skipText()
                    if depth == 0 { return bytes[start..<place] }
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    place += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return start < place ? bytes[start..<place] : nil }
                    depth -= 1
                    place += 1
                    if depth == 0 { return bytes[start..<place] }
                case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D:
                    if depth == 0 { return start < place ? bytes[start..<place] : nil }
                    place += 1
                default: place += 1
                }
            }
            return start < place && depth == 0 ? bytes[start..<place] : nil
        }

        /// Goes behind the text that begins here.
        private mutating func skipText() {
            place += 1
            while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
            }
            place = min(place + 1, bytes.count)
        }
    }
}
