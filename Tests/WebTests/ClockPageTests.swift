import Foundation
import Accounts
import Dossiers
import DocumentsTestSupport
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// Why this date, what moved it, and what would move it: asked at every door.
@Suite struct ClockPageTests {
    /// A firm's filing that was accepted, stopped by an inspection and extended.
    private func moved(_ house: DoorHouse) async throws -> DossierID {
        let firm = try #require(CreditCode("91350100MADEM0054D"))
        let id = try await house.filed(
            "special-working-hours", in: .fuzhou, for: .organisation(firm), .fullyOnline, .eCertificate,
            situation: ["system": "flexible", "procedure": "examination", "filedBy": "self"])
        let staff = { (number: UInt64, powers: [Power]) in
            Performer(.staff(StaffID(Subject(high: 9, low: number)))) { power, _ in
                guard powers.contains(power) else { throw PerformerRefusal.notAllowed }
            }
        }
        let deeds: [(DossierCommand, Performer)] = [
            (.accept, staff(1, [.receive])),
            (.special(.begin(.inspection, days: 3, note: "核查用工台账")), staff(2, [.review])),
            (.extend(.approve(value: 5, by: .head, note: "情况复杂")), staff(3, [.lead])),
        ]
        for (command, performer) in deeds {
            _ = try await house.hall.perform(
                command, on: id, by: performer, attempt: Attempt(.random(house.hall.dice)))
        }
        return id
    }

    private func text(_ page: String) -> String { PaperTests.text(page) }

    @Test func `a reader of English finds the way back by the item's English name`() async throws {
        try await DoorHouse.open { house in
            let id = try await moved(house)
            try await house.app.test(.router) { client in
                let visitor = try await DoorVisitor(client, "lin", staff: false, look: "en")
                let title =
                    try await visitor.get("/dossiers/\(id)").page.components(separatedBy: "<h1")[1]
                    .components(separatedBy: "</h1>")[0].components(separatedBy: ">").last ?? ""
                #expect(title.contains("Approval"))
                #expect(try await visitor.get("/dossiers/\(id)/clock").page.contains("\">\(title)</a>"))
            }
        }
    }

    @Test func `applicant, window and office read the same ledger, and only staff reckon with a stop`() async throws {
        try await DoorHouse.open { house in
            let id = try await moved(house)
            try await house.app.test(.router) { client in
                for (login, door, isStaff) in [
                    ("lin", "", false), ("window-city", "/window", true), ("review-hrss", "/office", true),
                ] {
                    let visitor = try await DoorVisitor(client, login, staff: isStaff)
                    let dossier = try await visitor.get("\(door)/dossiers/\(id)")
                    #expect(dossier.page.contains("href=\"\(door)/dossiers/\(id)/clock\""), "\(login)")
                    let clock = try await visitor.get("\(door)/dossiers/\(id)/clock?days=5")
                    #expect(clock.status == 200, "\(login)")
                    let said = text(clock.page)
                    for sentence in [
                        "承诺办结时限", "法定办结时限", "特别程序：现场勘验", "受理之日", "起算日，不计入", "休息日，不计入",
                        "现场勘验期间，不计入（办理记录第 4 条）", "批准延期（办理记录第 5 条）：由",
                    ] {
                        #expect(said.contains(sentence), "\(login): \(sentence)")
                    }
                    #expect(said.contains("如果今天起暂停") == isStaff, "\(login)")
                    #expect(said.contains("暂停 5 个工作日后") == isStaff, "\(login)")
                }
            }
        }
    }

    @Test func `the sheet says the same as the page, with every day`() async throws {
        try await DoorHouse.open { house in
            let id = try await moved(house)
            try await house.app.test(.router) { client in
                let visitor = try await DoorVisitor(client, "lin", staff: false)
                let response = try await visitor.raw("/dossiers/\(id)/clock.pdf")
                #expect(response.status == .ok)
                let paper = try PrintedPaper(Array(buffer: response.body))
                #expect(try paper.fault() == nil)
                let letters = try paper.letters()
                for sentence in ["承诺办结时限", "起算日，不计入", "扫码查看办理进度"] {
                    #expect(letters.contains(sentence), "\(sentence)")
                }
            }
        }
    }

    @Test func `a program reads the days, and a stranger reads nothing`() async throws {
        try await DoorHouse.open { house in
            let id = try await moved(house)
            try await house.app.test(.router) { client in
                let token = try await client.token("review-hrss", staff: true)
                let response = try await client.api(.get, "/dossiers/\(id)/clock", token: token)
                #expect(response.status == .ok)
                let limits = try response.value(LedgerReply.self).limits
                let opened = try await house.hall.open(id)
                let rules = house.hall.rules
                let promised = try #require(limits.last { $0.limit == "promised" })
                #expect(promised.due == rules.promisedDue(of: opened.dossier)?.day.description)
                #expect(promised.days.filter { $0.reason == "paused" }.allSatisfy { $0.event == 4 && $0.count == nil })
                #expect(promised.moves.map(\.cause) == ["inspection"])
                let statutory = try #require(limits.last { $0.limit == "statutory" })
                #expect(statutory.moves.map(\.cause) == ["inspection", "extension"])
                let stranger = try await client.token("chen", staff: false)
                let refused = try await client.api(.get, "/dossiers/\(id)/clock", token: stranger)
                #expect(refused.status == .notFound)
            }
        }
    }

    private struct LedgerReply: Decodable {
        struct Day: Decodable { let count: Int?; let reason: String; let event: Int? }
        struct Move: Decodable { let cause: String }
        struct Limit: Decodable { let limit: String; let due: String; let moves: [Move]; let days: [Day] }
        let limits: [Limit]
    }
}
