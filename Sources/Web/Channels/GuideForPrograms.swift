import Catalogue
import Crypto
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// A guide for programs: `GET /items/{code}/guide.json`, all its elements, and `GET /items/{code}/guide.jsonld`,
/// as schema.org has it. Public: any site's script may read it, and what did not change is not sent twice.
struct GuideForPrograms {
    let site: Site

    private struct Answer: Encodable {
        let code: String
        /// The guide's page.
        let address: String
        let version: Int
        /// SHA-256 of the guide's bytes.
        let digest: String
        /// From when the version applies.
        let effectiveDate: CivilDate
        let elements: [Element]
    }

    private struct Element: Encodable {
        /// `E01` to `E46`.
        let id: String
        let key: String
        let group: String
        let groupLabel: Bilingual
        let label: Bilingual
        /// What the guide says, line by line; none where it says nothing.
        let lines: [Bilingual]
        /// Made up for the demonstration.
        let isDemonstration: Bool
        /// Rests on an article that nobody has compared with the published text.
        let isUnchecked: Bool
    }

    func elements(_ request: Request, _ context: SiteContext) async throws -> Response {
        let item = try await item(context)
        let (guide, tables) = (item.guide, site.tables)
        let answer = Answer(
            code: item.itemCode, address: site.press.address.absolute(Paths.item(item.itemCode)), version: item.version,
            digest: item.digest, effectiveDate: item.effectiveDate,
            elements: GuideElement.all.map { element in
                Element(
                    id: element.id, key: element.key, group: element.group.rawValue, groupLabel: element.group.label,
                    label: element.label, lines: element.lines(of: guide, tables: tables),
                    isDemonstration: element.isDemonstration(in: guide, tables: tables),
                    isUnchecked: element.isUnchecked(in: guide))
            })
        return Self.answer(try CanonicalJSON.bytes(of: answer), "application/json", to: request)
    }

    func linkedData(_ request: Request, _ context: SiteContext) async throws -> Response {
        let bytes = try site.linkedData(of: try await item(context))
        return Self.answer(bytes, "application/ld+json", to: request)
    }

    private func item(_ context: SiteContext) async throws -> ItemVersion {
        guard let item = try await site.hall.item(try context.parameters.require("code")) else {
            throw DoorRefusal.noSuchPage
        }
        return item
    }

    /// The bytes under their own tag, or that they are those the reader has already (RFC 9110 section 13.1.2).
    private static func answer(_ bytes: [UInt8], _ type: String, to request: Request) -> Response {
        let digest = SHA256.hash(data: bytes).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let tag = "\"\(digest)\""
        var headers: HTTPFields = [.contentType: type, .eTag: tag, .cacheControl: "no-cache"]
        headers[.accessControlAllowOrigin] = "*"
        headers[.accessControlExposeHeaders] = "ETag"
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { part in
            let part = part.trimmingPrefix(while: \.isWhitespace)
            return part.trimmingPrefix("W/").prefix { !$0.isWhitespace }
        }
        if known.contains(where: { $0 == tag || $0 == "*" }) { return Response(status: .notModified, headers: headers) }
        headers[.contentLength] = "\(bytes.count)"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
