import Delivery
import Hall
import Store
import Vocabulary

/// 示例: the courier of a simulated city. It takes every order, and what it answers follows from the order alone.
struct SimulatedCarrier: Courier {
    let calendar: WorkCalendar

    /// The secret under which it reports: everybody can read it here; no other house may use it.
    static let key = "simulated-carrier-known-to-everybody"

    /// The carrier as the house knows it.
    static func account(_ calendar: WorkCalendar) throws -> CourierAccount {
        CourierAccount(
            SimulatedCarrier(calendar: calendar), key: key,
            house: try PostalAddress(
                recipient: "福州市行政服务中心（示例）", mobile: "13800000000", division: "350102", street: "示例路1号"))
    }

    func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking {
        let serial = order.parcel.subject.bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let waybill = "SIM" + "\(1_000_000_000_000 + serial % 1_000_000_000_000)".suffix(12)
        let day = calendar.day(WorkingDays(3), after: order.parcel.subject.madeAt.day)
        guard let booking = ParcelBooking(waybill: waybill, promisedDay: day, feeCents: 800) else {
            throw .garbled
        }
        return booking
    }

    func find(_ key: String) async throws(CourierFailure) -> ParcelBooking? { nil }

    func cancel(_ waybill: String, key: String) async throws(CourierFailure) {}

    func readdress(_ waybill: String, to address: PostalAddress, key: String) async throws(CourierFailure) {}
}

extension Hall {
    /// Reports what became of the result of a case, as its carrier does: signed and numbered.
    func report(_ kind: ParcelScan.Kind, of dossier: DossierID, takenBy person: String?) async throws {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        guard let parcel = try await parcels(of: dossier).last, let waybill = parcel.booking?.waybill else {
            throw ParcelRefusal.notFound
        }
        let (now, number) = (time.now(), parcel.scans.count + 1)
        let report = SimulatedReport(
            parcel: parcel.id, waybill: waybill, number: number, kind: kind.rawValue, at: now, person: person)
        let (body, key) = (try CanonicalJSON.bytes(of: report), "\(waybill)-\(number)")
        let (path, timestamp) = ("/api/courier/scans", "\(now.milliseconds / 1000)")
        let signature = account.signature(
            of: RequestSignature.Request("POST", path: path, timestamp: timestamp, key: key, body: body))
        _ = try await takeScan(
            CourierRequest("POST", path, timestamp: timestamp, key: key, signature: signature, body: body))
    }
}

private struct SimulatedReport: Encodable {
    let parcel: ParcelID
    let waybill: String
    let number: Int
    let kind: String
    let at: Instant
    let person: String?
}
