@testable import Exchange
import Foundation
import Store
import Testing
import Vocabulary

/// What goes out through a folder, and what comes of it.
@Suite struct FolderCarrierTests {
    @Test func `what we write says the same to another reader of XML and to ours`() async throws {
        let shared = try await FolderUnderTest()
        let records = try shared.samples.all()
        let sent = try await shared.use { try await $0.push(LinkBatch("b-1", records)) }
        #expect(sent == .handedOver)
        let reader = """
            import sys, json, xml.etree.ElementTree as tree
            batch = tree.parse(sys.argv[1]).getroot()
            print(json.dumps([{"family": r.get("family"), "number": r.get("number"),
                "values": {c.tag: c.text for c in r}} for r in batch]))
            """
        let said = try output(of: "python3", ["-c", reader, "\(shared.root)/to/b-1.xml"])
        let theirs = try CanonicalJSON.value([JSONValue].self, in: Array(said.utf8))
        let texts = records.map { record in
            let values = record.record.values.keys.map { ($0, JSONValue.text(record.record.text(of: $0) ?? "")) }
            return JSONValue.record([
                "family": .text(record.record.family), "number": .text(record.number),
                "values": .record(Dictionary(uniqueKeysWithValues: values)),
            ])
        }
        #expect(theirs == texts)
        try shared.put("from/b-1.xml", try shared.text("to/b-1.xml"))
        let page = try await shared.use { try await $0.pull(after: "") }
        #expect(page.records == records)
    }

    @Test func `whatever a column can hold comes back as it was`() async throws {
        let (shared, dice) = (try await FolderUnderTest(), Dice.seeded(20_181_119))
        let marks = ["\n\n", "  ", "<!--", "]]>", "</record>", "&#0;"]
        let pieces = LinkSamples.words.unicodeScalars.map { String($0) } + marks
        for round in 1...60 {
            let words = (0..<Int(dice.roll() % 40)).map { _ in pieces[Int(dice.roll() % UInt64(pieces.count))] }
                .joined()
            let record = try shared.samples.record("ow_apply", "k-\(round)", words: "a" + words)
            try shared.put("r\(round)", [record])
            let page = try await shared.use { try await $0.pull(after: "") }
            #expect(page.records == [record], "round \(round)")
            try FileManager.default.removeItem(atPath: "\(shared.root)/from/r\(round).xml")
        }
    }

    @Test func `a character that XML has not is written as one that it has`() async throws {
        let shared = try await FolderUnderTest()
        let record = try shared.samples.record("ow_apply", "k", words: "a\u{FFFE}\u{FFFF}b")
        _ = try await shared.use { try await $0.push(LinkBatch("b", [record])) }
        let reader = "import sys, xml.dom.minidom as d; d.parse(sys.argv[1])"
        _ = try output(of: "python3", ["-c", reader, "\(shared.root)/to/b.xml"])
        #expect(try shared.text("to/b.xml").contains("a\u{FFFD}\u{FFFD}b"))
    }

    @Test func `what a receipt says is told until the page has come, then the batch is taken away`() async throws {
        let shared = try await FolderUnderTest()
        let records = try (1...3).map { try shared.samples.record("up_pro_accept", "k-\($0)") }
        try await shared.use { carrier in
            _ = try await carrier.push(LinkBatch("b1", records))
            #expect(try await carrier.pull(after: "").verdicts.isEmpty)
            try shared.put(
                "to-receipts/b1.csv",
                """
                family,key,outcome,code,message\r
                up_pro_accept,k-1,taken,,\r
                up_pro_accept,k-2,refused,x.y,"不符, 请改"\r
                up_pro_accept,other,taken,,\r

                """)
            try shared.put("to-receipts/nobody.csv", "family,key,outcome\nup_pro_accept,k-9,taken\n")
            for _ in 1...2 {
                let page = try await carrier.pull(after: "")
                #expect(
                    page.verdicts == [
                        LinkKey("up_pro_accept", "k-1"): LinkVerdict(.taken),
                        LinkKey("up_pro_accept", "k-2"): LinkVerdict(.refused, code: "x.y", message: "不符, 请改"),
                    ])
                #expect(page.next == "1" && !page.hasMore)
            }
            #expect(try shared.names("to") == ["b1.xml"])
            let after = try await carrier.pull(after: "1")
            #expect(after.verdicts.isEmpty && after.next == "1")
            #expect(try shared.names("to") == [])
            // It has said what it has to say: sent again, the receipt answers, and nothing is written.
            let again = try await carrier.push(LinkBatch("b1", records))
            guard case .verdicts(let said) = again else { return #expect(Bool(false), "no answer") }
            #expect(said.count == 2 && said[LinkKey("up_pro_accept", "k-3")] == nil)
            #expect(try shared.names("to") == [])
        }
    }

