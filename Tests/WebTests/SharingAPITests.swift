import Accounts
import Certificates
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Signing
import Store
import Testing
import Vocabulary

@testable import Web

/// The sharing service over its door; what it answers is tested in the hall.
@Suite struct SharingAPITests {
    private struct Reply: Decodable {
        struct Head: Decodable {
            let status: Int
            let message: String
        }

        let head: Head
        let data: JSONValue?
    }

    private struct Stage {
        let house: DoorHouse
        let client: any TestClientProtocol
        let caller: SharingCaller
        let identifier: String

        func body(_ operation: SharingOperation, _ data: String, nonce: String? = nil) -> String {
            let nonce = nonce ?? house.hall.newToken()
            let now = house.hall.time.now().milliseconds
            let digest = BlobRef(of: Array(data.utf8)).digest
            let message = "\(operation.rawValue)\n\(caller.accessID)\n\(now)\n\(nonce)\n\(digest)"
            let token = house.site.accountKey.sharingToken(
                of: Array(message.utf8), by: caller.id.subject, edition: caller.edition)
            return """
                {"head": {"accessId": "\(caller.accessID)", "accessToken": "\(token)", "timestamp": \(now),
                 "nonce": "\(nonce)"}, "data":  \(data) }
                """
        }

        func post(_ operation: SharingOperation, _ body: String) async throws -> TestResponse {
            try await client.execute(
                uri: "/api/v1/sharing/\(operation.rawValue)", method: .post,
                headers: [.contentType: "application/json"], body: ByteBuffer(string: body))
        }

        func ask(_ operation: SharingOperation, _ data: String) async throws -> Reply {
            let answer = try await post(operation, body(operation, data))
            #expect(answer.status == .ok)
            return try JSONDecoder().decode(Reply.self, from: Data(answer.body.readableBytesView))
        }
    }

    private static func open(_ body: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            let firm = try await house.person(Cast.firmCode)
            let id = try await house.certificate(of: firm.id)
            let certificate = try #require(try await house.hall.certificate(id))
            let accessID = try #require(AccessID("bank-01"))
            let caller = try await house.hall.add(
                Hall.CallerTerms(
                    accessID, name: "示例银行", body: nil, network: .local, publicKey: nil, perMinute: 100))
            try await house.hall.permit([certificate.reservation.identifier.type], to: accessID)
            try await house.app.test(.router) { client in
                try await body(
                    Stage(
                        house: house, client: client, caller: caller,
                        identifier: certificate.reservation.identifier.description))
            }
        }
    }

    @Test func `an envelope goes in and comes out, and the holder reads who asked`() async throws {
        try await Self.open { stage in
            let data = "{\"useCause\": \"办理开户核验\",\n \"certIdentifier\": \"\(stage.identifier)\"}"
            let reply = try await stage.ask(.queryCertInfo, data)
            #expect(reply.head.status == 0 && reply.head.message == "成功")
            let fields = try #require(reply.data?["certData"]?.list)
            #expect(fields.contains { $0["value"]?.text == "国内劳务派遣" && $0["columnName"]?.text == "scope" })
            let holder = try await DoorVisitor(stage.client, "lin", staff: false)
            let line = try await stage.house.hall.store.read { tx in
                try tx.row("SELECT certificate FROM certificate_showing LIMIT 1")?.subject(0)
            }
            let page = try await holder.get("/certificates/\(try #require(line))").page
            #expect(page.contains("示例银行") && page.contains("办理开户核验") && page.contains("共享服务调用"))
        }
    }

    @Test func `a refusal is an envelope with its number, and what is no envelope is a problem`() async throws {
        try await Self.open { stage in
            let denied = try await stage.ask(
                .queryCertInfoByHolderCode,
                """
                {"holderCode": "\(Cast.firmCode)", "holderTypeCode": "001", "useCause": "核验",
                 "certTypeCode": "11100000MADEM4020U001"}
                """)
            #expect([13, 100].contains(denied.head.status) && denied.data == nil)
            let silent = try await stage.ask(.queryCertInfo, "{\"certIdentifier\": \"\(stage.identifier)\"}")
            #expect(silent.head.status == 99 && silent.head.message.contains("sharing.cause-missing"))
            let nul = try await stage.ask(
                .queryCertInfoByHolderCode,
                """
                {"holderCode": "\(Cast.firmCode)", "holderTypeCode": "001", "useCause": "核验", "certTypeCode": "\\u0000"}
                """)
            #expect(nul.head.status == 99)
            // A house without seals makes no copies.
            let link = try await stage.ask(
                .downloadUrl, "{\"certIdentifier\": \"\(stage.identifier)\", \"useCause\": \"核验\"}")
            #expect(link.head.status == 101)
            let changed = stage.body(.queryCertInfo, "{\"useCause\": \"甲\"}").replacing("甲", with: "乙")
            let forged = try await stage.post(.queryCertInfo, changed)
            #expect(String(buffer: forged.body).contains("\"status\":11"))
            let other = try await stage.post(.downloadUrl, stage.body(.queryCertInfo, "{}"))
            #expect(String(buffer: other.body).contains("\"status\":11"), "the token is for one operation")
            for body in ["", "{}", "[1]", "{\"head\": {}, \"data\": {}}", stage.body(.queryCertInfo, "[]")] {
                #expect(try await stage.post(.queryCertInfo, body).status == .badRequest, "\(body)")
            }
            let large = try await stage.post(.queryCertInfo, String(repeating: " ", count: 70_000))
            #expect(large.status.code == 413)
            let unknown = try await stage.client.execute(uri: "/api/v1/sharing/download?id=00", method: .get)
            #expect(unknown.status == .notFound && String(buffer: unknown.body).contains("sharing.unknown-link"))
        }
    }

    @Test func `the document has the operations of the router, and the statuses of the service`() async throws {
        struct Document: Decodable {
            struct Operation: Decodable { let operationId: String }
            let paths: [String: [String: Operation]]
        }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/api/sharing.json")
        let bytes = try Data(contentsOf: folder)
        let document = try JSONDecoder().decode(Document.self, from: bytes)
        try await DoorHouse.open { house in
            let routes = Routes.router(house.site).routes.map { "\($0.method.rawValue) \($0.path)" }
                .filter { $0.contains("/api/v1/sharing/") }
            let described = document.paths.flatMap { path, methods in methods.map { "\($0.key.uppercased()) \(path)" } }
            #expect(routes.sorted() == described.sorted() && routes.count == 10)
            let names = document.paths.values.flatMap { $0.values.map(\.operationId) }
            #expect(names.sorted() == SharingOperation.allCases.map(\.rawValue).sorted())
        }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        let statuses = SharingStatus.allCases.map { "\($0.rawValue)" }.joined(separator: ",")
        #expect(text.contains("[\(statuses)]"))
    }
}
