import Crypto
import HTTPTypes
import Hummingbird

/// Bytes under a tag of their own.
struct TaggedBytes: Sendable {
    let bytes: ByteBuffer
    let tag: String

    /// The tag may begin with what else it says.
    init(_ bytes: [UInt8], beginning: String = "") {
        let digest = SHA256.hash(data: bytes).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        tag = "\"\(beginning)\(digest.joined())\""
        self.bytes = ByteBuffer(bytes: bytes)
    }
}

extension Response {
    /// The bytes under a tag of their own, or that they are those the reader has already. The tag may begin with what
    /// else it says.
    static func tagged(
        _ bytes: [UInt8], _ headers: HTTPFields, for request: Request, beginning: String = ""
    ) -> Response {
        tagged(TaggedBytes(bytes, beginning: beginning), headers, for: request)
    }

    /// The bytes, or that they are those the reader has already (RFC 9110, 13.1.2).
    static func tagged(_ tagged: TaggedBytes, _ headers: HTTPFields, for request: Request) -> Response {
        var headers = headers
        (headers[.eTag], headers[.cacheControl]) = (tagged.tag, "no-cache")
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { part in
            let part = part.trimmingPrefix(while: \.isWhitespace)
            return part.trimmingPrefix("W/").prefix { !$0.isWhitespace }
        }
        if known.contains(where: { $0 == tagged.tag || $0 == "*" }) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentLength] = "\(tagged.bytes.readableBytes)"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: tagged.bytes))
    }
}
