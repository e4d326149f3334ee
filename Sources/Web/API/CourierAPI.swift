import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/courier/scans`: what the carrier reports. Not there without a carrier.
struct CourierAPI {
    let site: Site

    /// LIMIT: bytes of a report.
    private static let bytesMax = 8 * 1024

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard site.hall.courier != nil else { throw APIRefusal.noSuchAddress }
        let bytes = try await JSONReading.bytes(request, max: Self.bytesMax)
        func header(_ name: String) -> String { HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
        let answer = try await site.hall.takeScan(
            Hall.CourierRequest(
                request.method.rawValue, request.uri.path, timestamp: header("X-Timestamp"),
                key: header("Idempotency-Key"), signature: header("X-Signature"), body: bytes))
        return try .json(answer)
    }
}
