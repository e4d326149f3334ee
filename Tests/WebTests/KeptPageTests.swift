import Catalogue
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// Public pages that are made once for everybody: what they say is what they would say if they were made now.
@Suite struct KeptPageTests {
    private static func path(_ house: DoorHouse) async throws -> String {
        let places = [Region.fujian] + house.site.regions.entries.map(\.region)
        return Paths.item(try #require(try await house.hall.item("special-working-hours", in: places)).itemCode)
    }

    private static func get(
        _ client: any TestClientProtocol, _ path: String, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: headers)
    }

    @Test func `a guide's page is the same for the next reader, who is told so if she has it`() async throws {
        try await DoorHouse.open { house in
            let path = try await Self.path(house)
            try await house.app.test(.router) { client in
                let first = try await Self.get(client, path)
                let second = try await Self.get(client, path)
                #expect(first.status == .ok && first.body == second.body)
                #expect(first.headers[.vary] == "Cookie" && first.headers[.cacheControl] == "no-cache")
                let tag = try #require(first.headers[.eTag])
                #expect(second.headers[.eTag] == tag)
                let known = try await Self.get(client, path, [.ifNoneMatch: tag])
                #expect(known.status == .notModified && known.body.readableBytes == 0)
                let head = try await client.execute(uri: path, method: .head)
                #expect(head.headers[.eTag] == tag && head.body.readableBytes == 0)
            }
        }
    }

    @Test func `every wish for language and looks, and every answer, has a page of its own`() async throws {
        try await DoorHouse.open { house in
            let path = try await Self.path(house)
            try await house.app.test(.router) { client in
                var bodies: Set<ByteBuffer> = []
                let addresses = [path, path + "?registration=first", path + "?registration=renewal"]
                for address in addresses {
                    for look in ["zh", "en", "zh.dark", "zh.automatic.elder"] {
                        for _ in 0..<2 {
                            bodies.insert(try await Self.get(client, address, [.cookie: "look=\(look)"]).body)
                        }
                    }
                }
                #expect(bodies.count == addresses.count * 4)
            }
        }
    }

    @Test func `whoever is signed in gets a page of her own, which nobody keeps`() async throws {
        try await DoorHouse.open { house in
            let path = try await Self.path(house)
            try await house.app.test(.router) { client in
                let stranger = try await Self.get(client, path)
                let citizen = try await DoorVisitor(client, "lin", staff: false)
                let own = try await citizen.raw(path)
                #expect(own.status == .ok && own.headers[.eTag] == nil && own.headers[.cacheControl] == "no-store")
                #expect(String(buffer: own.body).contains("/drafts\""))
                #expect(try await Self.get(client, path).body == stranger.body)
                #expect(!String(buffer: stranger.body).contains("/drafts\""))
                let tag = try #require(stranger.headers[.eTag])
                let known = try await Self.get(client, path, [.cookie: citizen.cookie, .ifNoneMatch: tag])
                #expect(known.status == .ok)
            }
        }
    }

    @Test func `what changes in the catalogue is on the next page that is asked for`() async throws {
        try await DoorHouse.open { house in
            let path = try await Self.path(house)
            let code = String(path.dropFirst("/items/".count))
            try await house.app.test(.router) { client in
                let before = try await Self.get(client, path)
                for (state, isStopped) in [(ItemState.suspended, true), (.inUse, false), (.cancelled, true)] {
                    try await house.hall.store.write { tx in try ItemTable.setState(state, of: code, in: tx) }
                    let after = try await Self.get(client, path)
                    #expect((after.body != before.body) == isStopped, "\(state)")
                    #expect(String(buffer: after.body).contains("banner-title") == isStopped, "\(state)")
                }
            }
        }
    }

    @Test func `an address that leads nowhere is not kept`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for _ in 0..<2 {
                    let answer = try await Self.get(client, "/items/none")
                    #expect(answer.status == .notFound)
                }
            }
        }
    }
}
