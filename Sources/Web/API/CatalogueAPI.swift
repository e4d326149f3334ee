import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `/api/v1/items`: the catalogue, open to everybody.
struct CatalogueAPI {
    let site: Site

    /// LIMIT: items of one answer.
    private static let rowsMax = 60

    private struct List: Encodable {
        /// How many fit in all.
        let total: Int
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

    /// `GET /api/v1/items?q=`: what fits words and filters, best first, once for each place; without any, all items.
    func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let search = ItemsSearch(request, site.regions)
        for (name, value) in [("place", search.place?.code), ("holder", search.value(of: "holder"))] {
            guard try request.strictlyAsked(name) == value ?? "" else { throw APIRefusal.malformed }
        }
        for (name, value) in [("trips", search.trips), ("from", search.from)] {
            let asked = try request.strictlyAsked(name)
            guard asked.isEmpty || asked == value.map({ "\($0)" }) else { throw APIRefusal.malformed }
        }
        for name in ["q", "department", "theme", "item"] {
            guard try request.strictlyAsked(name).count <= Limits.textCharactersMax else { throw APIRefusal.malformed }
        }
        var query = search.query(rows: Self.rowsMax)
        query.words = try request.strictlyAsked("q")
        query.isOncePerItem = false
        let answer = try await site.hall.items(query)
        return try .json(List(total: answer.total, items: answer.found.map(\.line)))
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

    /// `GET /api/v1/items/{code}/form`: the form as JSON Schema, with the version that it belongs to.
    func form(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.parameters.require("code")
        guard let item = try await site.hall.item(code) else { throw CatalogueRefusal.itemNotFound }
        let schema = FormSchema(item.guide, site.tables).value(
            address: site.press.address.absolute("/api/v1/items/\(item.itemCode)/form"),
            facts: [
                "code": .text(item.itemCode), "version": .number(item.version), "digest": .text(item.digest),
                "effectiveDate": .text(item.effectiveDate.description),
            ])
        return .open(try CanonicalJSON.bytes(of: schema), "application/schema+json", to: request)
    }
}
