import Documents
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import Testing
import Vocabulary

@testable import Web

/// The figures of the city, as supervisors and heads read them.
@Suite struct StatisticsPageTests {
    /// A house with cases at many stages, all of them sealed and counted.
    private func counted(
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                for stage in [.inReview, .inReview, .issued, .ended, .correctionRequested] as [Dossier.Stage.Name] {
                    _ = try await maker.dossier(stage)
                }
                let late = try await maker.dossier(.inReview)
                house.clock.move(seconds: 12 * 86_400)
                _ = try await Pulse(hall: house.hall).beat()
                try await maker.perform(.passReview(.grant, opinion: "符合"), on: late, as: 2)
                try await maker.perform(try await house.hall.grant(late, grounds: "符合"), on: late, as: 3)
                try await Self.seal(house)
                try await body(house, client)
            }
        }
    }

    private static func seal(_ house: DoorHouse) async throws {
        let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
        while try await sealer.seal(now: house.hall.time.now()) > 0 {}
        try await FigureFollower(hall: house.hall).follow()
    }

    private static func sums(_ house: DoorHouse) async throws -> FigureSums {
        let months = try #require(Month("2020-01"))...(try #require(Month("2030-12")))
        let query = FigureQuery(months, within: [.everywhere])
        return try #require(try await house.hall.figureLines([(query, [])]).first?.first?.sums)
    }

    @Test func `the page shows what was counted, and each number leads to its cases`() async throws {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let sums = try await Self.sums(house)
            #expect(sums[.filed] == 6 && sums[.accepted] == 4 && sums[.decided] == 2 && sums[.late] == 1)
            let page = try await supervisor.get("/office/statistics").page
            for figure in [CaseFigure.filed, .accepted, .decided, .late] {
                let link = "figure=\(figure.id)\">\(sums[figure])</a>"
                #expect(page.contains(link), "\(figure.id)")
                let list = try await supervisor.get("/office/statistics/cases?figure=\(figure.id)").page
                #expect(list.matches(of: /<tr data-row>/).count == sums[figure], "\(figure.id)")
            }
            #expect(try await supervisor.get("/office/statistics/cases?figure=none").status == 404)
            #expect(try await supervisor.get("/office/statistics/cases?figure=trips_made_sum").status == 404)
        }
    }

    @Test func `what is counted between two looks is on the second`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
                for filed in 1...3 {
                    _ = try await maker.dossier(.inReview)
                    try await Self.seal(house)
                    #expect(try await Self.sums(house)[.filed] == filed)
                    for _ in 0..<2 {
                        let page = try await supervisor.get("/office/statistics").page
                        #expect(page.contains("figure=filed\">\(filed)</a>"), "\(filed)")
                    }
                }
            }
        }
    }

    @Test func `what the plots draw is what was counted`() async throws {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let sums = try await Self.sums(house)
            let page = try await supervisor.get("/office/statistics").page
            let series = page.matches(of: /<polyline class="[a-z]+" points="([^"]+)" data-values="([0-9 ]+)">/)
            let values = series.map { $0.2.split(separator: " ").compactMap { Int($0) } }
            #expect(values.map { $0.reduce(0, +) } == [sums[.filed], sums[.decided], sums[.late]])
            #expect(values.allSatisfy { $0.count == 12 || $0.count == 2 }, "a course of one month is that of its year")
            // The points are where the values say, from the bottom of the picture up to its round top.
            let top = try #require(page.firstMatch(of: /data-top="([0-9]+)"/).flatMap { Int($0.1) })
            for (line, values) in zip(series, values) {
                let heights = line.1.split(separator: " ").map { $0.split(separator: ",")[1] }
                let drawn = values.count == 1 ? values + values : values
                #expect(heights.map { Int($0) } == drawn.map { 240 - $0 * 240 / top })
            }
            let flow = page.matches(of: /<rect class="post"[^>]* height="([0-9]+)" data-value="([0-9]+)">/)
            #expect(
                flow.map { Int($0.2) }
                    == [.filed, .flowReceived, .flowAccepted, .flowDecided, .flowClosed].map { sums[$0] })
            #expect(flow.allSatisfy { Int($0.1) == (Int($0.2) ?? 0) * 150 / sums[.filed] })
        }
    }

    @Test func `files say the same as the page, and numbers in them are numbers`() async throws {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            let sums = try await Self.sums(house)
            for by in FigureDimension.allCases {
                let csv = try await supervisor.get("/office/statistics.csv?by=\(by.rawValue)").page
                let lines = csv.split(whereSeparator: \.isNewline).map {
                    $0.split(separator: ",", omittingEmptySubsequences: false)
                }
                #expect(lines[0].count == StatisticsColumn.all.count + 2)
                #expect(lines.last?[2] == "\(sums[.filed])", "\(by)")
                let parts = lines.dropFirst().dropLast().map { Int($0[2]) ?? -1 }
                #expect(parts.reduce(0, +) == sums[.filed], "\(by)")
            }
            let answer = try await supervisor.raw("/office/statistics.xlsx?by=body")
            let book = try WorkbookReader(Array(answer.body.readableBytesView))
            let rows = try book.rows(of: try #require(book.sheets.first))
            #expect(rows.last?.cells[2] == "\(sums[.filed])" && rows.count >= 3)
        }
    }

    @Test func `a head sees her own authority and nobody else's`() async throws {
        try await counted { house, client in
            let own = try await DoorVisitor(client, "head-hrss", staff: true)
            #expect(try await own.get("/office/statistics").page.contains("figure=filed\">6</a>"))
            let other = try await DoorVisitor(client, "head-housing", staff: true)
            #expect(try await other.get("/office/statistics").page.contains("所选月份没有统计数据"))
            let list = try await other.get("/office/statistics/cases?figure=filed").page
            #expect(list.contains("没有对应的办件") && list.matches(of: /<tr data-row>/).isEmpty)
        }
    }

    @Test func `a table is told apart and ordered as one asks, and what makes no sense asks for nothing`() async throws
    {
        try await counted { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor", staff: true)
            for by in FigureDimension.allCases {
                let page = try await supervisor.get("/office/statistics?by=\(by.rawValue)&sort=-late").page
                #expect(page.contains("aria-sort=\"ascending\""), "\(by)")
            }
            let page = try await supervisor.get("/office/statistics?region=x&mode=y&body=z&hall=w").page
            #expect(page.contains("figure=filed\">6</a>"), "what is nothing is not asked")
            for query in ["from=x&to=2018-13", "by=none&sort=none", "region=%27&body=%00", "from=2030-01&to=2001-01"] {
                #expect(try await supervisor.get("/office/statistics?\(query)").status == 200, "\(query)")
            }
            let report = try await supervisor.get("/office/statistics/report").page
            #expect(report.contains("本期申请 6 件"))
            let reader = try await DoorVisitor(client, "supervisor", staff: true, look: "en")
            #expect(try await reader.get("/office/statistics/report").page.contains("6 cases were filed"))
        }
    }
}
