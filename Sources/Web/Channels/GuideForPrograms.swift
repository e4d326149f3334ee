import Catalogue
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
        let answer = Answer(
            code: item.itemCode, address: site.press.address.absolute(Paths.item(item.itemCode)), version: item.version,
            digest: item.digest, effectiveDate: item.effectiveDate,
            elements: item.guide.statements(site.tables).map { statement in
                let element = statement.element
                return Element(
                    id: element.id, key: element.key, group: element.group.rawValue, groupLabel: element.group.label,
                    label: element.label, lines: statement.lines, isDemonstration: statement.isDemonstration,
                    isUnchecked: statement.isUnchecked)
            })
        return .open(try CanonicalJSON.bytes(of: answer), "application/json", to: request)
    }

    func linkedData(_ request: Request, _ context: SiteContext) async throws -> Response {
        let bytes = try site.linkedData(of: try await item(context))
        return .open(bytes, "application/ld+json", to: request)
    }

    private func item(_ context: SiteContext) async throws -> ItemVersion {
        guard let item = try await site.hall.item(try context.parameters.require("code")) else {
            throw DoorRefusal.noSuchPage
        }
        return item
    }
}

extension Response {
    /// What any site's script may read.
    static func open(_ bytes: [UInt8], _ type: String, to request: Request) -> Response {
        var headers: HTTPFields = [.contentType: type]
        headers[.accessControlAllowOrigin] = "*"
        headers[.accessControlExposeHeaders] = "ETag"
        return .tagged(bytes, headers, for: request)
    }
}
