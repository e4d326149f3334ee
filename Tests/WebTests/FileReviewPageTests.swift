import Dossiers
import Foundation
import HTTPTypes
import Hall
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import Testing
import Vocabulary

@testable import Web

/// A review of closed files, from its opening to what the public reads.
@Suite struct FileReviewPageTests {
    /// A house with closed cases, all of them sealed and counted unless told otherwise.
    private static func open(
        closed count: Int = 1, counted: Bool = true,
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                for _ in 0..<count { _ = try await maker.dossier(.ended) }
                if counted { try await seal(house) }
                try await body(house, client)
            }
        }
    }

    private static func seal(_ house: DoorHouse, counted: Bool = true) async throws {
        let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
        while try await sealer.seal(now: house.hall.time.now()) > 0 {}
        _ = try await sealer.checkpoint(now: house.hall.time.now())
        if counted { try await FigureFollower(hall: house.hall).follow() }
    }

    private static func terms(_ house: DoorHouse, _ change: [String: String] = [:]) -> [(String, String)] {
        let today = house.hall.time.now().day
        let usual = [
            "from": "\(today.advanced(byDays: -30))", "to": "\(today)", "sample": "100", "unit": "percent",
            "minutes": "10", "reviewers": "2", "gap": "10", "objection": "5", "mending": "5", "pass": "60",
            "excellent": "90",
        ]
        return usual.merging(change) { _, new in new }.sorted { $0.key < $1.key }
    }

    /// Opens a campaign and answers where it stands.
    private static func campaign(
        _ house: DoorHouse, _ supervisor: DoorVisitor, _ change: [String: String] = [:]
    ) async throws -> String {
        let answer = try await supervisor.answer(
            Paths.fileReviews, on: Paths.fileReviews, terms(house, change))
        return try #require(answer.headers[.location])
    }

    /// Lets the named time come, and the log sign.
    private static func checkpoint(_ house: DoorHouse) async throws {
        house.clock.move(seconds: 601)
        _ = try await Pulse(hall: house.hall).round()
        try await seal(house)
    }

    /// The boxes that stand for people of these names.
    private static func boxes(_ page: String, _ names: [String]) throws -> [(String, String)] {
        let boxes = page.components(separatedBy: "name=\"staff\"").dropFirst()
        return try names.map { name in
            let box = try #require(boxes.first { $0.prefix(600).contains(name) }, "\(name)")
            return ("staff", String(try #require(box.firstMatch(of: /value="([^"]+)"/)).1))
        }
    }

    /// Draws, and gives the one file to two reviewers of other bodies; answers the file's address.
    private static func dealt(
        _ house: DoorHouse, _ supervisor: DoorVisitor, _ change: [String: String] = [:]
    ) async throws -> (campaign: String, file: String) {
        let path = try await campaign(house, supervisor, change)
        try await checkpoint(house)
        #expect(try await supervisor.send(path + "/draw", on: path) == 303)
        let page = try await supervisor.get(path).page
        let file = try #require(page.firstMatch(of: /\/office\/reviewed-files\/[0-9a-z]{26}/))
        let nobody = [("staff", "00000000000000000000000001")]
        let unknown = try await supervisor.answer(path + "/reviewers", on: path, nobody)
        unknown.expect(refusal: FileReviewRefusal.notAReviewer)
        #expect(
            try await supervisor.send(path + "/reviewers", on: path, try boxes(page, ["刘川", "方砚"])) == 303)
        return (path, String(file.0))
    }

    /// Marks every point and hands the sheet in; of the delivery so many marks are left.
    private static func review(_ visitor: DoorVisitor, _ file: String, order marks: String) async throws {
        #expect(try await visitor.send(file + "/confirmation", on: file) == 303)
        let page = try await visitor.get(file).page
        let points = page.matches(of: /name="point" value="([a-z-]+)"/).map { String($0.1) }
        for point in points {
            let isOrder = point == "d-law"
            let fields = [
                ("point", point), ("verdict", isOrder ? "notMet" : "met"), ("marks", isOrder ? marks : ""),
                ("words", "已核对案卷"), ("mend", isOrder ? "yes" : ""),
            ]
            let status = try await visitor.post(
                file + "/marks", try await visitor.tokens(of: file + "/marks", on: file) + fields
            ).status.code
            #expect(status == 303, "\(point)")
        }
        #expect(try await visitor.send(file + "/submission", on: file) == 303)
    }

    @Test func `a list of cases is not fixed while one of its days is still being counted`() async throws {
        try await Self.open(counted: false) { house, client in
            house.clock.move(seconds: 86_400)
            let supervisor = try await DoorVisitor(client, "supervisor")
            for isSealed in [false, true] {
                if isSealed { try await Self.seal(house, counted: false) }
                let early = try await supervisor.answer(Paths.fileReviews, on: Paths.fileReviews, Self.terms(house))
                early.expect(refusal: FileReviewRefusal.countingAwaited)
            }
            let before = Self.terms(house, ["to": "\(house.hall.time.now().day.advanced(byDays: -2))"])
            let earlier = try await supervisor.answer(Paths.fileReviews, on: Paths.fileReviews, before)
            earlier.expect(refusal: FileReviewRefusal.populationEmpty)
            try await FigureFollower(hall: house.hall).follow()
            _ = try await Self.campaign(house, supervisor)
            let reviews = try await house.hall.fileReviews()
            #expect(reviews.map(\.review.opened.count) == [1])
        }
    }

    @Test func `files are drawn by a checkpoint to come, reviewed by two of other bodies, objected to and published`()
        async throws
    {
        try await Self.open { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor")
            let path = try await Self.campaign(house, supervisor)
            let early = try await supervisor.answer(path + "/draw", on: path)
            early.expect(refusal: FileReviewRefusal.checkpointAwaited)
            let (campaign, file) = try await Self.dealt(house, supervisor)
            let own = try await DoorVisitor(client, "review-hrss")
            #expect(try await own.get(file).status == 403, "of the file's body")
            for (login, marks) in [("review-housing", "2"), ("decide-market", "3")] {
                let reviewer = try await DoorVisitor(client, login)
                #expect(try await reviewer.get("/staff/notices").page.contains("有案卷待您评查"))
                #expect(try await reviewer.get(Paths.fileReviews).page.contains(file))
                try await Self.review(reviewer, file, order: marks)
            }
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await head.get("/staff/notices").page.contains("得98分"))
            let told = try await head.get(file).page
            #expect(told.contains("适用法律正确") && !told.contains("刘川"), "who reviewed is not shown to the body")
            let empty = try await head.answer(file + "/objection", on: file, [("words", "")])
            empty.expect(refusal: FileReviewRefusal.wordsMissing)
            #expect(try await head.send(file + "/objection", on: file, [("words", "条款引用完整")]) == 303)
            let ruling = [("upheld", "yes"), ("marks", "100"), ("words", "属实")]
            #expect(try await supervisor.send(file + "/ruling", on: file, ruling) == 303)
            #expect(try await head.get(file).page.contains("异议成立"))
            #expect(try await supervisor.send(campaign + "/publication", on: campaign) == 303)
            let open = campaign.replacing("/office", with: "")
            let page = String(buffer: try await client.execute(uri: open, method: .get).body)
            #expect(page.contains("100.0") && page.contains("福州市人力资源和社会保障局"))
            let board = try await house.hall.fileReviews()
            let review = try #require(board.first { $0.marks != nil })
            #expect(page.contains(try #require(review.review.draw?.seed)) && page.contains(review.review.opened.digest))
            let matter = try await house.hall.store.read { tx in
                try FileReviewTable.cases(of: review.review.id, in: tx)[0].matter
            }
            #expect(!page.contains(matter.number), "no case is named")
            let dossier = matter.dossier
            #expect(try await house.hall.looks(at: dossier).contains { $0.purpose == "file-review" })
            let orders = try await house.hall.store.read { tx in try OrderTable.of(dossier, in: tx) }
            #expect(orders.map(\.issuer) == [.platform] && orders[0].issued.days == 5, "mending is ordered")
        }
    }

    @Test func `two sheets that are far apart call a third, whom the supervisor names where nobody else may`()
        async throws
    {
        try await Self.open { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor")
            let (_, file) = try await Self.dealt(house, supervisor, ["gap": "1"])
            for (login, marks) in [("review-housing", "0"), ("decide-market", "4")] {
                try await Self.review(try await DoorVisitor(client, login), file, order: marks)
            }
            let page = try await supervisor.get(file).page
            #expect(page.contains("评分差距大，待第三人评查"))
            let third = try #require(page.firstMatch(of: /<option value="([0-9a-z]{26})"[^>]*>[^<]*郭宁/)).1
            let unsaid = try await supervisor.answer(file + "/third", on: file, [("staff", "")])
            #expect(unsaid.status == .unprocessableContent)
            #expect(try await supervisor.send(file + "/third", on: file, [("staff", String(third))]) == 303)
            try await Self.review(try await DoorVisitor(client, "review-health"), file, order: "1")
            #expect(try await supervisor.get(file).page.contains("已告知，可提异议"))
            house.clock.move(seconds: 20 * 86_400)
            _ = try await Pulse(hall: house.hall).round()
            let later = try await DoorVisitor(client, "supervisor")
            #expect(try await later.get(file).page.contains("已定分"), "nobody objected in time")
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await !head.get(file).page.contains(file + "/objection"), "it is too late")
        }
    }

    @Test func `what does not fit is said at the form, and files go as a table and as a list`() async throws {
        try await Self.open(closed: 2) { house, client in
            let supervisor = try await DoorVisitor(client, "supervisor")
            let cases: [([String: String], FileReviewRefusal)] = [
                (["from": "2018-01-01", "to": "2018-01-31"], .populationEmpty), (["minutes": "0"], .drawTimeUnfit),
                (["sample": "0"], .sampleUnfit), (["pass": "95"], .termsUnfit), (["from": "2030-01-01"], .periodUnfit),
                (["places": "350105"], .populationEmpty), (["items": "999"], .populationEmpty),
            ]
            for (change, refusal) in cases {
                let answer = try await supervisor.answer(
                    Paths.fileReviews, on: Paths.fileReviews, Self.terms(house, change))
                answer.expect(refusal: refusal)
            }
            let (campaign, file) = try await Self.dealt(house, supervisor)
            let reviewer = try await DoorVisitor(client, "review-housing")
            let over = try await reviewer.answer(
                file + "/marks", on: file, [("point", "a-powers"), ("verdict", "met"), ("marks", "7")])
            over.expect(refusal: FileReviewRefusal.marksTooHigh)
            #expect(String(buffer: over.body).contains("得分超过本项满分"))
            let early = try await reviewer.answer(file + "/submission", on: file)
            early.expect(refusal: FileReviewRefusal.sheetIncomplete)
            let open = try await supervisor.get(campaign).page
            #expect(open.contains("全部案卷定分后才能公布结果"))
            let list = try await supervisor.get(campaign + "/population.txt").page
            #expect(list.split(separator: "\n").count == 2 && list.hasSuffix("\n"))
            #expect(try await supervisor.get(campaign + "/results.csv").status == 200)
            let book = try await supervisor.raw(campaign + "/results.xlsx")
            #expect(book.status == .ok && book.body.readableBytes > 1000)
            #expect(try await supervisor.get(campaign + "/report").page.contains("报告"))
            #expect(try await reviewer.get(campaign).status == 403)
        }
    }
}