    @Test func `a receipt without a name is about the whole batch, and one that cannot be read is said`() async throws {
        let shared = try await FolderUnderTest()
        let records = try shared.samples.all()
        try await shared.use { carrier in
            _ = try await carrier.push(LinkBatch("b1", records))
            _ = try await carrier.push(LinkBatch("b2", [records[0]]))
            try shared.put("to-receipts/b1.csv", "family,key,outcome,code,message\n,,refused,dept.malformed,no XML\n")
            try shared.put("to-receipts/b2.csv", "family,key,outcome\nx,y,perhaps\n")
            let page = try await carrier.pull(after: "")
            #expect(page.verdicts.count == records.count)
            #expect(Set(page.verdicts.values) == [LinkVerdict(.refused, code: "dept.malformed", message: "no XML")])
            // What can be read goes first.
            let pulled = try await trouble { try await carrier.pull(after: page.next) }
            #expect(pulled.reason.code == "link.unreadable" && pulled.message == "to-receipts/b2.csv")
            let pushed = try await trouble { try await carrier.push(LinkBatch("b2", [records[0]])) }
            #expect(pushed.reason == .unreadable)
            // Perhaps somebody is writing it.
            try shared.age("to-receipts/b2.csv", changed: 1000)
            shared.set(seconds: 1000 + FolderCarrier.settleSeconds - 1)
            #expect(try await carrier.pull(after: page.next).verdicts.isEmpty)
        }
    }

    @Test func `a batch sent again before it is answered takes the place of the one there`() async throws {
        let shared = try await FolderUnderTest()
        let record = try shared.samples.record("up_pro_accept", "k")
        try shared.put("to/.b.xml.unfinished", "<batch")
        try shared.put("to/b.xml", "<batch id=\"b\">")
        let sent = try await shared.use { try await $0.push(LinkBatch("b", [record])) }
        #expect(sent == .handedOver)
        let strange = try await trouble {
            try await shared.use { try await $0.push(LinkBatch("../b", [record])) }
        }
        #expect(strange.reason.code == "link.refused-whole")
        let words = String(repeating: "字", count: 60_000)
        let large = try (0..<47).map { try shared.samples.record("ow_apply", "k-\($0)", words: words) }
        let whole = try await trouble { try await shared.use { try await $0.push(LinkBatch("b", large)) } }
        #expect(whole.reason == .refusedWhole, "a batch that no reader would take is not written")
        #expect(try shared.names("to") == ["b.xml"])
        #expect(try shared.text("to/b.xml").hasSuffix("</batch>\n"))
    }

    @Test func `files go over once, and come over whole or not at all`() async throws {
        let (shared, bytes) = (try await FolderUnderTest(), Array("file".utf8))
        let digest = BlobRef(of: bytes).digest
        try await shared.use { carrier in
            try await carrier.bring(digest) { bytes }
            try await carrier.bring(digest) { throw Fault.corrupt("asked for again") }
            #expect(try await carrier.file(digest) == bytes)
            let none = try await trouble { try await carrier.file(BlobRef(of: []).digest) }
            #expect(none.reason.code == "link.file-missing")
            let outside = try await trouble { try await carrier.file("../to/b.xml") }
            #expect(outside.reason == .fileMissing)
            let strange = try await trouble { try await carrier.bring("../../x") { bytes } }
            #expect(strange.reason.code == "link.file-unfit")
            let large = [UInt8](repeating: 0, count: LinkLimits.fileBytesMax + 1)
            let ours = try await trouble { try await carrier.bring(BlobRef(of: large).digest) { large } }
            #expect(ours.reason == .fileUnfit)
            for wrong in [Array("other".utf8), large] {
                try shared.put("files/\(BlobRef(of: [1]).digest)", wrong)
                let theirs = try await trouble { try await carrier.file(BlobRef(of: [1]).digest) }
                #expect(theirs.reason.code == "link.file-unfit")
            }
        }
    }

