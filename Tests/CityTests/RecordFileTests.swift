import Accounts
import Certificates
import City
import Foundation
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Files of records: what is right is taken, what is wrong is put aside with its line and why.
@Suite struct RecordFileTests {
    private static let columns = [
        "type", "number", "version", "issuer", "issuerName", "holderName", "holderNumber", "validFrom", "validUntil",
        "state", "face.grade",
    ]

    private static func kind() throws -> CertificateKind {
        CertificateKind(
            code: "11350100MADEM002X0001", names: ("示例许可证", "Example licence"), holderKind: .either,
            validity: .longTerm,
            faceFields: [FaceField(id: "grade", label: "等级", labelEnglish: "Grade", type: .choice, choices: ["一级"])])
    }

    private static let right = [
        "type": "11350100MADEM002X0001", "number": "A1", "issuer": "11350100MADEM002X0", "issuerName": "示例局",
        "holderName": "林晓榕", "holderNumber": "350102188501010019", "validFrom": "2024-05-01",
        "validUntil": "2099-04-30", "face.grade": "一级",
    ]

    /// Each is right but for one field.
    private static let wrong: [(field: String, value: String, refusal: CertificateImportRefusal)] = [
        ("type", "11350100MADEM002X0002", .unknownType), ("number", "a-1", .wrongIdentifier),
        ("version", "0", .wrongIdentifier), ("issuer", "11350100MADEM002X1", .wrongIssuer),
        ("issuerName", "", .nameMissing), ("holderName", "", .nameMissing),
        ("holderNumber", "350102188501010018", .wrongHolder), ("validFrom", "2024-02-30", .wrongDays),
        ("validUntil", "2023-01-01", .wrongDays), ("state", "revoked", .notIssued), ("face.grade", "三级", .wrongFace),
    ]

    private static func rows() -> [[String: String]] {
        wrong.enumerated().map { index, wrong in
            right.merging([("number", "W\(index)"), (wrong.field, wrong.value)]) { _, new in new }
        } + [right, right.merging(["number": "A2", "holderName": "带\"引号\"，\n两行"]) { _, new in new }, right]
    }

    private static func csv(_ rows: [[String: String]]) -> String {
        let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
        return lines.map { fields in
            fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
        }.joined()
    }

    private static func jsonl(_ rows: [[String: String]]) throws -> String {
        try rows.map { row in
            var members = row.filter { $0.key != "face.grade" }.mapValues(JSONValue.text)
            members["face"] = .record(["grade": .text(row["face.grade"] ?? "")])
            return String(decoding: try CanonicalJSON.bytes(of: JSONValue.record(members)), as: UTF8.self) + "\n"
        }.joined()
    }

