import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The names of holders, where they are many, where they come from another database, and where they were kept otherwise.
@Suite struct HolderNameTests {
    private static func holders(_ words: String, in tx: Transaction) throws -> [PersonID] {
        let asked = CertificateSearchTests.asking { $0.name = words }
        var (found, cursor): ([PersonID], CertificateSearch.Cursor?) = ([], nil)
        repeat {
            let page = try CertificateSearch.page(asked, on: Sheaf.today, after: cursor, limit: 7, in: tx)
            found += page.lines.map(\.holder)
            cursor = page.next
        } while cursor != nil
        return found
    }

    @Test(arguments: StoreUnderTest.all)
    func `a word that many have and one that few have are found in the order of the holders, however far behind`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            // More names than are looked through before the index is asked.
            let (last, rare) = (4300, [3, 4100, 4299])
            for start in stride(from: 1, through: last, by: 500) {
                try await store.write { tx in
                    for number in start..<min(start + 500, last + 1) {
                        let name = rare.contains(number) ? "王罕" : number % 3 == 0 ? "王强" : "李强"
                        try HolderNames.note(name, of: Sheaf.person(number), in: tx)
                    }
                }
            }
            let held = rare + [9, 300, 301, 4296, 4300]
            try await store.write { tx in
                for (index, holder) in held.enumerated() {
                    let name = rare.contains(holder) ? "王罕" : holder % 3 == 0 ? "王强" : "李强"
                    try Sheaf.file(
                        index + 1, try Sheaf.reservation(index + 1, holder: holder), Sheaf.personal(name), in: tx)
                }
            }
            try await store.read { tx throws in
                #expect(try Self.holders("罕", in: tx) == [3, 4100, 4299].map(Sheaf.person))
                #expect(try Self.holders("王罕", in: tx) == [3, 4100, 4299].map(Sheaf.person))
                #expect(try Self.holders("王", in: tx) == [3, 9, 300, 4100, 4296, 4299].map(Sheaf.person))
                #expect(try Self.holders("李强", in: tx) == [301, 4300].map(Sheaf.person))
                #expect(try Self.holders("强王", in: tx) == [])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `signs that mean something to a database are found like any other`(_ place: StoreUnderTest) async throws {
        let names = ["O\"Brien\\", "{a,b}", "甲'乙", "100%_公司", "NULL", "\u{1}丙\u{1F}丁"]
        try await place.use(CertificateTable.migrations) { store in
            try await store.write { tx in
                for (index, name) in names.enumerated() {
                    try Sheaf.file(
                        index + 1, try Sheaf.reservation(index + 1, holder: index + 1), Sheaf.personal(name), in: tx)
                }
            }
            try await store.read { tx throws in
                for (words, holder) in [
                    ("\"", 1), ("\\", 1), ("n\\", 1), ("{a", 2), (",", 2), ("'乙", 3), ("%_", 4), ("null", 5), ("丙丁", 6),
                ] {
                    #expect(try Self.holders(words, in: tx) == [Sheaf.person(holder)], "\(words)")
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `names that an import of before left get their words, and one that shows nothing ends no round`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(CertificateTable.migrations) { store in
            try await store.write { tx throws in
                for (position, name) in ["张明", "\u{1}", "李强"].enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO certificate_import_name (position, holder, name)
                        VALUES (\(position), \(Sheaf.person(position)), \(name))
                        """)
                }
                let end = try HolderNames.completeImported(after: -1, in: tx)
                #expect(end == 2)
                #expect(try HolderNames.completeImported(after: 2, in: tx) == nil)
                let words = try tx.rows("SELECT words FROM certificate_import_name ORDER BY position LIMIT 10")
                #expect(try words.map { try $0.text(0) } == ["张 明 张明", "", "李 强 李强"])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `names whose pairs were kept as numbers are found by their words`(_ place: StoreUnderTest) async throws {
        let migrations = CertificateTable.migrations
        let before = try #require(migrations.firstIndex { $0.id == "certificates.011-name-word" })
        try await place.use(Array(migrations.prefix(before))) { store in
            try await store.write { tx in
                for (number, name) in [(1, "张小明"), (1, "张红"), (2, "𠮷明")] {
                    let holder = Sheaf.person(number)
                    try tx.execute("INSERT INTO certificate_holder_name (holder, name) VALUES (\(holder), \(name))")
                    let characters = name.unicodeScalars.map { Int($0.value) }
                    for (index, character) in characters.enumerated() {
                        let next = index + 1 < characters.count ? characters[index + 1] : 0
                        try tx.execute(
                            """
                            INSERT INTO certificate_name_token (token, holder, is_first)
                            VALUES (\(character << 21 | next), \(holder), 1)
                            """)
                    }
                }
            }
            _ = try await store.migrate(Shape.migrations + migrations, now: Instant(milliseconds: 1))
            try await store.write { tx throws in
                try Sheaf.file(1, try Sheaf.reservation(1, holder: 1), Sheaf.personal("张小明"), in: tx)
                try Sheaf.file(2, try Sheaf.reservation(2, holder: 2), Sheaf.personal("𠮷明"), in: tx)
                for (words, holders) in [
                    ("张", [1]), ("小明", [1]), ("张小明", [1]), ("红", [1]), ("张红", [1]), ("𠮷", [2]), ("明", [1, 2]),
                ] {
                    #expect(try Self.holders(words, in: tx) == holders.map(Sheaf.person), "\(words)")
                }
                try CertificateTable.forget(Sheaf.person(1), in: tx)
                #expect(try Self.holders("明", in: tx) == [Sheaf.person(2)])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all.flatMap { from in StoreUnderTest.all.map { (from, $0) } })
    func `names are found in a house that was brought from a backup of either database`(
        from: StoreUnderTest, into: StoreUnderTest
    ) async throws {
        let (path, migrations) = (try TestFolder.fresh() + "/backup", Shape.migrations + CertificateTable.migrations)
        let now = Instant(milliseconds: 1)
        try await from.use(CertificateTable.migrations) { store in
            try await store.write { tx in
                try Sheaf.file(1, try Sheaf.reservation(1, holder: 1), Sheaf.personal("张\"小\\明"), in: tx)
                try Sheaf.file(2, try Sheaf.reservation(2, holder: 2), Sheaf.personal("小明"), in: tx)
            }
            let file = try await BackupFile.begin(at: path, from: store, migrations: migrations, now: now)
            try file.finish()
        }
        try await into.withDatabase { database in
            try await database.use { store in
                _ = try await BackupFile(reading: path).restore(into: store, migrations: migrations, now: now)
                try await store.read { tx throws in
                    #expect(try Self.holders("小", in: tx) == [Sheaf.person(1), Sheaf.person(2)])
                    #expect(try Self.holders("小明", in: tx) == [Sheaf.person(2)])
                    #expect(try Self.holders("\"小\\", in: tx) == [Sheaf.person(1)])
                }
            }
        }
    }
}
