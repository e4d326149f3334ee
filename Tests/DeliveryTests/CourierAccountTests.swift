import Crypto
import Delivery
import Store
import Testing
import Vocabulary

@Suite struct CourierAccountTests {
    private static let key = "a key for tests only"

    /// A carrier that is never asked.
    private struct Nobody: Courier {
        func book(_ order: CourierOrder, key: String) async throws(CourierFailure) -> ParcelBooking {
            throw .unreachable
        }
        func find(_ key: String) async throws(CourierFailure) -> ParcelBooking? { throw .unreachable }
        func cancel(_ waybill: String, key: String) async throws(CourierFailure) { throw .unreachable }
        func readdress(_ waybill: String, to address: PostalAddress, key: String) async throws(CourierFailure) {
            throw .unreachable
        }
    }

    private static func request(_ body: String = "{}", seconds: Int64 = 0, path: String = "/api/courier/scans")
        -> RequestSignature.Request
    {
        let timestamp = "\(Sent.now.milliseconds / 1000 + seconds)"
        return RequestSignature.Request(
            "POST", path: path, timestamp: timestamp, key: "\(Sent.waybill)-1", body: Array(body.utf8))
    }

    private static func signed(_ request: RequestSignature.Request, by key: String = key) -> String {
        RequestSignature.text(request, secret: SymmetricKey(data: Array(key.utf8)))
    }

    @Test func `a report counts when the carrier signed it, all of it, in the last five minutes`() throws {
        let account = CourierAccount(Nobody(), key: Self.key, house: try Sent.address())
        let request = Self.request()
        try account.check(Self.signed(request), of: request, at: Sent.now)
        for seconds: Int64 in [-300, 300] {
            let request = Self.request(seconds: seconds)
            try account.check(Self.signed(request), of: request, at: Sent.now)
        }
        for seconds: Int64 in [-301, 301] {
            let request = Self.request(seconds: seconds)
            #expect(throws: CourierRefusal.stale) { try account.check(Self.signed(request), of: request, at: Sent.now) }
        }
        let good = Self.signed(request)
        for other in [Self.request("{ }"), Self.request(path: "/api/courier/other"), Self.request(seconds: 1)] {
            #expect(throws: CourierRefusal.wrongSignature) { try account.check(good, of: other, at: Sent.now) }
        }
        for forged in [
            "", "x", good.uppercased() + "00", String(good.dropLast()),
            Self.signed(request, by: "another key of tests"),
        ] {
            #expect(throws: CourierRefusal.wrongSignature) { try account.check(forged, of: request, at: Sent.now) }
        }
        #expect(!"\(account)".contains(Self.key))
    }

    @Test func `a time that is none is not fresh`() {
        for text in ["", "x", "9223372036854775807", "-9223372036854775808", "99999999999999999999999"] {
            #expect(!RequestSignature.isFresh(text, at: Sent.now), "\(text)")
        }
    }

    @Test func `a report is one object with known fields`() throws {
        let good =
            #"{"at":1790000000000,"kind":"pickedUp","number":1,"parcel":"\#(Sent.id())","waybill":"YZ350100000001"}"#
        let report = try CourierReport(Array(good.utf8))
        #expect(
            report.command
                == .scan(
                    ParcelScan(number: 1, .pickedUp, at: Instant(milliseconds: 1_790_000_000_000)), nil,
                    waybill: "YZ350100000001"))
        let bad = [
            "", "[]", "{}", good.replacing("pickedUp", with: "eaten"),
            good.replacing("{\"at\"", with: "{\"x\":1,\"at\""),
            good.replacing("\"number\":1", with: "\"number\":\"1\""),
            good.replacing("{\"at\"", with: "{\"place\":\"\(String(repeating: "x", count: 201))\",\"at\""),
            good.replacing("{\"at\"", with: "{\"place\":\"\",\"at\""),
        ]
        for text in bad { #expect(throws: CourierRefusal.malformed, "\(text)") { try CourierReport(Array(text.utf8)) } }
    }
}
