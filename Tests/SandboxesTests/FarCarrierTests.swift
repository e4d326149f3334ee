import Exchange
import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Sandboxes

/// The far sides of the ways `folder` and `tables`, with a house that is written out by hand here.
@Suite struct FarCarrierTests {
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
    private static let number = "11350100MADEM002X03000114111003202611240001"

    private struct Side {
        let report = FarReport()
        let switches = FarSwitches()
        let ledger: FarLedger
        let department: Department

        init() throws {
            let families = try RecordFamilies.shipped()
            let time = TimeSource { FarCarrierTests.now }
            ledger = FarLedger(families: families, report: report, switches: switches, time: time)
            department = Department(
                ledger: ledger, switches: switches, terms: DepartmentTerms(delaySeconds: 0), families: families,
                time: time)
        }
    }

    private static func acceptance(_ more: [String: String] = [:]) -> PlainRecord {
        let values = [
            "row_guid": "a-1", "project_no": number, "catalog_code": "000114111003",
            "task_code": String(number.prefix(31)), "task_name": "特殊工时审批", "task_version": "1",
            "applyer_name": "福州示例企业一有限公司", "applyer_type": "2", "applyer_page_type": "001",
            "applyer_page_code": "91350100MADEM0054D", "apply_date": "2026-11-24 09:00:00", "apply_type": "1",
            "org_name": "市人社局", "org_code": "11350100MADEM002X0", "accept_date": "2026-11-24 09:00:00",
            "project_type": "2", "cd_operation": "I", "cd_time": "2026-11-24 09:00:00", "cd_batch": "b1",
            "data_source": "350",
        ]
        return PlainRecord(family: "up_pro_accept", number: number, values: values.merging(more) { $1 })
    }