    @Test func `what the other side has of a day is read page by page, and no file is no answer`() async throws {
        let shared = try await FolderUnderTest()
        let day = try #require(CivilDate("2018-11-19"))
        try await shared.use { carrier in
            let none = try await trouble { try await carrier.holdings(of: day, after: nil) }
            #expect(none.reason.code == "link.unreadable")
            #expect(none.message == "to-receipts/holdings-2018-11-19.csv is not there")
            try shared.put("to-receipts/holdings-2018-11-19.csv", "family,key,number,digest,isTheirs\n")
            #expect(try await carrier.holdings(of: day, after: nil).lines.isEmpty)
            let count = LinkLimits.pageRecordsMax + 5
            let lines = (0..<count).reversed().map { "up_pro_accept,k-\(1000 + $0),n,d\($0),\($0 == 0)\n" }.joined()
            try shared.put("to-receipts/holdings-2018-11-19.csv", "family,key,number,digest,isTheirs\n" + lines)
            let first = try await carrier.holdings(of: day, after: nil)
            #expect(first.lines.count == LinkLimits.pageRecordsMax && first.hasMore)
            let expected = LinkHoldings.Line(
                LinkKey("up_pro_accept", "k-1000"), number: "n", digest: "d0", isTheirs: true)
            #expect(first.lines.first == expected)
            let rest = try await carrier.holdings(of: day, after: first.lines.last?.key)
            #expect(rest.lines.map(\.digest) == (count - 5..<count).map { "d\($0)" } && !rest.hasMore)
            try shared.put("to-receipts/holdings-2018-11-19.csv", "family,key,number,digest,isTheirs\na,b,c,d,maybe\n")
            let unread = try await trouble { try await carrier.holdings(of: day, after: nil) }
            #expect(unread.message == "to-receipts/holdings-2018-11-19.csv cannot be read")
        }
    }

    @Test func `a folder that is not there, is a file, or leads elsewhere is not reached`() async throws {
        let shared = try await FolderUnderTest()
        let record = try shared.samples.record("up_pro_accept", "k")
        let elsewhere = try await FolderUnderTest()
        try await shared.use { carrier in
            try FileManager.default.removeItem(atPath: shared.root + "/to")
            for step in 1...3 {
                let trouble = try await trouble { try await carrier.push(LinkBatch("b", [record])) }
                #expect(trouble.reason.code == "link.unanswered")
                #expect(trouble.answer == .unreachable && trouble.message.hasPrefix("to: "))
                if step == 1 { try shared.put("to", "a file") }
                if step == 2 {
                    try FileManager.default.removeItem(atPath: shared.root + "/to")
                    try FileManager.default.createSymbolicLink(
                        atPath: shared.root + "/to", withDestinationPath: elsewhere.root + "/to")
                }
            }
        }
        #expect(try elsewhere.names("to") == [])
    }

    @Test(arguments: ["", "srv/exchange", "/", "/srv/../etc", "/srv/./x", "postgresql://front@127.0.0.1/front"])
    func `an address that is no absolute path is refused`(_ root: String) throws {
        let families = try RecordFamilies.shipped()
        let refusal = #expect(throws: LinkRefusal.self) {
            try FolderCarrier(at: root, families: families, time: TimeSource { Instant(milliseconds: 0) })
        }
        #expect(refusal?.code == "link.address-unfit")
    }
}
