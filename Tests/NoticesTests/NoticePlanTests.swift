import Notices
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct NoticePlanTests {
    /// Twenty thousand notices of four thousand people.
    private static func fill(_ tx: Transaction) throws {
        for number in 0..<20_000 {
            let (person, id) = (Subject(high: 5, low: UInt64(number % 4000)), Subject(high: 6, low: UInt64(number)))
            try tx.execute(
                """
                INSERT INTO notice
                    (addressee, id, kind, edition, dossier, catalog_code, content, created_at, read_at, is_read)
                VALUES (\(person), \(id), 'accepted', 1, \(id), 'x', \(Array("{}".utf8)), \(number), NULL, \(number % 2))
                """)
            try tx.execute(
                "INSERT INTO notice_by_dossier (dossier, notice, addressee) VALUES (\(id), \(id), \(person))")
        }
        if tx.dialect == .postgres { try tx.execute("ANALYZE") }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what every page of somebody asks for is found by an index`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let (person, dossier) = (Subject(high: 5, low: 7), DossierID(Subject(high: 6, low: 7)))
            let plans = try await store.write { tx in
                try Self.fill(tx)
                return try tx.plans { tx in
                    _ = try NoticeTable.unread(in: NoticeBox(person), in: tx)
                    _ = try NoticeTable.page(of: NoticeBox(person), in: tx)
                    _ = try NoticeTable.page(of: NoticeBox(person, items: ["x"]), in: tx)
                    _ = try tx.rows("SELECT notice FROM notice_by_dossier WHERE dossier = \(dossier) LIMIT 9")
                }
            }
            #expect(plans.count == 4)
            for plan in plans {
                #expect(
                    !plan.contains("SCAN") && !plan.contains("Seq Scan") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}