    private static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "far-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        try await body(folder)
    }

    private static func put(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private static func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private static func folder(_ folder: String, _ side: Side, csv: Bool = false) throws -> FarFolder {
        try FarFolder(
            at: folder, ledger: side.ledger, report: side.report, switches: side.switches, writesCSV: csv, now: now)
    }

    @Test
    func `a batch of the folder gets its receipt, the department answers in a file, and takes away what is finished`()
        async throws
    {
        try await Self.inFolder { path in
            let side = try Side()
            let far = try Self.folder(path, side)
            try Self.put(BatchXML("b1", [Self.acceptance()]).text, "\(path)/to/001.xml")
            try Self.put("half", "\(path)/to/.002.xml")
            try await far.round()
            #expect(
                try Self.text("\(path)/to-receipts/001.csv")
                    == "family,key,outcome,code,message\nup_pro_accept,a-1,taken,,\n")
            #expect(try Self.names("\(path)/to-receipts") == ["001.csv", "holdings-2026-11-24.csv"])
            try await side.department.round()
            try await far.round()
            let first = try #require(try Self.names("\(path)/from").first)
            let batch = try BatchXML(reading: Array(try Data(contentsOf: URL(filePath: "\(path)/from/\(first)"))))
            #expect(batch.records.first?.values["process_name"] == "审核")
            let key = try #require(batch.records.first?.values["row_guid"])
            let receipt = BatchCSV.text([
                ["family", "key", "outcome", "code", "message"], ["up_pro_process", key, "taken", "", ""],
            ])
            try Self.put(receipt, "\(path)/from-receipts/\(first.replacing("xml", with: "csv"))")
            try await far.round()
            #expect(try !Self.names("\(path)/from").contains(first))
            let holdings = try Self.text("\(path)/to-receipts/holdings-2026-11-24.csv")
            #expect(holdings.contains("up_pro_process,\(key),\(Self.number),") && holdings.contains(",true\n"))
            #expect(side.report.json["isGood"] == .flag(true))
        }
    }

    @Test func `what cannot be read is refused as a whole, a lost receipt is written later, and half of one is half`()
        async throws
    {
        try await Self.inFolder { path in
            let side = try Side()
            let far = try Self.folder(path, side)
            try Self.put("<batch", "\(path)/to/001.xml")
            try await far.round()
            let refused = try Self.text("\(path)/to-receipts/001.csv")
            #expect(refused.contains("\n,,refused,sandbox.unreadable,"))
            #expect(side.report.failures(.body) == 1)
            #expect(side.switches.turn(.record(["lostReply": .number(2), "partial": .number(2)])) == nil)
            try Self.put(BatchXML("b2", [Self.acceptance()]).text, "\(path)/to/002.xml")
            try await far.round()
            try Self.put(BatchXML("b3", [Self.acceptance()]).text, "\(path)/to/003.xml")
            try await far.round()
            #expect(try Self.names("\(path)/to-receipts").contains("003.csv") == false, "the receipt was lost")
            try await far.round()
            #expect(try Self.text("\(path)/to-receipts/003.csv") == "family,key,outcome,code,message\n")
        }
    }

    @Test func `what is offered errs by its switches and is said rightly, too, in XML and in CSV`() async throws {
        for csv in [false, true] {
            try await Self.inFolder { path in
                let side = try Side()
                let far = try Self.folder(path, side, csv: csv)
                #expect(
                    side.switches.turn(
                        .record([
                            "invalidBody": .number(1), "hugeBytes": .number(2), "hugeMegabytes": .number(1),
                            "replay": .number(2), "drift": .number(2), "wrongFile": .number(2),
                        ])) == nil)
                try Self.put(BatchXML("b1", [Self.acceptance()]).text, "\(path)/to/001.xml")
                let digest = try #require(await side.ledger.lay(Array("bytes".utf8)))
                try await far.round()
                try await side.department.round()
                try await side.department.round()
                try await far.round()
                #expect(try Self.text("\(path)/files/\(digest)") == "bytes")
                let files = try Self.names("\(path)/from")
                let sizes = try files.map { name in
                    let folder = FileManager.default
                    return try folder.attributesOfItem(atPath: "\(path)/from/\(name)")[.size] as? Int ?? 0
                }
                #expect(sizes.contains(1 << 20))
                let texts = try zip(files, sizes).filter { $0.1 < 1 << 20 }.map {
                    try Self.text("\(path)/from/\($0.0)")
                }
                #expect(texts.contains { $0.contains("sandbox_column") })
                #expect(Set(texts).count < texts.count, "an old one was said again")
                let readable = texts.filter { text in
                    do {
                        _ =
                            csv
                            ? try BatchCSV.lines(Array(text.utf8)).count
                            : try BatchXML(reading: Array(text.utf8)).records.count
                        return true
                    } catch { return false }
                }
                #expect(readable.count < texts.count && readable.contains { $0.contains("result_type") })
            }
        }
    }

    /// The tables of the front-end database, by the words of docs/links.md.
    private static func tables() async throws -> PostgresStore {
        let store = try await PostgresStore(address: try await TestServer.shared.emptyDatabase(), connections: 2)
        var statements: [String] = []
        for (schema, key) in [("to_partner", "row_guid"), ("from_partner", "ow_mark")] {
            statements += ["CREATE SCHEMA \(schema)", "CREATE SEQUENCE \(schema).mark"]
            statements.append("CREATE TABLE \(schema).file (digest CHAR(64) PRIMARY KEY, bytes BYTEA NOT NULL)")
            for name in ["up_pro_accept", "up_pro_process", "up_pro_result", "ow_file"] {
                let columns = try RecordFamilies.shipped().family(name).fields.map { field in
                    switch field.kind {
                    case .text(let max): "\(field.name) VARCHAR(\(max))"
                    case .whole: "\(field.name) INTEGER"
                    case .moment: "\(field.name) TIMESTAMP"
                    }
                }
                statements.append(
                    """
                    CREATE TABLE \(schema).\(name) (\(columns.joined(separator: ", ")), ow_mark BIGINT NOT NULL
                    DEFAULT nextval('\(schema).mark'), ow_number VARCHAR(50), ow_state VARCHAR(10), ow_code VARCHAR(60),
                    ow_message VARCHAR(200), ow_at TIMESTAMPTZ, PRIMARY KEY (\(key)))
                    """)
            }
        }
        let all = statements
        try await store.write { tx in
            for statement in all { try tx.execute(SQL(stringLiteral: statement)) }
        }
        return store
    }

    private static func lay(_ record: PlainRecord, in store: PostgresStore) async throws {
        let json = record.json(in: try RecordFamilies.shipped())
        let text = String(decoding: CanonicalJSON.bytes(writing: json["values"] ?? .null), as: UTF8.self)
        let columns = record.values.keys.sorted().joined(separator: ", ")
        try await store.write { tx in
            try tx.execute(
                SQL(
                    stringLiteral: """
                        INSERT INTO to_partner.\(record.family) (\(columns), ow_number, ow_state) SELECT \(columns),
                        '\(record.number)', 'new' FROM json_populate_record(NULL::to_partner.\(record.family), '\(text)')
                        """))
        }
    }

    private static func states(_ table: StaticString, _ store: PostgresStore) async throws -> [String] {
        try await store.read { tx in
            try tx.rows("SELECT ow_state::text FROM \(raw: table) ORDER BY ow_mark LIMIT 100").map { try $0.text(0) }
        }
    }

    @Test func `rows of the house get their state, and the department's rows theirs`() async throws {
        let (side, store) = (try Side(), try await Self.tables())
        let far = FarTables(store, ledger: side.ledger, report: side.report, switches: side.switches)
        try await Self.lay(Self.acceptance(), in: store)
        let digest = FarLedger.digest(Array("bytes".utf8))
        let file = PlainRecord(
            family: "ow_file", number: Self.number,
            values: [
                "row_guid": "f-1", "project_no": Self.number, "material_guid": "m", "file_name": "a.pdf",
                "file_digest": digest, "cd_operation": "I", "cd_time": "2026-11-24 09:00:00", "cd_batch": "b1",
                "data_source": "350",
            ])
        try await store.write { tx in
            try tx.execute("INSERT INTO to_partner.file VALUES (\(digest), \(Array("bytes".utf8)))")
        }
        try await Self.lay(file, in: store)
        try await far.round()
        #expect(try await Self.states("to_partner.up_pro_accept", store) == ["taken"])
        #expect(try await Self.states("to_partner.ow_file", store) == ["taken"])
        try await side.department.round()
        try await side.department.round()
        try await far.round()
        #expect(try await Self.states("from_partner.up_pro_process", store) == ["new"])
        let said = try await store.read { tx in
            try tx.row(
                "SELECT result_type::text, ow_number::text, project_no::text FROM from_partner.up_pro_result LIMIT 1")
        }
        #expect(try said?.text(0) == "0" && said?.text(1) == Self.number && said?.text(2) == Self.number)
        try await store.write { tx in
            try tx.execute("UPDATE from_partner.up_pro_process SET ow_state = 'taken'")
            try tx.execute("UPDATE from_partner.up_pro_result SET ow_state = 'refused', ow_code = 'link.too-early'")
        }
        try await far.round()
        let codes = await side.ledger.offerList.list?.map { [$0["outcome"], $0["code"]] }
        #expect(codes == [[.text("taken"), .text("")], [.text("refused"), .text("link.too-early")]])
        #expect(side.report.json["isGood"] == .flag(true))
        await store.close()
    }

    @Test func `the switches of tables: nothing is said, half is said, and a column has another name for a while`()
        async throws
    {
        let (side, store) = (try Side(), try await Self.tables())
        let far = FarTables(store, ledger: side.ledger, report: side.report, switches: side.switches)
        try await Self.lay(Self.acceptance(), in: store)
        #expect(side.switches.turn(.record(["down": .flag(true)])) == nil)
        try await far.round()
        #expect(try await Self.states("to_partner.up_pro_accept", store) == ["new"])
        #expect(side.switches.turn(.record(["down": .flag(false), "lostReply": .number(2)])) == nil)
        try await far.round()
        #expect(try await Self.states("to_partner.up_pro_accept", store) == ["taken"])
        try await store.write { tx in try tx.execute("UPDATE to_partner.up_pro_accept SET ow_state = 'new'") }
        try await far.round()
        #expect(try await Self.states("to_partner.up_pro_accept", store) == ["new"], "it was read, and nothing said")
        try await far.round()
        #expect(try await Self.states("to_partner.up_pro_accept", store) == ["known"])
        #expect(side.switches.turn(.record(["lostReply": .number(0), "drift": .number(1)])) == nil)
        try await side.department.round()
        #expect(side.switches.turn(.record(["drift": .number(0)])) == nil)
        func hasColumn() async throws -> Bool {
            try await store.read { tx in
                try tx.row(
                    """
                    SELECT 1 FROM information_schema.columns WHERE table_schema = 'from_partner'
                    AND table_name = 'up_pro_process' AND column_name = 'handle_explain' LIMIT 1
                    """) != nil
            }
        }
        try await far.round()
        #expect(try await !hasColumn())
        try await far.round()
        #expect(try await hasColumn())
        #expect(try await Self.states("from_partner.up_pro_process", store) == ["new"])
        await store.close()
    }
}
