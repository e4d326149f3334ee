import Accounts
import Catalogue
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

@Suite struct RouteTableTests {
    /// The router's own list.
    private static func routes(_ house: DoorHouse) -> [String] {
        Routes.router(house.site).routes.map { "\($0.method.rawValue) \($0.path)" }
    }

    private static func isForPrograms(_ route: String) -> Bool { route.contains(" /api") }

    @Test func `every route that people use has a row, and every row is a route`() async throws {
        try await DoorHouse.open { house in
            let routes = Set(Self.routes(house).filter { !Self.isForPrograms($0) })
            #expect(routes.count > 40)
            let rows = Set(RouteRow.all.map(\.route))
            #expect(routes.subtracting(rows).sorted() == [], "routes without a row")
            #expect(rows.subtracting(routes).sorted() == [], "rows without a route")
        }
    }

    @Test(arguments: [RouteRow.Door.open, .portal, .window, .issuing, .office])
    func `every door answers every kind of visitor as the table says, and what is refused changes nothing`(
        _ door: RouteRow.Door
    ) async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let maker = try await CaseMaker(cast)
            try await house.app.test(.router) { client in
                for row in RouteRow.all where row.door == door {
                    try await RouteTrial(row: row, maker: maker, client: client).run()
                }
            }
        }
    }

    /// What is under `/api` is for programs: a browser's session counts for nothing there, whoever's it is. A route that
    /// is open to all stands here by name.
    private static let openToPrograms: Set<String> = [
        "GET /api/v1/openapi.json", "GET /api/v1/problems/{code}", "POST /api/v1/sessions",
        "POST /api/v1/oauth/token", "GET /api/v1/items",
        "GET /api/v1/items/{code}",
        "GET /api/v1/items/{code}/form",
        "GET /api/v1/certificates/{identifier}/verification", "POST /api/v1/file-verifications",
        "GET /api/v1/log/checkpoint", "GET /api/v1/log/entries", "GET /api/v1/log/entries/{position}/proof",
        "GET /api/v1/log/consistency",
        // The carrier signs with a secret of its own; not there where no carrier is set.
        "POST /api/courier/scans",
        // Callers of the sharing service show tokens of their own in the body.
        "POST /api/v1/sharing/queryCertInfo", "POST /api/v1/sharing/queryCertInfoByHolderCode",
        "POST /api/v1/sharing/queryCertInfoByQRcode", "POST /api/v1/sharing/downloadUrl",
        "POST /api/v1/sharing/downloadUrlsByHolderCode", "POST /api/v1/sharing/downloadFile",
        "POST /api/v1/sharing/verifyFile", "POST /api/v1/sharing/verifyCertInfo",
        "POST /api/v1/sharing/getCertRemarkInfo", "GET /api/v1/sharing/download",
    ]

    @Test func `no session of a browser opens anything that is for programs`() async throws {
        try await DoorHouse.open { house in
            let routes = Self.routes(house).filter { Self.isForPrograms($0) && !Self.openToPrograms.contains($0) }
            #expect(Self.openToPrograms.subtracting(Self.routes(house)).sorted() == [])
            guard !routes.isEmpty else { return }
            let cast = try await Cast(house)
            let state = try await house.state()
            try await house.app.test(.router) { client in
                for visitor in Visitor.allCases {
                    let session = try await cast.session(of: visitor)
                    let caller = Caller(client: client, session: session, house: house)
                    for route in routes {
                        let path = String(route.drop { $0 != "/" }).replacing(/\{[^}]*\}/, with: "1")
                        let answer =
                            route.hasPrefix("GET") ? try await caller.get(path) : try await caller.post(path)
                        #expect((401...405).contains(answer.status.code), "\(visitor) at \(route)")
                        answer.expectNoMachinery("\(visitor) at \(route)")
                    }
                }
            }
            #expect(try await house.state() == state)
        }
    }
}

/// One row of the table, tried by everybody: first those who are refused, then those who may.
private struct RouteTrial {
    let row: RouteRow
    let maker: CaseMaker
    let client: any TestClientProtocol
    private var house: DoorHouse { maker.cast.house }

    func run() async throws {
        let place = try await row.place(maker)
        let visitors = Visitor.allCases.filter { if case .refused = row.expected($0) { true } else { false } }
        let state = try await house.state()
        for visitor in visitors { try await visit(visitor, place) }
        #expect(try await house.state() == state, "\(row.path): what is refused changes nothing")
        for visitor in Visitor.allCases where !visitors.contains(visitor) { try await visit(visitor, place) }
        let hasDeed = row.answers.values.contains { if case .done = $0 { true } else { false } }
        if hasDeed && row.door != .open {
            #expect(try await house.state() != state, "\(row.path): what is allowed is done")
        }
    }

    private func visit(_ visitor: Visitor, _ place: RoutePlace) async throws {
        let session = try await maker.cast.session(of: visitor)
        let caller = Caller(client: client, session: session, house: house)
        let path = place.fill(row.path)
        let what = "\(visitor) at \(row.route) (\(path))"
        let answer: TestResponse
        if row.route.hasPrefix("GET") {
            answer = try await caller.get(path)
        } else if let file = row.file {
            answer = try await caller.upload(path, [(file, "plan.pdf", smallPDF)])
        } else {
            answer = try await caller.post(path, place.fill(row.fields, for: visitor))
        }
        switch row.expected(visitor) {
        case .answers(let status):
            #expect(answer.status.code == status, "\(what): \(answer.code ?? "")")
        case .done:
            #expect(answer.status == .seeOther, "\(what): \(answer.code ?? "")")
            #expect(answer.headers[.location]?.hasPrefix("/sign-in") == false, "\(what)")
        case .signIn:
            #expect(answer.status == .seeOther, "\(what)")
            #expect(answer.headers[.location]?.hasPrefix("/sign-in?back=") == true, "\(what)")
        case .refused(let refusal): answer.expect(refusal: refusal, what)
        }
    }
}
