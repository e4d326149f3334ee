import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Exchange
@testable import Sandboxes

/// The house's half of a conformance report against far sides that keep to the protocol, and that do not: each fault is
/// named by the point that it breaks, and by no other.
@Suite struct LinkInspectionTests {
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    private static let key = Array("a secret for tests only!".utf8)
    private static let other = "11350100MADEM002X03000114111003202611240001"

    /// A department behind a link.
    private struct Side: Sendable {
        let report = FarReport()
        let switches = FarSwitches()
        let families: RecordFamilies
        let ledger: FarLedger
        let department: Department

        init() throws {
            families = try RecordFamilies.shipped()
            let time = TimeSource { LinkInspectionTests.now }
            ledger = FarLedger(families: families, report: report, switches: switches, time: time)
            department = Department(
                ledger: ledger, switches: switches, terms: DepartmentTerms(delaySeconds: 0), families: families,
                time: time)
        }

        func turn(_ faults: [String: Int]) {
            for (name, count) in faults {
                let value: JSONValue = name == "down" ? .flag(count > 0) : .number(count)
                #expect(switches.turn(.record([name: value])) == nil)
            }
        }

        /// What was found, over a carrier, while the department works.
        func report(
            over carrier: any CheckedCarrier, patience: Duration = .seconds(5),
            beside round: @escaping @Sendable () async throws -> Void = {}
        ) async throws -> LinkCheckReport {
            let dossier = try #require(CheckCase(at: LinkInspectionTests.now, run: "test", families: families))
            let work = Task {
                while !Task.isCancelled {
                    try await department.round()
                    try await round()
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            defer { work.cancel() }
            let findings = try await LinkInspection.findings(of: carrier, dossier, patience: patience)
            return LinkCheckReport(
                findings, way: carrier.way, at: "here", number: dossier.number, time: LinkInspectionTests.now)
        }
    }

    private static func failing(_ report: LinkCheckReport) -> [String] { codes(report, .fail) }

    private static func codes(_ report: LinkCheckReport, _ standing: LinkCheckReport.Standing) -> [String] {
        report.lines.filter { $0.standing == standing }.map(\.check.code)
    }

    // The way `web`.

    private static func web(
        _ side: Side, _ router: Router<FarContext>, patience: Duration = .seconds(5)
    ) async throws -> LinkCheckReport {
        let (time, names) = (TimeSource { now }, Serial())
        return try await Application(router: router).test(.live) { client in
            let postman = Postman(time: time)
            let address = try ReceiverAddress("http://127.0.0.1:\(client.port ?? 0)/", mayBeHere: true)
            let name: @Sendable () -> String = { "n\(names.next())" }
            var carrier = WebCarrier(
                to: address, by: postman, families: side.families, world: (time, name)
            ) { [key] }
            carrier.isPatient = false
            let report = try await side.report(over: carrier, patience: patience)
            await postman.close()
            return report
        }
    }

    private static func counter(
        _ side: Side, _ faults: [String: Int] = [:], patience: Duration = .seconds(5)
    ) async throws -> LinkCheckReport {
        side.turn(faults)
        let counter = try #require(
            FarCounter(
                ledger: side.ledger, report: side.report, switches: side.switches,
                secret: WebhookSignature.text(of: key), time: TimeSource { now }))
        let router = Router(context: FarContext.self)
        counter.serve(router)
        return try await web(side, router, patience: patience)
    }

    @Test func `of the way web every point is seen and passes where the other side keeps to the protocol`() async throws
    {
        let side = try Side()
        let report = try await Self.counter(side)
        #expect(Self.codes(report, .pass) == LinkCheck.all.map(\.code), "\(report.text)")
        let again = try await Self.counter(side, patience: .milliseconds(200))
        #expect(Self.failing(again).first == "taken", "what one run sent is there for another of the same name")
        #expect(side.report.failures(.order) == 0 && side.report.failures(.receipt) == 0)
    }

    @Test(arguments: [
        ("wrongSignature", "signature"), ("replay", "signature"), ("clockOff", "clock"), ("errorInside", "understood"),
        ("invalidBody", "body"), ("hugeBytes", "body"), ("lostReply", "answer"), ("down", "answer"),
        ("neverAnswers", "answer"), ("partial", "verdicts"), ("refuse", "taken"), ("wrongFile", "fileFetched"),
        ("drift", "rows"),
    ])
    func `a fault of the way web is named by its point`(_ fault: String, _ check: String) async throws {
        let side = try Side()
        if fault == "hugeBytes" { side.turn(["hugeMegabytes": 20]) }
        let report = try await Self.counter(side, [fault: 1], patience: .seconds(1))
        // An old answer to the same batch is signed for it: nobody can tell it from one that forgot.
        let others = fault == "replay" ? ["ping", "known"] : ["ping"]
        let failing = Self.failing(report).filter { !others.contains($0) }
        #expect(failing == [check], "\(report.text)")
        #expect(Self.failing(report).contains("ping") == (Self.codes(report, .pass).contains("ping") == false))
    }

