@testable import Exchange
import Testing
import Vocabulary

/// Batches by chance: what is read is within its limits, and what is a record comes back as it was.
@Suite struct BatchFuzzTests {
    private static let samples = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<batch id=\"b-1\"><record family=\"up_pro_process\" number=\"n\">"
            + "<row_guid>a-3</row_guid><process_name>受理 &lt;&amp;&#10;]]&gt;</process_name></record></batch>",
        "<batch><record family=\"ow_file\"><row_guid><![CDATA[<&]]></row_guid></record><record/></batch>",
        "ow_number,row_guid,file_name\r\nn,a-1,\"甲,\"\"乙\r\n丙\"\r\nn,a-2,\r\n",
        "family,key,outcome,code,message\r\nup_pro_accept,a-1,taken,,\r\n,,refused,x.y,否\r\n",
        "row,family,key,outcome,code,message\n1,up_pro_accept,a-1,known,,\n",
        "family,key,number,digest,isTheirs\nup_pro_accept,a-1,n,d,true\n",
    ].map { Array($0.utf8) }

    @Test func `whatever a file holds, its records are few, and each is a record or says why it is none`() throws {
        let families = try RecordFamilies.shipped()
        let names = ["a.xml", "a.ow_file.csv", "a.other.csv"].compactMap(BatchFile.init)
        try Fuzz.rounds(3000) { mutator in
            let bytes = mutator.bytes(like: Self.samples)
            for file in names {
                guard case .success(let records) = Result(catching: { try file.records(bytes, in: families) }) else {
                    continue
                }
                guard (1...LinkBatch.recordsMax).contains(records.count) else { throw Finding("too many", bytes) }
                for (place, record) in records.enumerated() {
                    let row = record.row("a#\(place + 1)", in: families)
                    guard row.mark.count <= LinkLimits.markCharactersMax,
                        row.key.key.count <= RawRecord.nameCharactersMax
                    else { throw Finding("a name beyond its limit", bytes) }
                    guard case .success(let sound) = row.content else { continue }
                    let written = BatchXML.bytes(of: LinkBatch("b", [sound]))
                    let again = try BatchXML.records(written).map { $0.row("", in: families) }
                    guard case .success(let same)? = again.first?.content, same == sound else {
                        throw Finding("a record that is written is another one", bytes)
                    }
                }
            }
        }
    }

    @Test func `receipts by chance are tables or nothing, and are written as they are read`() throws {
        try Fuzz.rounds(3000) { mutator in
            let bytes = mutator.bytes(like: Self.samples)
            _ = HoldingsTable.lines(bytes)
            let part = ReceiptTable.part(bytes)
            guard ReceiptTable.part(ReceiptTable.bytes(ofPart: part)).count == part.count else {
                throw Finding("a part is lost", bytes)
            }
            guard let lines = ReceiptTable.lines(bytes) else { return }
            guard ReceiptTable.lines(ReceiptTable.bytes(of: lines))?.map(\.key) == lines.map(\.key) else {
                throw Finding("a receipt that is written is another one", bytes)
            }
        }
    }
}
