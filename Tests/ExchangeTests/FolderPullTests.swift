@testable import Exchange
import Foundation
import Testing
import Vocabulary

/// What comes in through a folder, and how it is answered.
@Suite struct FolderPullTests {
    @Test func `batches come in the order of their names, and a bad record spoils no other`() async throws {
        let shared = try await FolderUnderTest()
        let good = try shared.samples.record("up_pro_process", "x-1")
        let text = String(decoding: BatchXML.bytes(of: LinkBatch("b", [good])), as: UTF8.self)
        let bad = """
            <record family="up_pro_process" number="n"><row_guid>x-2</row_guid></record>
            <record family="up_nothing" number="n"><row_guid>x-3</row_guid></record>
            <record family="up_pro_process"><row_guid>x-4</row_guid><row_guid>x-5</row_guid></record>
            <record family="up_pro_process"><row_guid>x-6<b/></row_guid></record>
            <record family="up_pro_process"><row_guid>x-7</row_guid>stray</record>
            <record family="up_pro_process"><row_guid>x-8</row_guid><fee>1</fee></record>
            """
        try shared.put("from/b.xml", text.replacing("</batch>", with: bad + "</batch>"))
        let names = good.record.values.keys.sorted()
        func line(_ texts: [String]) -> String {
            texts.map { "\"" + $0.replacing("\"", with: "\"\"").replacing("\n", with: "\r\n") + "\"" }
                .joined(separator: ",") + "\r\n"
        }
        let fields = names.map { $0 == "row_guid" ? "c-1" : good.record.text(of: $0) ?? "" }
        try shared.put(
            "from/a.up_pro_process.csv",
            "\u{FEFF}" + line(["ow_number"] + names) + line([good.number] + fields) + line(["too", "short"]))
        let page = try await shared.use { try await $0.pull(after: "") }
        #expect(
            page.rows.map(\.mark) == ["a#1", "a#2", "b#1", "b#2", "b#3", "b#4", "b#5", "b#6", "b#7"])
        #expect(
            page.codes == [
                "a#1": "", "a#2": "record.malformed", "b#1": "", "b#2": "record.field-missing",
                "b#3": "record.family-unknown", "b#4": "record.malformed", "b#5": "record.malformed",
                "b#6": "record.malformed", "b#7": "record.field-unknown",
            ])
        #expect(page.records.map(\.record.key) == ["c-1", "x-1"] && page.records[1] == good)
        #expect(page.records[0].record.values.count == good.record.values.count)
        let rest = page.records.map { record in record.record.values.filter { $0.key != "row_guid" } }
        #expect(rest[0] == rest[1])
        #expect(page.rows[3].key == LinkKey("up_pro_process", "x-2") && page.rows[4].key == LinkKey("up_nothing", ""))
    }

    @Test func `a number is a number in a file, too`() async throws {
        let shared = try await FolderUnderTest()
        let record = try shared.samples.record("up_pro_accept", "k")
        #expect(record.record.values["task_version"] == .number(7))
        let text = String(decoding: BatchXML.bytes(of: LinkBatch("a", [record])), as: UTF8.self)
        try shared.put("from/a.xml", text)
        for (name, wrong) in [("b", "7.0"), ("c", "+7"), ("d", "七"), ("e", "99999999999999999999")] {
            try shared.put("from/\(name).xml", text.replacing(">7</task_version>", with: ">\(wrong)</task_version>"))
        }
        let page = try await shared.use { try await $0.pull(after: "") }
        #expect(page.records == [record])
        #expect(Set(page.codes.values) == ["", "record.value-unfit"] && page.rows.count == 5)
    }

    @Test func `a file that cannot be read is one row, and is answered as a whole`() async throws {
        let shared = try await FolderUnderTest()
        let whole = String(
            decoding: BatchXML.bytes(of: LinkBatch("b", [try shared.samples.record("ow_apply", "k")])), as: UTF8.self)
        let laughs = "<!DOCTYPE b [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;\">]><batch><record>&m;</record></batch>"
        let files: [(String, [UInt8])] = [
            ("a.xml", Array(whole.utf8.dropLast(20))), ("b.xml", Array(laughs.utf8)),
            ("c.xml", Array("<!DOCTYPE b SYSTEM \"file:///etc/passwd\"><batch/>".utf8)),
            ("d.xml", Array("<batch id=\"d\"></batch>".utf8)), ("e.xml", []), ("f.xml", Array("<other/>".utf8)),
            ("g.xml", Array("<batch><other/></batch>".utf8)), ("h.xml", [0x3C, 0xC9, 0xF3]),
            ("i.xml", Array((String(repeating: "<batch>", count: 5000)).utf8)),
            ("j.xml", Array("<batch>\(String(repeating: "<record/>", count: LinkBatch.recordsMax + 1))</batch>".utf8)),
            ("k.ow_apply.csv", Array("row_guid,ow_number\n1,2\n".utf8)),
            ("l.ow_apply.csv", Array("ow_number,row_guid,row_guid\n1,2,3\n".utf8)),
            ("m.ow_apply.csv", Array("ow_number,row_guid\n".utf8)),
            ("n.ow_apply.csv", Array("ow_number,row_guid\n1,\"2\n".utf8)),
            ("o.ow_apply.csv", [0x6F, 0x77, 0xC9, 0xF3]),
            ("p.xml", Array("<batch>stray<record/></batch>".utf8)),
        ]
        for (name, bytes) in files { try shared.put("from/\(name)", bytes) }
        try shared.put("from/q.xml", whole)
        try shared.put("from/q.ow_apply.csv", "ow_number,row_guid\n1,2\n")
        try FileManager.default.createSymbolicLink(
            atPath: shared.root + "/from/r.xml", withDestinationPath: "/etc/passwd")
        try FileManager.default.createDirectory(
            atPath: shared.root + "/from/s.xml", withIntermediateDirectories: false)
        #expect(mkfifo(shared.root + "/from/t.xml", 0o600) == 0)
        // A hundred megabytes that take no room: whoever read them would find no XML, and take long.
        try shared.put("from/u.xml", "")
        #expect(truncate(shared.root + "/from/u.xml", 100 << 20) == 0)
        let letters = "abcdefghijklmnopqrstu"
        try await shared.use { carrier in
            let page = try await carrier.pull(after: "")
            #expect(page.rows.map(\.mark) == letters.map { "\($0)#0" })
            #expect(page.rows.allSatisfy { $0.key == LinkKey("", "") })
            let unfit = #expect(throws: RecordUnfit.self) { try page.rows[0].content.get() }
            #expect(unfit?.code == "record.malformed")
            #expect(Set(page.codes.values) == ["record.malformed"])
            try await carrier.acknowledge(
                page.rows.map { LinkReceipt($0.mark, $0.key, LinkVerdict(.refused, code: "record.malformed")) })
            #expect(try await carrier.pull(after: "").rows.isEmpty)
        }
        #expect(try shared.names("from-receipts") == letters.map { "\($0).csv" })
        #expect(
            try shared.text("from-receipts/a.csv")
                == "family,key,outcome,code,message\r\n,,refused,record.malformed,\r\n")
    }

    @Test func `names that are no batch's lie there and nobody looks at them`() async throws {
        let shared = try await FolderUnderTest()
        let long = String(repeating: "n", count: BatchFile.nameCharactersMax + 1)
        for name in [
            ".a.xml", "b.xml.tmp", "c", "d.csv", "e f.xml", "批.xml", "\(long).xml", "..xml", "g.h.i.csv", "j.XML",
            "k..csv",
        ] { try shared.put("from/\(name)", "<batch") }
        let page = try await shared.use { try await $0.pull(after: "") }
        #expect(page.rows.isEmpty && page.next == "" && !page.hasMore)
    }

    @Test func `a file without an end is left alone while somebody may be writing it`() async throws {
        let shared = try await FolderUnderTest()
        let record = try shared.samples.record("ow_apply", "k")
        try shared.put("from/a.xml", "<batch id=\"a\"><record")
        try shared.age("from/a.xml", changed: 1000)
        try await shared.use { carrier in
            shared.set(seconds: 1000 + FolderCarrier.settleSeconds - 1)
            #expect(try await carrier.pull(after: "").rows.isEmpty)
            shared.set(seconds: 1000 + FolderCarrier.settleSeconds)
            #expect(try await carrier.pull(after: "").codes == ["a#0": "record.malformed"])
            try shared.put("a", [record])
            #expect(try await carrier.pull(after: "").records == [record])
        }
    }

    @Test func `a receipt is written when every record of its batch has one, whatever dies in between`() async throws {
        let shared = try await FolderUnderTest()
        let records = try (1...3).map { try shared.samples.record("up_pro_result", "k-\($0)") }
        try shared.put("b", records)
        func receipt(_ place: Int, _ outcome: LinkVerdict.Outcome, _ code: String = "") -> LinkReceipt {
            LinkReceipt("b#\(place)", LinkKey("up_pro_result", "k-\(place)"), LinkVerdict(outcome, code: code))
        }
        try await shared.use { try await $0.acknowledge([receipt(3, .refused, "link.too-early")]) }
        #expect(try shared.names("from-receipts") == [".b.part"])
        // A process that dies while it writes leaves this.
        try shared.put("from-receipts/..b.part.unfinished", "row,fam")
        try await shared.use { carrier in
            let strange = ["b#4", "b#x", "b", "../x#1", "b#-1"].map {
                LinkReceipt($0, LinkKey("up_pro_result", "z"), LinkVerdict(.taken))
            }
            try await carrier.acknowledge([receipt(1, .taken)] + strange)
            #expect(try shared.names("from-receipts") == [".b.part"])
            #expect(try await carrier.pull(after: "").records == records, "a part is no receipt")
        }
        try await shared.use { try await $0.acknowledge([receipt(2, .known)]) }
        let expected = """
            family,key,outcome,code,message\r
            up_pro_result,k-1,taken,,\r
            up_pro_result,k-2,known,,\r
            up_pro_result,k-3,refused,link.too-early,\r

            """
        #expect(try shared.names("from-receipts") == ["b.csv"] && shared.text("from-receipts/b.csv") == expected)
        try await shared.use { carrier in
            try await carrier.acknowledge([receipt(1, .refused)])
            #expect(try await carrier.pull(after: "").rows.isEmpty)
        }
        #expect(try shared.text("from-receipts/b.csv") == expected, "what is said stays said")
        let gone = LinkReceipt("gone#1", LinkKey("up_pro_result", "z"), LinkVerdict(.taken))
        try await shared.use { try await $0.acknowledge([gone]) }
        #expect(try shared.names("from-receipts") == ["b.csv"], "a batch that was taken away gets none")
    }

    @Test func `pages hold so many records, a batch is torn where a page is full, and finished ones cost nothing`()
        async throws
    {
        let shared = try await FolderUnderTest()
        var expected: [String] = []
        for batch in 1...2 {
            let records = try (1...300).map { try shared.samples.record("ow_file", "k-\($0)", words: "w") }
            try shared.put("p\(batch)", records)
            expected += (1...300).map { "p\(batch)#\($0)" }
        }
        for done in 1000..<3000 {
            try shared.put("from/a\(done).xml", "<batch")
            try shared.put("from-receipts/a\(done).csv", "")
        }
        try await shared.use { carrier in
            let first = try await carrier.pull(after: "")
            #expect(first.rows.count == LinkLimits.pageRecordsMax && first.hasMore)
            #expect(try await carrier.pull(after: "").rows.map(\.mark) == first.rows.map(\.mark), "it did not come")
            let (rest, mark) = try await shared.all(from: carrier, after: first.next)
            #expect((first.rows + rest).map(\.mark) == expected)
            #expect(try await carrier.pull(after: mark).rows.isEmpty)
            // A name that comes before those that were seen is not passed over.
            try shared.put("late", [try shared.samples.record("ow_file", "l")])
            #expect(try await carrier.pull(after: mark).rows.map(\.mark) == ["late#1"])
        }
        // Another process, on whatever mark, begins where nothing is finished.
        let again = try await shared.use { try await shared.all(from: $0, after: "77") }
        #expect(again.rows.map(\.mark) == ["late#1"] + expected)
    }
}
