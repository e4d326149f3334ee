import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import Testing
import Vocabulary

@testable import Web

/// Where the time of closed cases went, as supervisors and heads read it.
@Suite struct BottlenecksPageTests {
    /// A house with cases that have ended, one of them after a decision was returned, all of them sealed and counted.
    private func counted(
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                for stage in [.ended, .ended, .inReview] as [Dossier.Stage.Name] {
                    _ = try await maker.dossier(stage)
                    house.clock.move(seconds: 3600)
                }
                let again = try await maker.dossier(.inReview)
                house.clock.move(seconds: 7200)
                try await maker.perform(.passReview(.grant, opinion: "符合"), on: again, as: 2)
                house.clock.move(seconds: 86_400)
                try await maker.perform(.returnToReviewer(note: "请补充"), on: again, as: 3)
                house.clock.move(seconds: 6 * 86_400)
                try await maker.perform(.withdraw(note: "不再申请"), on: again, as: 1)
                let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
                while try await sealer.seal(now: house.hall.time.now()) > 0 {}
                try await FigureFollower(hall: house.hall).follow()
                try await body(house, client)
            }
        }
    }

    private func found(_ house: DoorHouse) async throws -> Hall.Bottlenecks {
        let months = try #require(Month("2018-01"))...(try #require(Month("2030-12")))
        return try await house.hall.bottlenecks(FigureQuery(months, within: [.everywhere]))
    }

    @Test func `the page shows what was counted, and each number leads to its cases`() async throws {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let found = try await self.found(house)
            #expect(found.whole.cases == 3)
            let page = try await supervisor.get("/office/bottlenecks").page
            for line in found.steps {
                let (sums, code) = (line.sums, line.step.code)
                for figure in [StepFigure.waitParts, .workParts, .againParts] {
                    #expect(page.contains("data-value=\"\(sums[figure])\""), "\(code)")
                }
                let address = PublicAddress.of("", [("what", code)]).dropFirst()
                #expect(page.contains("of=step&amp;\(address)"), "\(code)")
                let list = try await supervisor.get("/office/bottlenecks/cases?of=step&\(address)").page
                #expect(list.matches(of: /<tr data-row>/).count == sums[.cases], "\(code)")
                let again = try await supervisor.get("/office/bottlenecks/cases?of=again&\(address)").page
                #expect(again.matches(of: /<tr data-row>/).count == sums[.againCases], "\(code)")
            }
            #expect(found.steps.contains { $0.step.kind == .examination && $0.sums[.againCases] == 1 })
            #expect(page.matches(of: /<ol class="way">/).count == found.variants.count)
            for query in ["", "?of=none&what=decision", "?of=step&what=none", "?of=variant"] {
                #expect(try await supervisor.get("/office/bottlenecks/cases\(query)").status == 404, "\(query)")
            }
        }
    }

    @Test func `files hold the same numbers`() async throws {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let found = try await self.found(house)
            let counts = [
                "changes": found.improvements.count, "steps": found.parts.count, "variants": found.variants.count,
            ]
            for (table, count) in counts {
                let csv = try await supervisor.get("/office/bottlenecks.csv?table=\(table)").page
                #expect(csv.split(whereSeparator: \.isNewline).count == count + 1, "\(table)")
            }
            #expect(try await supervisor.get("/office/bottlenecks.csv?table=none").status == 404)
            #expect(try await supervisor.get("/office/bottlenecks.xlsx").status == 200)
        }
    }

    @Test func `where there is more than is told apart, the page and the files say so`() async throws {
        try await counted { house, _ in
            let months = try #require(Month("2018-01"))...(try #require(Month("2030-12")))
            let query = FigureQuery(months, within: [.everywhere])
            let found = try await house.hall.bottlenecks(query, limit: 2)
            // One item with more steps than two: nothing is told of it by body, and all of it by step.
            #expect(found.isCut && found.parts.isEmpty && found.whole.cases == 3 && found.steps.count > 2)
            let request = Request(
                head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: BottlenecksAsked.path),
                body: RequestBody(buffer: ByteBuffer()))
            let words = try WordTables.shipped().words(.office, .zh)
            let view = BottlenecksView(
                asked: BottlenecksAsked(request, counted: months), standing: try await house.hall.figuresStanding(),
                found: found, scopes: [.everywhere],
                names: StatisticsNames(site: house.site, called: [:], words: words))
            var html = HTML(words: words)
            view.cut(&html)
            #expect(String(decoding: html.bytes, as: UTF8.self).contains(words["time.cut"]))
            for table in BottlenecksFile.Table.allCases {
                let rows = BottlenecksFile(view).rows(table)
                #expect((rows.last?.first == words["time.cut"]) == (table != .variants), "\(table)")
                #expect(rows.allSatisfy { $0.count == rows[0].count })
            }
            #expect(try await !self.found(house).isCut)
        }
    }

    @Test func `what the address does not understand is not asked`() async throws {
        try await counted { _, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            for query in ["region=x&body=y&item=", "from=x&to=y", "hall=350100&mode=O1", "from=1900-01&to=2999-12"] {
                #expect(try await supervisor.get("/office/bottlenecks?\(query)").status == 200, "\(query)")
            }
            let nothing = try await supervisor.get("/office/bottlenecks?from=2001-01&to=2001-02").page
            #expect(nothing.contains("所选月份没有办结的办件"))
        }
    }
}