    private static func file(_ text: String) throws -> String {
        let path = try TestFolder.fresh() + "/records"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private static func source(_ text: String, _ format: RecordFile.Format) throws -> RecordFile {
        try RecordFile(path: try file(text), format: format, kinds: [try kind()])
    }

    @Test(arguments: StoreUnderTest.all, RecordFile.Format.allCases)
    func `right rows are taken and wrong ones are put aside with their line and code`(
        _ place: StoreUnderTest, _ format: RecordFile.Format
    ) async throws {
        try await LibraryStory.use(place) { story in
            _ = try await story.hall.take([try Self.kind()])
            let aside = AsideRows()
            let text = format == .csv ? Self.csv(Self.rows()) : try Self.jsonl(Self.rows())
            let done = try await story.take(try Self.source(text, format), aside, atOnce: 4)
            #expect(done.taken == 2 && done.refused == Self.wrong.count + 1)
            let first = format == .csv ? 2 : 1
            for (index, wrong) in Self.wrong.enumerated() {
                let row = aside.rows[index]
                #expect(row.line == first + index && row.refusal == wrong.refusal, "\(wrong.field)")
                #expect(row.place == (wrong.field == "version" ? "number" : wrong.field))
            }
            #expect(aside.rows.last?.refusal.code == "certificate-import.already-there")
            let number = PersonNumber.citizen(try #require(CitizenID("350102188501010019")))
            let held = try await story.hall.certificates(of: PersonTable.expectedID(of: number, key: story.key))
            #expect(held.count == 2)
            let (journal, log) = try await story.audit()
            #expect(journal.findings == [] && log.findings == [] && log.lines == 2)
        }
    }

    @Test func `every code of a row names itself`() async throws {
        let reader = RecordReader(kinds: [try Self.kind()])
        func refusal(_ field: String, _ value: String) throws {
            let row = Self.right.merging([field: value]) { _, new in new }
            let fields = Self.columns.map { row[$0] ?? "" }
            guard let read = RecordRow(fields, columns: Self.columns) else { throw CertificateImportRefusal.unreadable }
            if case .failure(let fault) = reader.record(read) { throw fault.refusal }
        }
        #expect(throws: CertificateImportRefusal.unknownType) { try refusal("type", "X") }
        #expect(throws: CertificateImportRefusal.wrongIdentifier) { try refusal("number", "a-1") }
        #expect(throws: CertificateImportRefusal.wrongIssuer) { try refusal("issuer", "X") }
        #expect(throws: CertificateImportRefusal.nameMissing) { try refusal("holderName", "") }
        #expect(throws: CertificateImportRefusal.wrongHolder) { try refusal("holderNumber", "1") }
        #expect(throws: CertificateImportRefusal.wrongDays) { try refusal("validFrom", "x") }
        #expect(throws: CertificateImportRefusal.wrongFace) { try refusal("face.grade", "九级") }
        #expect(throws: CertificateImportRefusal.notIssued) { try refusal("state", "revoked") }
        try refusal("number", "A9")
    }

    @Test func `a row without an end, torn bytes and a row that is too long take no other row with them`() async throws
    {
        let long = String(repeating: "长", count: 120_000)
        let rows = [
            Self.csv([Self.right]), "\"open,\n", "a,b\n",
            Self.csv([Self.right.merging(["number": "L1", "holderName": long]) { _, new in new }])
                .split(separator: "\r\n", maxSplits: 1)[1] + "",
            Self.csv([Self.right.merging(["number": "A2"]) { _, new in new }]).split(separator: "\r\n", maxSplits: 1)[1]
                + "",
        ]
        let source = try Self.source(rows.joined(), .csv)
        var (place, line, taken, refused): (Int, Int, Int, [RefusedRow]) = (0, 1, 0, [])
        while let batch = try await source.batch(from: place, line: line, limit: 100) {
            (place, line) = (batch.place, batch.line)
            taken += batch.items.count
            refused += batch.refused
        }
        #expect(taken == 2)
        #expect(refused.contains(RefusedRow(line: 3, .unreadable)) && refused.count >= 3)
        let lengthy = try #require(refused.first { $0.refusal == .tooLong })
        #expect(lengthy.refusal.code == "certificate-import.too-long")
    }

    @Test func `a file whose first line does not name what is needed is refused whole`() throws {
        #expect(throws: CertificateImportRefusal.unreadable) { try Self.source("type,number\nx,y\n", .csv) }
        #expect(throws: CertificateImportRefusal.unreadable) { try Self.source("", .csv) }
    }

    @Test func `whoever registers afterwards has what was taken in for her`() async throws {
        try await LibraryStory.use(.sqlite) { story in
            _ = try await story.hall.take([try Self.kind()])
            try await story.take(try Self.source(Self.csv([Self.right]), .csv))
            let number = try #require(CitizenID("350102188501010019"))
            let (fresh, expected) = (
                PersonID(story.hall.ids.next()), PersonTable.expectedID(of: .citizen(number), key: story.key)
            )
            let id = try await story.hall.store.read { tx in
                try PersonTable.newID(of: .citizen(number), fresh: fresh, key: story.key, in: tx)
            }
            #expect(id == expected && id != fresh)
            #expect(try await story.hall.certificates(of: id).count == 1)
        }
    }
}
