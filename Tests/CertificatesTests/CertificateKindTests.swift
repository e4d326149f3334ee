import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct CertificateKindTests {
    /// A row of a file with other members in the place of some.
    private static func row(_ others: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let row: [String: JSONValue] = [
            "code": .text("11350100MADEM002X0001"), "name": .text("示例许可证"), "nameEnglish": .text("Sample licence"),
            "definingBody": .record([
                "code": .text("11350100MADEM002X0"), "name": .text("市人社局（示例）"), "nameEnglish": .text("Bureau"),
            ]),
            "holderKind": .text("organisation"), "validityMonths": .number(36),
            "faceFields": .list([field("name"), field("until", ["type": .text("date")])]),
        ]
        return row.merging(others) { $1 }
    }

    private static func field(_ id: String, _ others: [String: JSONValue] = [:]) -> JSONValue {
        .record(["id": .text(id), "label": .text("名称"), "labelEnglish": .text("Name")].merging(others) { $1 })
    }

    private static func read(_ rows: [String: JSONValue]...) throws -> KindFile {
        try KindFile(CanonicalJSON.bytes(of: JSONValue.list(rows.map(JSONValue.record))))
    }

    /// What stands against a row with these members.
    private static func refused(_ others: [String: JSONValue]) throws -> KindFile.Refused? {
        let file = try read(row(others), row(["code": .text("11350100MADEM002X0009")]))
        #expect(file.kinds.map(\.code) == ["11350100MADEM002X0009"], "the other row is taken")
        return file.refused.first
    }

    @Test func `rows are refused one by one, each with its code and place`() throws {
        func refusal(_ others: [String: JSONValue]) throws -> CertificateTypeRefusal? {
            try Self.refused(others)?.refusal
        }
        let holderless = try refusal(["holderKind": .null])
        #expect(holderless?.code == "certificate-type.row-malformed")
        let short = try refusal(["code": .text("11350100MADEM002X001")])
        #expect(short?.code == "certificate-type.code-malformed")
        let foreign = try refusal(["code": .text("11100000000013338W001")])
        #expect(foreign?.code == "certificate-type.body-mismatch")
        let nameless = try refusal(["nameEnglish": .text("")])
        #expect(nameless?.code == "certificate-type.name-missing")
        let poster = try refusal(["template": .text("poster")])
        #expect(poster?.code == "certificate-type.value-unknown")
        let twoRules = try refusal(["validUntil": .text("2027-01-01")])
        #expect(twoRules?.code == "certificate-type.validity-unclear")
        let faceless = try refusal(["faceFields": .list([])])
        #expect(faceless?.code == "certificate-type.face-malformed")
        let twice = try refusal(["faceFields": .list([Self.field("name"), Self.field("name")])])
        #expect(twice?.code == "certificate-type.field-twice")
        let choice = JSONValue.list([Self.field("grade", ["type": .text("choice")])])
        let choiceless = try Self.refused(["faceFields": choice])
        #expect(choiceless?.refusal.code == "certificate-type.choices-mismatch")
        #expect(choiceless?.place == "faceFields.grade")
        let same = try Self.read(Self.row(), Self.row())
        #expect(same.refused.first?.refusal.code == "certificate-type.code-twice" && same.refused.first?.row == 2)
        #expect(same.kinds.count == 1)
        #expect(throws: CertificateTypeRefusal.fileMalformed) { try KindFile(Array("<xml/>".utf8)) }
        #expect(throws: CertificateTypeRefusal.fileMalformed) { try KindFile(Array("{\"types\":[]}".utf8)) }
    }

    @Test func `what is wrong in a smaller way is refused too`() throws {
        let refused: [([String: JSONValue], CertificateTypeRefusal)] = [
            (["annualCheck": .text("yes")], .rowMalformed), (["definingBody": .null], .rowMalformed),
            (["holderKind": .text("robot")], .valueUnknown), (["sharing": .text("all")], .valueUnknown),
            (["validityMonths": .number(0)], .validityUnclear),
            (["validityMonths": .null, "validUntil": .text("soon")], .validityUnclear),
            (["validityMonths": .null, "validUntilField": .text("name")], .validityUnclear),
            (["faceFields": .list([Self.field("Name")])], .faceMalformed),
            (["faceFields": .list([Self.field("a b")])], .faceMalformed),
            (["faceFields": .list([Self.field("a", ["type": .text("picture")])])], .valueUnknown),
            (["faceFields": .list([Self.field("a", ["choices": .list([.text("x")])])])], .choicesMismatch),
            (["name": .text(String(repeating: "长", count: 257))], .nameMissing),
        ]
        for (others, refusal) in refused { #expect(try Self.refused(others)?.refusal == refusal, "\(others)") }
    }

    @Test func `a row of before reads as it always did: texts, months, and the usual handling`() throws {
        let old = """
            {"code":"11350100MADEM002X0001","faceFields":[{"id":"a","label":"甲","labelEnglish":"A"}],\
            "holderKind":"person","name":"旧","nameEnglish":"Old","validityMonths":12}
            """
        let kind: CertificateKind = try CanonicalJSON.value(in: Array(old.utf8))
        #expect(kind.validity == .months(12) && kind.faceFields.map(\.type) == [.text])
        #expect(kind.handling == CertificateKind.Handling() && kind.definingBody == nil)
        let again: CertificateKind = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: kind))
        #expect(again == kind)
    }

    @Test func `each validity says its last day`() throws {
        let first = CivilDate(daysSinceEpoch: 20_000)
        let day = try #require(CivilDate("2027-03-15"))
        #expect(try CertificateValidity.longTerm.lastDay(from: first, face: [:]) == nil)
        let year = try CertificateValidity.months(12).lastDay(from: first, face: [:])
        #expect(year == first.advanced(byMonths: 12).advanced(byDays: -1))
        #expect(try CertificateValidity.until(day).lastDay(from: first, face: [:]) == day)
        let field = CertificateValidity.field("until")
        #expect(try field.lastDay(from: first, face: ["until": "2027-03-15"]) == day)
        #expect(try field.lastDay(from: first, face: ["until": "长期"]) == nil)
        #expect(throws: CertificateRefusal.validityUnreadable) { try field.lastDay(from: first, face: [:]) }
        #expect(throws: CertificateRefusal.validityUnreadable) {
            try field.lastDay(from: first, face: ["until": "明年"])
        }
    }

    @Test func `a field takes what its type takes`() {
        let cases: [(FaceField.Kind, [String], [String])] = [
            (.text, ["一行", ""], ["两\n行", String(repeating: "长", count: 501)]), (.lines, ["两\n行"], []),
            (.date, ["2026-11-24", "长期"], ["2026-02-30", "明天", ""]),
            (.number, ["0", "12.5", "0.000001"], ["1,000", "-1", "1.", ".5", "1.2.3", "一"]),
            (.money, ["100", "99.95"], ["1.005", "-3", "3元"]), (.code, ["示例0001", "A-1"], ["", "A 1"]),
            (.choice, ["一级"], ["", "三级"]),
        ]
        for (kind, good, bad) in cases {
            let field = FaceField(
                id: "f", label: "字段", labelEnglish: "Field", type: kind, choices: kind == .choice ? ["一级", "二级"] : [])
            for text in good { #expect(field.accepts(text), "\(kind) \(text)") }
            for text in bad { #expect(!field.accepts(text), "\(kind) \(text)") }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `types are kept, found by a part of their name, and paged by code`(_ place: StoreUnderTest) async throws {
        let rows = (1...5).map { number in
            Self.row(["code": .text("11350100MADEM002X000\(number)"), "name": .text("第\(number)种_许可证%")])
        }
        let kinds = try KindFile(CanonicalJSON.bytes(of: JSONValue.list(rows.map(JSONValue.record)))).kinds
        try await place.use(CertificateTable.migrations) { store in
            let changed = CertificateKind(
                code: kinds[4].code, names: ("另一名称", "Another"), holderKind: .person, validity: .longTerm,
                faceFields: [])
            let subject = Sample.subject(1)
            try await store.write { tx throws in
                #expect(try CertificateKindTable.take([changed], as: subject, stamp: Sheaf.stamp(), in: tx) == 1)
                let second = Sample.subject(2)
                #expect(try CertificateKindTable.take(kinds, as: second, stamp: Sheaf.stamp(), in: tx) == 5)
                let again = Sample.subject(3)
                #expect(try CertificateKindTable.take(kinds, as: again, stamp: Sheaf.stamp(), in: tx) == 0)
                #expect(try Journal.entries(of: second, in: tx).count == 5)
                let entry = try #require(try Journal.entries(of: subject, in: tx).first)
                let digest = BlobRef(of: try CanonicalJSON.bytes(of: changed)).digest
                #expect(entry.kind == "certificate-type.taken" && entry.version == 1)
                let body = "{\"code\":\"\(changed.code)\",\"digest\":\"\(digest)\"}"
                #expect(String(decoding: entry.body, as: UTF8.self) == body)
            }
            try await store.read { tx throws in
                let first = try CertificateKindTable.kinds(limit: 2, in: tx)
                let rest = try CertificateKindTable.kinds(after: first[1].code, in: tx)
                #expect(first + rest == kinds)
                #expect(try CertificateKindTable.kinds(named: "3种_", in: tx) == [kinds[2]])
                #expect(try CertificateKindTable.kinds(named: "3种x", in: tx) == [])
                #expect(try CertificateKindTable.kinds(named: "证%", in: tx) == kinds)
                #expect(try CertificateKindTable.kinds(named: "", in: tx) == [])
                #expect(kinds[0].misfits(in: ["until": "soon", "name": "甲"]).map(\.id) == ["until"])
            }
        }
    }
}
