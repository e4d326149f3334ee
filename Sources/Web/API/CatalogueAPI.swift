import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `/api/v1/items`: the catalogue, open to everybody.
struct CatalogueAPI {
    let site: Site

    private struct List: Encodable {
        let items: [ItemLine]
    }

    private struct Item: Encodable {
        let code: String
        let version: Int
        /// SHA-256 of the guide's bytes.
        let digest: String
        let effectiveDate: CivilDate
        let guide: Guide
    }

    /// `GET /api/v1/items?q=`: what fits plain words, best first; without words, those of the province and the city.
    func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        try .json(List(items: try await site.items(saying: try request.strictlyAsked("q"), in: nil)))
    }

    /// `GET /api/v1/items/{code}`: the guide as the catalogue encodes it.
    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw CatalogueRefusal.itemNotFound }
        return try .json(
            Item(
                code: item.itemCode, version: item.version, digest: item.digest, effectiveDate: item.effectiveDate,
                guide: item.guide))
    }
}
