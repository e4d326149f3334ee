import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

/// Elder mode: the same pages with fewer things on them.
@Suite struct ElderTests {
    private func home(_ client: any TestClientProtocol, _ look: String) async throws -> String {
        let answer = try await client.execute(uri: "/", method: .get, headers: [.cookie: "look=\(look)"])
        return String(buffer: answer.body)
    }

    @Test func `the start page asks its question and offers a ticket, one's business and a telephone`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let elder = try await home(client, "zh.light.elder.keys")
                for way in ["action=\"/items\"", "href=\"/halls\"", "href=\"/business\"", "href=\"tel:12345\""] {
                    #expect(elder.contains(way), "\(way)")
                }
                for way in ["/figures", "/grants", "/overruns", "/log", "/staff/sign-in"] {
                    #expect(!elder.contains("href=\"\(way)\""), "\(way)")
                }
                let usual = try await home(client, "zh.light.usual.keys")
                let links = { (page: String) in page.components(separatedBy: "<a ").count }
                #expect(usual.contains("href=\"/figures\"") && links(elder) * 2 < links(usual))
                #expect(elder.contains("data-size=\"elder\""))
            }
        }
    }
}
