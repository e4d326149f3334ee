import Accounts
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// R22: grants as the public reads them.
@Suite struct GrantsPageTests {
    private struct List: Decodable {
        struct Line: Decodable {
            let number: String
            let itemCode: String
            let bodyCode: String
            let holderCode: String?
            let state: String
            let decidedOn: String
        }
        let grants: [Line]
        let next: String?
    }

    private func granted(
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol, List.Line) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                _ = try await maker.dossier(.issued)
                let list = try await Self.list(client)
                try await body(maker, client, try #require(list.grants.first))
            }
        }
    }

    private static func list(_ client: any TestClientProtocol, _ query: String = "") async throws -> List {
        let answer = try await client.execute(uri: "/grants.json\(query)", method: .get)
        return try JSONDecoder().decode(List.self, from: Data(String(buffer: answer.body).utf8))
    }

    private static func page(_ client: any TestClientProtocol, _ query: String = "") async throws -> String {
        let answer = try await client.execute(uri: "/grants\(query)", method: .get)
        #expect(answer.status == .ok)
        return String(buffer: answer.body)
    }

    @Test func `R22 everybody finds a grant by number, item, body, holder and month`() async throws {
        try await granted { _, client, grant in
            let number = Paths.query(grant.number)
            let month = grant.decidedOn.prefix(7)
            for query in [
                "", "?q=\(number)", "?q=\(Cast.firmCode)", "?item=\(grant.itemCode.dropFirst(19).prefix(12))",
                "?body=\(grant.bodyCode)", "?holder=\(Cast.firmCode)", "?month=\(month)",
            ] {
                #expect(try await Self.page(client, query).contains(grant.number), "\(query)")
                #expect(try await Self.list(client, query).grants.map(\.number) == [grant.number], "\(query)")
            }
            let choices = try await Self.page(client, "?q=" + Paths.query("福州示例"))
            #expect(choices.contains("/grants?holder=\(Cast.firmCode)") && !choices.contains(grant.number))
            let none = try await Self.page(client, "?month=2001-01")
            #expect(none.contains("没有找到许可决定"))
            let narrowed = try await Self.page(client, "?holder=\(Cast.firmCode)")
            #expect(narrowed.contains("取消限定") && grant.state == "valid" && grant.holderCode == Cast.firmCode)
            let csv = try await client.execute(uri: "/grants.csv", method: .get)
            #expect(String(buffer: csv.body).contains(grant.number) && csv.headers[.accessControlAllowOrigin] == "*")
        }
    }

    @Test func `R22 neither the agent nor the telephone nor an answer of the form is public`() async throws {
        try await granted { maker, client, _ in
            for uri in ["/grants", "/grants.json", "/grants.csv"] {
                let text = String(buffer: try await client.execute(uri: uri, method: .get).body)
                guard case .citizen(let citizen)? = try await maker.cast.house.hall.person(maker.cast.lin) else {
                    preconditionFailure("the agent is a citizen")
                }
                for secret in ["13800000001", "123456", citizen.name.text, citizen.number.number] {
                    #expect(!text.contains(secret), "\(uri) says \(secret)")
                }
            }
        }
    }

    @Test(arguments: ["month=2018-13", "item=x", "body=x", "holder=x", "after=1", "after=2018-11-26.x"])
    func `a program is told what it asks wrongly, a reader sees the list`(query: String) async throws {
        try await granted { _, client, grant in
            for path in ["/grants.json", "/grants.csv"] {
                try await client.execute(uri: "\(path)?\(query)", method: .get).expect(code: "api.malformed")
            }
            #expect(try await Self.page(client, "?\(query)").contains(grant.number))
        }
    }
}
