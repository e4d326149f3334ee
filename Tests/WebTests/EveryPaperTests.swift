import Catalogue
import DocumentsTestSupport
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Papers
import Testing
import Vocabulary

@testable import Web

/// Every kind of paper that the law asks for, from the case that makes it lawful to the page and the file at the door.
@Suite struct EveryPaperTests {
    private static let two = [StaffID(Subject(high: 2, low: 7)), StaffID(Subject(high: 2, low: 8))]

    /// A day of work that many working days from now.
    private static func day(_ count: Int, _ hall: Hall) -> CivilDate {
        hall.rules(for: .fuzhou).clock.due(WorkingDays(count), after: hall.time.now()).day
    }

    /// A case in which everything happens that can before a decision, and which is refused.
    private static func examined(_ maker: CaseMaker, _ hall: Hall, _ clock: DoorClock) async throws -> DossierID {
        let id = try await maker.dossier(.inReview)
        func perform(_ command: DossierCommand, as number: UInt64 = 2) async throws {
            try await maker.perform(command, on: id, as: number)
        }
        try await perform(.special(.begin(.inspection, days: 3, note: "核查台账")))
        let finding = SpecialRecord.Finding(isFavourable: true, staff: two, standard: nil)
        try await perform(.special(.end(.inspection, finding, note: "属实")))
        try await perform(.party(.inform(name: "相邻业主林二", matter: "影响通行")))
        try await perform(.party(.hear(party: 0, statement: "无意见")))
        try await perform(.extend(.approve(value: 5, by: .head, note: "情况复杂")), as: 6)
        try await perform(.hearing(.tell(note: "涉及重大利益")))
        try await perform(.hearing(.request), as: 1)
        let held = day(8, hall)
        let plan = Hearing.Plan(day: held, minute: 570, place: "第一听证室", chair: two[0])
        try await perform(.hearing(.schedule(plan)))
        clock.move(seconds: Int64(held.daysSinceEpoch - hall.time.now().day.daysSinceEpoch) * 86_400)
        try await perform(.hearing(.record(note: "双方陈述完毕")), as: 7)
        try await perform(.passReview(.refuse, opinion: "不符合"))
        try await perform(.refuse(grounds: "工作和休息安排方案不符合规定", standard: ""), as: 3)
        return id
    }

    /// A licence that was granted and then ended.
    private static func ended(_ maker: CaseMaker, _ end: LicenceEnd) async throws -> DossierID {
        let command = LicenceCommand.end(end, sparesPublicInterest: true, note: "依法处理")
        return try await maker.dossier(.issued, after: [(3, .licence(command))])
    }

    /// A case that was filed with a commitment and granted, and whose verification is announced.
    private static func committed(_ maker: CaseMaker, _ hall: Hall, _ lin: DoorVisitor) async throws -> DossierID {
        let path = Paths.draft(try await maker.draft(isOffered: true), "")
        _ = try await lin.send(path + "commitment", on: path + "commitment", [("commitment", "signed")])
        let sent = try await lin.answer(path + "check", on: path + "check", [("truth", "yes"), ("double", "yes")])
        let location = try #require(sent.headers[.location])
        let id = try #require(DossierID(String(location.dropFirst("/dossiers/".count).prefix { $0 != "?" })))
        try await maker.perform(.accept, on: id, as: 1)
        try await maker.perform(try await hall.grant(id, grounds: "已作出承诺"), on: id, as: 3)
        let visit = Verification.Visit(day: day(3, hall), minute: 570, place: "经营场所", staff: two)
        try await maker.perform(.commitment(.announce(visit)), on: id, as: 2)
        return id
    }

    @Test func `each of them is produced at a door, says what it must, and opens as a file with its fonts`()
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let (maker, hall) = (try await CaseMaker(try await Cast(house)), house.hall)
                let lin = try await DoorVisitor(client, "lin", staff: false)
                var cases = [try await Self.committed(maker, hall, lin)]
                cases.append(try await Self.examined(maker, hall, house.clock))
                cases.append(try await Self.ended(maker, .revoked(.fraud)))
                cases.append(try await Self.ended(maker, .recalled(.lawChanged)))
                cases.append(try await Self.ended(maker, .cancelled(.dissolved)))
                cases.append(try await maker.dossier(.correctionRequested))
                cases.append(try await maker.dossier(.ended))
                let lagging = DossierCommand.tolerance(
                    .accept(lagging: ["staffOpinion"], days: 1, undertaking: .paper))
                cases.append(
                    try await maker.dossier(.received, lacking: "staffOpinion", after: [(1, lagging)]))
                cases.append(try await maker.dossier(.inReview, after: [(1, .withdraw(note: "不再需要"))]))
                cases.append(try await maker.dossier(.inReview, after: [(1, .terminate(note: "申请人已注销"))]))
                // Her first look serves what is served electronically, and its proof is a paper. Days have passed: she
                // signs in anew.
                let later = try await DoorVisitor(client, "lin", staff: false)
                for id in cases {
                    for line in try await hall.papers(of: id) {
                        _ = try await later.get("\(Paths.dossier(id))/papers/\(line.id)")
                    }
                }
                var seen: Set<String> = []
                let cookie = try await client.signIn("review-hrss", staff: true)
                for id in cases {
                    for line in try await hall.papers(of: id) where seen.insert(line.kind.id).inserted {
                        try await Self.examine(line, of: id, hall, client, cookie)
                    }
                }
                #expect(seen == Set(PaperKind.all.map(\.id)))
            }
        }
    }

    private static func examine(
        _ line: PaperLine, of id: DossierID, _ hall: Hall, _ client: any TestClientProtocol, _ cookie: String
    ) async throws {
        let path = "\(Paths.office(id))/papers/\(line.id)"
        let page = try await client.execute(uri: path, method: .get, headers: [.cookie: cookie])
        let text = String(buffer: page.body)
        #expect(page.status == .ok && text.contains(line.number) && text.contains(line.title), "\(line.kind.id)")
        let file = try await client.execute(uri: path + ".pdf", method: .get, headers: [.cookie: cookie])
        #expect(file.status == .ok)
        let printed = try PrintedPaper([UInt8](Data(file.body.readableBytesView)))
        #expect(try printed.fault() == nil)
        for font in try printed.fonts() { #expect(font.contains(" yes yes yes "), "\(line.kind.id): \(font)") }
        let letters = try printed.letters()
        #expect(letters.contains(line.number), "\(line.kind.id)")
        let paper = try await hall.paper(line.id, of: id).paper
        for particular in line.kind.particulars where !particular.id.hasSuffix("English") {
            guard let value = paper.values?[particular.id] else { continue }
            for word in words(of: value) {
                #expect(letters.contains(word), "\(line.kind.id) does not say \(particular.id): \(word)")
            }
        }
    }

    /// What must be found of a value; terms stand in the template. Cells of a table run over lines that a reader of
    /// text finds one beside the other: their first letters are what can be looked for.
    private static func words(of value: PaperValue) -> [String] {
        let texts: [String] =
            switch value {
            case .text(let text): [text]
            case .day(let day): [PaperDay.text(day, isChinese: true)]
            case .list(let lines): lines
            case .table(let rows): rows.joined().map { String($0.prefix(6)) }
            case .drawing: []
            }
        return texts.filter { !$0.hasPrefix("@") }.map { $0.filter { !$0.isWhitespace } }
    }
}
