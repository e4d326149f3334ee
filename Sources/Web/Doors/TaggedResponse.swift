import Crypto
import HTTPTypes
import Hummingbird

extension Response {
    /// The bytes under a tag of their own, or that they are those the reader has already (RFC 9110, 13.1.2). The tag
    /// may begin with what else it says.
    static func tagged(
        _ bytes: [UInt8], _ headers: HTTPFields, for request: Request, beginning: String = ""
    ) -> Response {
        let digest = SHA256.hash(data: bytes).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let tag = "\"\(beginning)\(digest.joined())\""
        var headers = headers
        (headers[.eTag], headers[.cacheControl]) = (tag, "no-cache")
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { part in
            let part = part.trimmingPrefix(while: \.isWhitespace)
            return part.trimmingPrefix("W/").prefix { !$0.isWhitespace }
        }
        if known.contains(where: { $0 == tag || $0 == "*" }) { return Response(status: .notModified, headers: headers) }
        headers[.contentLength] = "\(bytes.count)"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
