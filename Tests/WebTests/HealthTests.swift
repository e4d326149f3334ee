import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct HealthTests {
    private static let places = ["/health", "/health/live", "/health/ready", "/metrics"]

    @Test func `the house is ready while its loops turn and its database answers, and says what is not`() async throws {
        try await DoorHouse.open { house in
            let now = house.hall.time.now()
            house.site.operations.wentRound("sealer", at: now)
            try await house.app.test(.router) { client in
                let good = try await client.execute(uri: "/health/ready", method: .get)
                #expect(good.status == .ok && String(buffer: good.body) == "{\"findings\":[],\"isReady\":true}\n")
                house.site.operations.wentRound(
                    "pulse", at: now.advanced(bySeconds: -Operations.roundSecondsMax - 1))
                let bad = try await client.execute(uri: "/health/ready", method: .get)
                #expect(bad.status == .serviceUnavailable)
                #expect(String(buffer: bad.body).contains("pulse has not gone round for 121 seconds"))
                let live = try await client.execute(uri: "/health/live", method: .get)
                #expect(live.status == .ok)
                await house.hall.store.close()
                let gone = try await client.execute(uri: "/health/ready", method: .get)
                #expect(String(buffer: gone.body).contains("the database does not answer"))
            }
        }
    }

    @Test func `what is measured says nothing of anybody and nothing to those outside`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for address in ["/verify?identifier=350102199001011234", "/nowhere/350102199001011234", "/lookup"] {
                    _ = try await client.execute(uri: address, method: .get)
                }
                let odd = try #require(HTTPRequest.Method("BREW"))
                _ = try await client.execute(uri: "/lookup", method: odd)
                let page = String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
                let total = "onewindow_http_requests_total"
                #expect(page.contains("\(total){method=\"GET\",route=\"/verify\",status=\"200\"} 1\n"))
                #expect(page.contains("{method=\"GET\",route=\"NotFound\",status=\"404\"} 1\n"))
                #expect(page.contains("method=\"other\"") && !page.contains("BREW"))
                #expect(page.contains("onewindow_http_request_seconds_bucket{le=\"+Inf\"} 4\n"))
                #expect(!page.contains("350102199001011234"))
                for place in Self.places {
                    let answer = try await client.execute(
                        uri: place, method: .get, headers: [try #require(.init("X-Forwarded-For")): "203.0.113.9"])
                    #expect(answer.status == .notFound, "\(place)")
                }
            }
        }
    }

    @Test func `kinds of answers beyond the limit are counted together`() {
        let meter = Meter()
        for number in 0..<Meter.kindsMax + 5 {
            meter.begin()
            meter.end(.init(method: "GET", route: "/\(number)", status: 404), seconds: 0.001)
        }
        var page = MetricsPage()
        meter.write(to: &page)
        #expect(page.text.contains("{method=\"other\",route=\"other\",status=\"400\"} 5\n"))
        #expect(page.text.contains("onewindow_http_requests_running 0\n"))
    }
}
