@testable import Exchange
import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Both sides of a front-end database: ours by the carrier, the department's by plain SQL.
@Suite struct TablesCarrierTests {
    @Test func `the statements make every table once, and say what each column holds`() async throws {
        let front = try await FrontEnd()
        try front.type("INSERT INTO from_partner.ow_apply (row_guid) VALUES ('stays');")
        try front.type(try FrontEndTables.script(front.samples.families))
        #expect(try front.type("SELECT row_guid, ow_mark, ow_state FROM from_partner.ow_apply;") == "stays|1|new")
        let tables = try front.type(
            "SELECT count(*) FROM pg_tables WHERE schemaname IN ('to_partner', 'from_partner');")
        #expect(tables == "\(2 * (front.samples.families.all.count + 1))")
        #expect(
            try front.type("SELECT obj_description('to_partner.ow_file'::regclass);")
                == front.samples.families.family("ow_file").title)
    }

    @Test func `records lie there until the department has said what came of them, and then it is told`() async throws {
        let front = try await FrontEnd()
        let records = try front.samples.all()
        try await front.use { carrier in
            #expect(try await carrier.push(LinkBatch("b", records)) == .handedOver)
            let nothing = try await carrier.pull(after: "")
            #expect(nothing.verdicts.isEmpty && nothing.rows.isEmpty && nothing.next == "" && !nothing.hasMore)
            #expect(
                try front.type("SELECT ow_state, ow_number, task_version FROM to_partner.up_pro_accept;")
                    == "new|\(LinkSamples.number)|7")
            try front.type(
                """
                UPDATE to_partner.up_pro_accept SET ow_state = 'taken' WHERE ow_state = 'new';
                UPDATE to_partner.ow_apply SET ow_state = 'refused', ow_code = 'x.y', ow_message = '不符';
                """)
            let expected = [
                LinkKey("up_pro_accept", "up_pro_accept-1"): LinkVerdict(.taken),
                LinkKey("ow_apply", "ow_apply-1"): LinkVerdict(.refused, code: "x.y", message: "不符"),
            ]
            for _ in 1...2 {
                let page = try await carrier.pull(after: "")
                #expect(page.verdicts == expected && page.next == "1", "told until it has come")
            }
            #expect(try await carrier.pull(after: "1").verdicts.isEmpty)
        }
        let restored = try await front.use { try await $0.pull(after: "") }
        #expect(restored.verdicts.count == 2, "a house that was restored asks with an older mark")
    }

    @Test func `a record sent again stays as it is where it says the same, and is new where it says something else`()
        async throws
    {
        let front = try await FrontEnd()
        let one = try front.samples.record("up_pro_accept", "k-1")
        let two = try front.samples.record("up_pro_accept", "k-2")
        try await front.use { carrier in
            _ = try await carrier.push(LinkBatch("b", [one, two]))
            #expect(try await carrier.push(LinkBatch("b", [one, two])) == .handedOver)
            try front.type("UPDATE to_partner.up_pro_accept SET ow_state = 'taken' WHERE row_guid = 'k-1';")
            let page = try await carrier.pull(after: "")
            #expect(page.verdicts.count == 1)
            // One of the two was told already, and whoever asks about both learns of both by pages.
            #expect(try await carrier.push(LinkBatch("b", [one, two])) == .handedOver)
            #expect(try await carrier.pull(after: page.next).verdicts.keys.map(\.key) == ["k-1"])
            #expect(
                try await carrier.push(LinkBatch("b", [one])) == .verdicts([one.linkKey: LinkVerdict(.known)]))
            try front.type(
                "UPDATE to_partner.up_pro_accept SET ow_state = 'refused', ow_code = 'x' WHERE row_guid = 'k-2';")
            // What was refused and is brought again is to be looked at again.
            #expect(try await carrier.push(LinkBatch("b", [one, two])) == .handedOver)
            #expect(
                try front.type("SELECT ow_state FROM to_partner.up_pro_accept WHERE row_guid = 'k-2';") == "new")
            let changed = try front.samples.record("up_pro_accept", "k-2", words: "别的")
            #expect(try await carrier.push(LinkBatch("c", [changed])) == .handedOver)
            #expect(
                try front.type(
                    """
                    SELECT ow_state, ow_code IS NULL, ow_mark > (SELECT ow_mark FROM to_partner.up_pro_accept
                        WHERE row_guid = 'k-1') FROM to_partner.up_pro_accept WHERE row_guid = 'k-2';
                    """) == "new|t|t")
            let moved = try front.samples.record("up_pro_accept", "k-1", number: "another")
            #expect(try await carrier.push(LinkBatch("d", [moved])) == .handedOver)
        }
    }

    @Test func `what the department brings comes as it is, in the order in which it was put there`() async throws {
        let front = try await FrontEnd()
        let records = try front.samples.all()
        for record in records.reversed() { try front.bring(record) }
        try front.bring(records[0], columns: ["cd_time": "NULL"])
        try front.bring(try front.samples.record("up_pro_accept", "old"), columns: ["ow_state": "'taken'"])
        try await front.use { carrier in
            let page = try await carrier.pull(after: "")
            #expect(page.records == records.reversed())
            #expect(page.rows.map(\.mark) == (1...records.count + 1).map(String.init))
            #expect(page.codes["\(records.count + 1)"] == "record.field-missing")
            #expect(page.rows.last?.key == records[0].linkKey)
            #expect(try await carrier.pull(after: page.next).rows.isEmpty, "it has come")
            #expect(try await carrier.pull(after: "").rows.count == page.rows.count, "it has not come")
            let receipts = page.rows.map { LinkReceipt($0.mark, $0.key, LinkVerdict(.taken)) }
            for _ in 1...2 {
                try await carrier.acknowledge(
                    receipts.dropLast() + [
                        LinkReceipt("99", LinkKey("none", "k"), LinkVerdict(.taken)),
                        LinkReceipt("x", receipts[0].key, LinkVerdict(.taken)),
                    ])
            }
            try await carrier.acknowledge([
                LinkReceipt(
                    page.rows[records.count].mark, receipts[records.count].key,
                    LinkVerdict(.refused, code: "record.field-missing", message: "cd_time"))
            ])
            #expect(try await carrier.pull(after: "").rows.isEmpty)
        }
        let family = records[0].record.family
        #expect(
            try front.type("SELECT ow_state, ow_code, ow_message FROM from_partner.\(family) ORDER BY ow_mark;")
                == "taken||\nrefused|record.field-missing|cd_time")
    }

    @Test func `pages hold so many rows, and one that is committed late is not passed over`() async throws {
        let front = try await FrontEnd()
        try front.type(
            """
            SELECT nextval('from_partner.ow_mark');
            INSERT INTO from_partner.ow_file (row_guid, ow_number) SELECT 'f-' || n, 'n' FROM generate_series(1, 450) n;
            """)
        try await front.use { carrier in
            var (marks, page) = ([String](), try await carrier.pull(after: ""))
            marks += page.rows.map(\.mark)
            #expect(marks.count == LinkLimits.pageRecordsMax)
            while page.hasMore {
                page = try await carrier.pull(after: page.next)
                marks += page.rows.map(\.mark)
            }
            #expect(marks == (2...451).map(String.init))
            // Its mark was given out before all others, and its transaction ended after them.
            try front.type("INSERT INTO from_partner.ow_file (row_guid, ow_mark) VALUES ('late', 1);")
            #expect(try await carrier.pull(after: page.next).rows.map(\.mark) == ["1"])
        }
    }

    @Test func `files go over once, and come over whole or not at all`() async throws {
        let (front, bytes) = (try await FrontEnd(), [UInt8](0...255))
        let digest = BlobRef(of: bytes).digest
        try await front.use { carrier in
            try await carrier.bring(digest) { bytes }
            try await carrier.bring(digest) { throw Fault.corrupt("asked for again") }
            let none = try await trouble { try await carrier.file(digest) }
            #expect(none.reason.code == "link.file-missing")
            try front.type("INSERT INTO from_partner.file SELECT digest, bytes FROM to_partner.file;")
            #expect(try await carrier.file(digest) == bytes)
            try front.type("UPDATE from_partner.file SET bytes = 'other';")
            let other = try await trouble { try await carrier.file(digest) }
            #expect(other.reason.code == "link.file-unfit")
            try front.type(
                """
                UPDATE from_partner.file
                SET bytes = convert_to(repeat('x', \(LinkLimits.fileBytesMax + 1)), 'UTF8');
                """)
            let large = try await trouble { try await carrier.file(digest) }
            #expect(large.reason == .fileUnfit)
            let ours = [UInt8](repeating: 0, count: LinkLimits.fileBytesMax + 1)
            let tooLarge = try await trouble { try await carrier.bring(BlobRef(of: ours).digest) { ours } }
            #expect(tooLarge.reason == .fileUnfit)
        }
    }

    @Test func `what the department has of a day is compared by digests`() async throws {
        let front = try await FrontEnd()
        let day = try #require(CivilDate("2018-11-19"))
        let (ours, theirs) = (try front.samples.all("o"), try front.samples.record("up_pro_result", "t"))
        let elsewhere = try front.samples.record("up_pro_accept", "z", number: String(repeating: "1", count: 50))
        try await front.use { carrier in
            _ = try await carrier.push(LinkBatch("b", ours + [elsewhere]))
            #expect(try await carrier.holdings(of: day, after: nil).lines.isEmpty, "nobody has taken anything")
            for family in front.samples.families.all {
                try front.type("UPDATE to_partner.\(family.name) SET ow_state = 'taken';")
            }
            try front.bring(try front.samples.record("up_pro_result", "t", words: "earlier"))
            try front.bring(theirs)
            try front.bring(try front.samples.record("up_pro_result", "u"), columns: ["ow_state": "'refused'"])
            let held = try await carrier.holdings(of: day, after: nil)
            var lines = ours.map { line($0, isTheirs: false) } + [line(theirs, isTheirs: true)]
            lines.sort { $0.key.isBefore($1.key) }
            #expect(held.lines == lines && !held.hasMore)
            let rest = try await carrier.holdings(of: day, after: lines[4].key)
            #expect(rest.lines == Array(lines[5...]))
            try front.type("UPDATE to_partner.ow_file SET file_name = 'changed by hand';")
            let changed = try await carrier.holdings(of: day, after: nil)
            #expect(changed.lines.filter { !lines.contains($0) }.map(\.key.family) == ["ow_file"])
            try front.type(
                """
                INSERT INTO from_partner.ow_logistics (row_guid, ow_number)
                SELECT 'l-' || lpad(n::text, 3, '0'), '\(LinkSamples.number)' FROM generate_series(1, 250) n;
                """)
            let first = try await carrier.holdings(of: day, after: nil)
            #expect(first.lines.count == LinkLimits.pageRecordsMax && first.hasMore)
            let second = try await carrier.holdings(of: day, after: first.lines.last?.key)
            #expect(Set((first.lines + second.lines).map(\.key)).count == lines.count + 250)
            #expect(first.lines.count + second.lines.count == lines.count + 250 && !second.hasMore)
        }
    }

    private func line(_ record: LinkRecord, isTheirs: Bool) -> LinkHoldings.Line {
        LinkHoldings.Line(
            record.linkKey, number: record.number, digest: record.record.digest, isTheirs: isTheirs)
    }
}
