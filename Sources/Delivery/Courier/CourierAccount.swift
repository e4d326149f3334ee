import Crypto
package import Store
package import Vocabulary

/// The carrier as this house knows it: how it is asked, under which secret it reports, and from where results go out.
package struct CourierAccount: Sendable, CustomStringConvertible {
    package let courier: any Courier
    /// The address of the house: where results are picked up and originals are brought.
    package let house: PostalAddress
    package let rules: ParcelRules
    private let key: SymmetricKey

    /// An account. The secret has `RequestSignature.keyBytesMin` bytes at least.
    package init(
        _ courier: any Courier, key: String, house: PostalAddress, rules: ParcelRules = ParcelRules()
    ) {
        precondition(key.utf8.count >= RequestSignature.keyBytesMin, "a secret is long")
        (self.courier, self.house, self.rules) = (courier, house, rules)
        self.key = SymmetricKey(data: Array(key.utf8))
    }

    /// Masked.
    package var description: String { "CourierAccount(***)" }

    /// The carrier's signature of a request: for a simulation, which is the carrier as well.
    package func signature(of request: RequestSignature.Request) -> String {
        RequestSignature.text(request, secret: key)
    }

    /// Refuses what the carrier did not sign just now. What it signed may come again within that time: reports are
    /// numbered, and one that was taken is not taken twice.
    package func check(
        _ signature: String, of request: RequestSignature.Request, at now: Instant
    ) throws(CourierRefusal) {
        guard RequestSignature.isValid(signature, of: request, secret: key) else { throw .wrongSignature }
        guard RequestSignature.isFresh(request.timestamp, at: now) else { throw .stale }
    }
}

/// A report as the carrier sends it.
package struct CourierReport: Hashable, Sendable, Codable {
    package let parcel: ParcelID
    package let waybill: String
    package let number: Int
    package let kind: ParcelScan.Kind
    /// Milliseconds since 1970, by the carrier's clock.
    package let at: Instant
    package let place: String?
    package let person: String?

    /// Reads a report; refuses other JSON, other fields, and words that are too long.
    package init(_ bytes: [UInt8]) throws(CourierRefusal) {
        let fields: Set<String> = ["parcel", "waybill", "number", "kind", "at", "place", "person"]
        let report: CourierReport
        do {
            guard case .record(let members) = try CanonicalJSON.value(JSONValue.self, in: bytes),
                members.keys.allSatisfy(fields.contains)
            else { throw CourierRefusal.malformed }
            report = try CanonicalJSON.value(in: bytes)
        } catch {
            throw .malformed
        }
        let words = [report.place, report.person].compactMap(\.self)
        guard words.allSatisfy({ $0.count <= ParcelScan.Words.charactersMax && !$0.isEmpty }) else {
            throw .malformed
        }
        self = report
    }

    /// What it does to its parcel.
    package var command: ParcelCommand {
        .scan(
            ParcelScan(number: number, kind, at: at), ParcelScan.Words(place: place, person: person),
            waybill: waybill)
    }
}

/// Why a report is not read.
package enum CourierRefusal: String, Refusal, CaseIterable {
    /// Not signed with the carrier's secret, or not all of it.
    case wrongSignature = "courier.wrong-signature"
    /// Signed more than `RequestSignature.skewSeconds` ago, or ahead of our clock by as much.
    case stale = "courier.stale"
    /// The key does not name the waybill and the number of the report.
    case wrongKey = "courier.wrong-key"
    /// Not the JSON of a report.
    case malformed = "courier.malformed"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .wrongSignature, .stale: .forbidden
        case .wrongKey, .malformed: .malformed
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
