import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import Vocabulary

@testable import Web

@Suite("Assets") struct HTMLAssetTests {
    @Test func `an address carries the first ten digits of the digest`() throws {
        let asset = try Asset(name: "a.css", bytes: Array("abc".utf8))
        #expect(asset.path == "/assets/a.ba7816bf8f.css")
        #expect(asset.etag == "\"ba7816bf8f\"")
        #expect(asset.contentType == "text/css; charset=utf-8")
    }

    @Test func `a file of an unknown type is a mistake in the house, found at start`() {
        #expect(throws: Fault.self) { try Asset(name: "a.exe", bytes: []) }
    }

    @Test func `a file is served for ever, unchanged it is not sent twice, and an old address is gone`() async throws {
        let assets = try Assets.shipped()
        let router = Router()
        assets.addRoutes(to: router)
        let app = Application(router: router)
        try await app.test(.router) { client in
            for asset in assets.all {
                try await client.execute(uri: asset.path, method: .get) { answer in
                    #expect(answer.status == .ok)
                    #expect(answer.headers[.contentType] == asset.contentType)
                    #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
                    #expect(Array(buffer: answer.body) == asset.bytes)
                }
                try await client.execute(uri: asset.path, method: .get, headers: [.ifNoneMatch: asset.etag]) { answer in
                    #expect(answer.status == .notModified)
                    #expect(answer.body.readableBytes == 0)
                }
            }
            for path in ["/assets/onewindow.0000000000.css", "/assets/onewindow.css", "/assets/..%2f..%2fetc"] {
                try await client.execute(uri: path, method: .get) { #expect($0.status == .notFound) }
            }
        }
    }
}
