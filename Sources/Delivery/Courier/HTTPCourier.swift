import Store
package import Vocabulary

/// A carrier by HTTP with signed requests (`docs/courier.md`): `POST URL/bookings`, `GET URL/bookings/KEY`,
/// `POST URL/waybills/NUMBER/cancellation` and `POST URL/waybills/NUMBER/address`.
package struct HTTPCourier: Courier {
    private let partner: SignedPartner

    /// Nil for what `SignedPartner` refuses.
    package init?(url: String, key: String, time: TimeSource, workers: Workers) {
        guard let partner = SignedPartner(url: url, key: key, time: time, workers: workers) else { return nil }
        self.partner = partner
    }

    private struct Order: Encodable {
        let collectCents: Int
        let direction: ParcelDirection
        let from: PostalAddress
        let parcel: ParcelID
        let pickUp: PickUpWindow?
        let to: PostalAddress
    }
    private struct Taken: Decodable {
        let feeCents: Int
        let promisedDay: CivilDate
        let waybill: String
    }
    private struct Mended: Encodable { let to: PostalAddress }

    package func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking {
        let body = try Self.bytes(
            of: Order(
                collectCents: order.collectCents, direction: order.direction, from: order.route.from,
                parcel: order.parcel, pickUp: order.pickUp, to: order.route.to))
        let answer = try await ask("POST", "/bookings", key: key, body: body)
        switch answer.status {
        // 409: it has the order already, and says under which number.
        case 200, 201, 202, 409: return try Self.booking(in: answer.body)
        default: throw Self.failure(answer.status)
        }
    }

    package func find(_ key: String) async throws(CourierFailure) -> ParcelBooking? {
        let answer = try await ask("GET", "/bookings/\(key)", key: key, body: [])
        switch answer.status {
        case 200: return try Self.booking(in: answer.body)
        case 404: return nil
        default: throw Self.failure(answer.status)
        }
    }

    package func cancel(_ waybill: String, key: String) async throws(CourierFailure) {
        let answer = try await ask("POST", "/waybills/\(waybill)/cancellation", key: key, body: [UInt8]("{}".utf8))
        guard (200...204).contains(answer.status) else { throw Self.failure(answer.status) }
    }

    package func readdress(
        _ waybill: String, to address: PostalAddress, key: String
    ) async throws(CourierFailure) {
        let body = try Self.bytes(of: Mended(to: address))
        let answer = try await ask("POST", "/waybills/\(waybill)/address", key: key, body: body)
        guard (200...204).contains(answer.status) else { throw Self.failure(answer.status) }
    }

    private static func bytes(of value: some Encodable) throws(CourierFailure) -> [UInt8] {
        do { return try CanonicalJSON.bytes(of: value) } catch { throw .forgotten }
    }

    private static func booking(in body: [UInt8]) throws(CourierFailure) -> ParcelBooking {
        let taken: Taken
        do { taken = try CanonicalJSON.value(in: body) } catch { throw .garbled }
        guard
            let booking = ParcelBooking(
                waybill: taken.waybill, promisedDay: taken.promisedDay, feeCents: taken.feeCents)
        else { throw .garbled }
        return booking
    }

    private static func failure(_ status: Int) -> CourierFailure {
        switch status {
        case 401, 403: .unauthorised
        case 400, 404, 409, 410, 413, 422: .rejected
        case 408, 429, 500...599: .unreachable
        default: .garbled
        }
    }

    private func ask(
        _ method: String, _ path: String, key: String, body: [UInt8]
    ) async throws(CourierFailure) -> Transfer.Answer {
        do {
            return try await partner.ask(method, path, key: key, body: body)
        } catch let failed as Transfer.Failed {
            throw failed.kind == .unsaid ? .unreachable : failed.kind == .garbled ? .garbled : .unanswered
        } catch {
            throw .unreachable
        }
    }
}