    @Test func `a result under somebody else's number is seen, and what a house must bear is no fault`() async throws {
        let side = try Side()
        let families = side.families
        let elsewhere = try #require(
            CheckCase(at: Self.now, run: "other", number: Self.other, families: families))
        _ = await side.ledger.take(try elsewhere.acceptance.json)
        #expect(Self.failing(try await Self.counter(side, ["anotherNumber": 1])) == ["rows"])
        for fault in ["duplicate", "reorder", "slowSeconds"] {
            let report = try await Self.counter(try Side(), [fault: fault == "slowSeconds" ? 0 : 1])
            #expect(report.isGood, "\(fault): \(report.text)")
        }
    }

    /// A far side that looks at no signature, time or id, and whose answers are changed on their way.
    private static func trusting(
        _ side: Side, patience: Duration = .seconds(1),
        _ change: @escaping @Sendable (FarAddress, JSONValue) -> JSONValue = { $1 }
    ) async throws -> LinkCheckReport {
        let (answers, seal) = (
            FarAnswers(ledger: side.ledger, report: side.report, switches: side.switches),
            try #require(FarSeal(secret: WebhookSignature.text(of: key)))
        )
        let router = Router(context: FarContext.self)
        for address in FarAddress.allCases {
            router.post(RouterPath(address.path)) { request, _ in
                let id = HTTPField.Name("webhook-id").flatMap { request.headers[$0] } ?? ""
                let body = Array(try await request.body.collect(upTo: 1 << 20).readableBytesView)
                let answer = await answers.answer(body, address)
                var bytes = answer.bytes
                if answer.isJSON, answer.status == 200 {
                    bytes = CanonicalJSON.bytes(writing: change(address, try CanonicalJSON.value(in: bytes)))
                }
                let headers = seal.headers(id: id, at: now.milliseconds / 1000, CollectionOfOne(bytes))
                let status = HTTPResponse.Status(code: answer.status)
                return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            }
        }
        return try await web(side, router, patience: patience)
    }

    private static let unguarded = ["unsigned", "old", "otherAddress"]

    @Test func `who takes whatever is said is found out`() async throws {
        let report = try await Self.trusting(try Side(), patience: .seconds(5))
        #expect(Self.failing(report) == Self.unguarded, "\(report.text)")
        #expect(Self.codes(report, .unseen).isEmpty)
    }

    /// The answer of one address with one list changed.
    private static func changing(
        _ address: FarAddress, _ list: String, _ change: @escaping @Sendable ([JSONValue]) -> [JSONValue]
    ) -> @Sendable (FarAddress, JSONValue) -> JSONValue {
        { asked, json in
            guard asked == address, case .record(var members) = json, let lines = members[list]?.list else {
                return json
            }
            members[list] = .list(change(lines))
            return .record(members)
        }
    }

    private static func setting(_ line: JSONValue, _ name: String, _ value: JSONValue) -> JSONValue {
        guard case .record(var members) = line else { return line }
        members[name] = value
        return .record(members)
    }

    @Test func `answers that are wrong in themselves are named, each by its point`() async throws {
        let calls = Serial()
        let cases: [(String, @Sendable (FarAddress, JSONValue) -> JSONValue)] = [
            (
                "known",
                Self.changing(.records, "verdicts") { lines in
                    lines.map { $0["outcome"] == .text("known") ? Self.setting($0, "outcome", .text("taken")) : $0 }
                }
            ),
            (
                "unfit",
                Self.changing(.records, "verdicts") { lines in
                    lines.map { $0["outcome"] == .text("refused") ? Self.setting($0, "code", .text("")) : $0 }
                }
            ),
            (
                "fileThere", { $0 == .fileChecks ? Self.setting($1, "isThere", .flag(false)) : $1 }
            ),
            (
                "holdings",
                Self.changing(.holdings, "lines") { $0.map { Self.setting($0, "digest", .text("0")) } }
            ),
            ("order", Self.changing(.holdings, "lines") { $0.reversed() }),
            (
                "marks",
                Self.changing(.pulls, "rows") { lines in
                    let call = calls.next()
                    return lines.map { Self.setting($0, "mark", .text("\(call)")) }
                }
            ),
        ]
        for (check, change) in cases {
            let failing = Self.failing(try await Self.trusting(try Side(), change))
            #expect(failing.contains(check), "\(check): \(failing)")
            // What is out of order is out of order in each page.
            #expect(failing.filter { !Self.unguarded.contains($0) && $0 != check }.allSatisfy { $0 == "paging" })
        }
        let fooled = Self.failing(
            try await Self.trusting(try Side()) { $0 == .fileChecks ? Self.setting($1, "isThere", .flag(true)) : $1 })
        #expect(fooled.contains("fileDigest"), "who has every file has none")
    }

