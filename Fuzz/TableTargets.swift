import Catalogue
import Certificates
import Dossiers
import Vocabulary

extension FuzzTarget {
    private static let codes: CodeTables = {
        do { return try CodeTables.shipped() } catch { fatalError("the code tables: \(error)") }
    }()

    /// Readers of tables and of documents of data.
    static let tableTargets = [
        FuzzTarget("csv") { bytes in
            let table = try CSVText(bytes)
            for record in table.records { Finding.unless(record.line > 0, "a record without a line") }
            _ = try ServiceItemList(table.records)
        },
        FuzzTarget("json-sheets") { bytes in _ = try SheetFile.read(json: bytes, codes) },
        FuzzTarget("yaml-sheets") { bytes in _ = try SheetFile.read(yaml: bytes, codes) },
        FuzzTarget("calendar") { bytes in
            guard let day = CivilDate("2025-11-04") else { return }
            let paper = CalendarDraft.Paper(source: "国办发明电〔2025〕7号", announcedOn: day)
            for kind in CalendarDraft.Kind.allCases {
                do { _ = try CalendarDraft(bytes, as: kind, on: paper) } catch {}
            }
        },
        FuzzTarget("kinds") { bytes in
            let read = try KindFile(bytes)
            let again = try KindFile(try CanonicalJSON.bytes(of: read.kinds))
            Finding.unless(again.kinds == read.kinds && again.refused.isEmpty, "a type is read as something else")
        },
    ]
}