    // Folders and tables.

    private static func folder(_ faults: [String: Int] = [:], patience: Duration = .seconds(5)) async throws
        -> LinkCheckReport
    {
        let side = try Side()
        side.turn(faults)
        let root = try TestFolder.fresh()
        let far = try FarFolder(
            at: root, ledger: side.ledger, report: side.report, switches: side.switches, writesCSV: false, now: now)
        let carrier = try FolderCarrier(at: root, families: side.families, time: TimeSource { now })
        let report = try await side.report(over: carrier, patience: patience) { try await far.round() }
        await carrier.close()
        return report
    }

    @Test func `of the way folder every point is seen and passes, and what is sent is taken away again`() async throws {
        let report = try await Self.folder()
        #expect(
            Self.codes(report, .pass) == LinkCheck.all.filter { $0.ways.contains(.folder) }.map(\.code),
            "\(report.text)")
    }

    @Test(arguments: [
        ("lostReply", ["answer"]), ("down", ["answer"]), ("partial", ["verdicts"]), ("refuse", ["taken"]),
        ("errorInside", ["taken"]), ("wrongFile", ["fileFetched"]), ("drift", ["rows"]), ("invalidBody", ["rows"]),
        ("hugeBytes", ["rows"]), ("duplicate", []), ("replay", []), ("reorder", []),
    ])
    func `a fault of the way folder is named by its point`(_ fault: String, _ checks: [String]) async throws {
        let report = try await Self.folder(
            [fault: 1, "hugeMegabytes": 9], patience: fault == "hugeBytes" ? .seconds(30) : .seconds(4))
        #expect(Set(checks).isSubset(of: Self.failing(report)), "\(report.text)")
        // Whose batches are never read has none of what follows from one.
        let others = Set(Self.failing(report)).subtracting(checks)
        #expect(others.isSubset(of: fault == "errorInside" ? ["next", "noBatch"] : []), "\(report.text)")
    }

    private static func tables(
        _ faults: [String: Int] = [:], patience: Duration = .seconds(5), after more: SQL? = nil
    ) async throws -> LinkCheckReport {
        let side = try Side()
        side.turn(faults)
        let address = try await TestServer.shared.emptyDatabase()
        let store = try await PostgresStore(address: address, connections: 2)
        let statements = try FrontEndTables.statements(side.families)
        try await store.write { tx in
            for statement in statements { try tx.execute(SQL(stringLiteral: statement)) }
            if let more { try tx.execute(more) }
        }
        let far = FarTables(store, ledger: side.ledger, report: side.report, switches: side.switches)
        let carrier = try TablesCarrier(at: address, families: side.families)
        let report = try await side.report(over: carrier, patience: patience) { try await far.round() }
        await carrier.close()
        await store.close()
        return report
    }

    @Test func `of the way tables every point is seen and passes`() async throws {
        let report = try await Self.tables()
        let wanted = LinkCheck.all.filter { $0.ways.contains(.tables) && $0 != .fileFetched }.map(\.code)
        #expect(Self.failing(report).isEmpty && Set(wanted).isSubset(of: Self.codes(report, .pass)), "\(report.text)")
    }

    @Test(arguments: [
        ("lostReply", "answer"), ("down", "answer"), ("refuse", "taken"), ("wrongFile", "fileFetched"),
    ])
    func `a fault of the way tables is named by its point`(_ fault: String, _ check: String) async throws {
        let report = try await Self.tables([fault: 1], patience: .seconds(5))
        #expect(Self.failing(report) == [check], "\(report.text)")
    }

    @Test func `a column that has another name is named`() async throws {
        let report = try await Self.tables(
            patience: .seconds(20), after: "ALTER TABLE from_partner.up_pro_accept RENAME COLUMN legal TO legal_person")
        let body = report.lines.first { $0.check == .body }
        #expect(Self.failing(report) == ["body"] && body?.found.contains("legal") == true, "\(report.text)")
    }

    @Test func `a page behind every page takes nothing away from the house`() async throws {
        let side = try Side()
        let address = try await TestServer.shared.emptyDatabase()
        let store = try await PostgresStore(address: address, connections: 2)
        let statements = try FrontEndTables.statements(side.families)
        try await store.write { tx in
            for statement in statements { try tx.execute(SQL(stringLiteral: statement)) }
            try tx.execute("INSERT INTO from_partner.up_pro_process (row_guid, ow_number) VALUES ('p-1', 'n')")
        }
        let carrier = try TablesCarrier(at: address, families: side.families)
        for _ in 0..<2 { #expect(try await carrier.pull(after: carrier.harmlessMark).rows.count == 1) }
        let page = try await carrier.pull(after: "3")
        #expect(page.rows.count == 1 && page.next == "4", "the house has it still")
        await carrier.close()
        await store.close()
    }
}

/// Counts.
private final class Serial: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
