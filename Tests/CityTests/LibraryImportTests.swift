import Accounts
import Certificates
import City
import Documents
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The library in bulk: what is taken in stands there like what was issued.
@Suite struct LibraryImportTests {
    @Test(arguments: StoreUnderTest.all)
    func `what was taken in is found along every way, and both logs hold it`(_ place: StoreUnderTest) async throws {
        try await LibraryStory.use(place) { story in
            let source = try GeneratedRecords(count: 2500, seed: 4, kinds: try await story.kinds())
            let done = try await story.take(source)
            #expect(done.step == .done && done.taken == 2500 && done.refused == 0)
            let today = story.hall.time.now().day
            for number in stride(from: 0, to: 2500, by: 211) {
                let (record, identifier) = (try source.record(number), try source.identifier(number))
                let found = try await story.hall.verify(identifier.description, trusting: try TrustedKeys([]))
                let certificate = found.certificate
                #expect(certificate.personal == record.personal && certificate.taking != nil)
                #expect(certificate.reservation.validUntil == record.validUntil)
                let data = try #require(try CertificateData(certificate)?.bytes())
                #expect(certificate.taking?.digest == BlobRef(of: data).digest, "the digest is that of its own data")
                let over = record.validUntil.map { today > $0 } ?? false
                #expect(found.standing == (over ? .expired : .valid))
                try await Self.isFound(certificate, record, in: story)
            }
            let (journal, log) = try await story.audit()
            #expect(journal.findings == [] && log.findings == [])
            #expect(log.lines == 2500 && journal.pending == 0)
            #expect(try await story.count("SELECT COUNT(*) FROM certificate_log_run") == 1)
            #expect(try await story.count("SELECT COUNT(*) FROM certificate_import_name") == 0)
        }
    }

    private static func isFound(
        _ certificate: Certificate, _ record: NamedRecord, in story: LibraryStory
    ) async throws {
        let (id, reservation) = (certificate.id, certificate.reservation)
        let holder = PersonTable.expectedID(of: record.number, key: story.key)
        #expect(try await story.hall.certificates(of: holder).contains { $0.id == id })
        let ways: [(inout CertificateSearch.Filter) -> Void] = [
            { $0.number = reservation.identifier.serial }, { $0.holder = holder },
            { $0.name = record.personal.holderName },
            { filter in
                filter.issuer = reservation.identifier.issuer
                filter.days = reservation.validFrom...reservation.validFrom
            },
            { filter in
                filter.issuer = reservation.identifier.issuer
                filter.types = [reservation.identifier.type]
            },
        ]
        for way in ways {
            var filter = CertificateSearch.Filter()
            way(&filter)
            let asked = filter
            let page = try await story.hall.store.read { tx in
                try CertificateSearch.page(asked, on: story.hall.time.now().day, limit: 100, in: tx)
            }
            #expect(page.lines.contains { $0.id == id })
        }
        let rebuilt = try await story.hall.store.read { tx in
            try tx.row("SELECT day FROM certificate_wake WHERE certificate = \(id)")?.day(0)
        }
        #expect(rebuilt == certificate.wake)
        #expect(try await story.hall.logLines(of: id).isEmpty, "no checkpoint covers it yet")
    }

    @Test(arguments: StoreUnderTest.all)
    func `an import that is stopped anywhere goes on, and comes to what it had come to without`(
        _ place: StoreUnderTest
    ) async throws {
        try await LibraryStory.use(place) { story in
            let source = try GeneratedRecords(count: 1000, seed: 9, kinds: try await story.kinds())
            for after in [0, 300, 300, 800] {
                await #expect(throws: Fault.unavailable("torn")) {
                    try await story.take(TornSource(whole: source, after: after), atOnce: 150)
                }
            }
            #expect(try await story.take(source, atOnce: 150).taken == 1000)
            #expect(try await story.take(source).taken == 1000, "once more is nothing more")
            #expect(try await story.count("SELECT COUNT(*) FROM certificate") == 1000)
            #expect(try await story.count("SELECT COUNT(*) FROM certificate_of_holder") == 1000)
            #expect(try await story.count("SELECT COUNT(*) FROM certificate_of_issuer") == 1000)
            let (journal, log) = try await story.audit()
            #expect(journal.findings == [] && log.findings == [] && log.lines == 1000)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is there already is put aside with its line, and the rest is taken`(
        _ place: StoreUnderTest
    ) async throws {
        try await LibraryStory.use(place) { story in
            let kinds = try await story.kinds()
            try await story.take(try GeneratedRecords(count: 300, seed: 2, kinds: kinds))
            let aside = AsideRows()
            // The same numbers under other counts are the same identifiers.
            let done = try await story.take(try GeneratedRecords(count: 350, seed: 2, kinds: kinds), aside)
            #expect(done.taken == 50 && done.refused == 300)
            #expect(aside.rows.map(\.line) == Array(1...300))
            #expect(aside.rows.allSatisfy { $0.refusal == .alreadyThere })
        }
    }

    @Test func `the file of an imported record is made once, and the register confirms the data in it`() async throws {
        try await LibraryStory.use(.sqlite) { story in
            let source = try GeneratedRecords(count: 40, seed: 3, kinds: try await story.kinds())
            try await story.take(source)
            var hall = story.hall
            let (time, song) = (hall.time, try Typeface(path: Typeface.songPath))
            let ring = try KeyRing(
                folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: true, now: time.now())
            hall.sealWorkshop = SealWorkshop(keys: RingSealKeys(ring: ring, time: time), typeface: { song })
            hall.press = try CertificatePress(typeface: song, address: "https://ow.example", isDemonstration: true)
            let number = try #require(try (0..<40).first { try source.record($0).validUntil == nil })
            let id = try await hall.certificateID(try source.identifier(number).description)
            let bare = try #require(try await hall.certificate(id))
            #expect(bare.filing == nil && bare.file == nil && bare.dataDigest != nil)
            #expect(try await hall.fileReport(of: bare) == nil)
            let file = try await hall.file(of: bare, as: .ofd)
            let kept = try #require(try await hall.certificate(id))
            #expect(try await hall.file(of: kept, as: .ofd) == file)
            let report = try #require(try await hall.fileReport(of: kept))
            #expect(report.verdict == .valid, "what it satisfied before, it still satisfies: \(report)")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an imported record is proved, restricted and forgotten like any other, and its line stays`(
        _ place: StoreUnderTest
    ) async throws {
        try await LibraryStory.use(place) { story in
            let source = try GeneratedRecords(count: 40, seed: 3, kinds: try await story.kinds())
            try await story.take(source)
            let number = try #require(try (0..<40).first { try source.record($0).validUntil == nil })
            let id = try await story.hall.certificateID(try source.identifier(number).description)
            let stamp = story.hall.stamp(of: .platform)
            try await story.hall.store.write { tx in
                let certificate = try #require(try CertificateTable.load(id, in: tx))
                let events = try CertificateRules.decide(
                    .restrict(.dataInDoubt, note: "示例"), on: certificate, at: stamp.now, hasAnnualCheck: false)
                try CertificateTable.append(events, to: certificate, stamp: stamp, in: tx)
                try CertificateTable.forget(certificate.reservation.holder, in: tx)
            }
            while try await story.sealer.seal(now: story.hall.time.now()) > 0 {}
            while try await story.keeper.follow(now: story.hall.time.now()) > 0 {}
            let (journal, log) = try await story.audit()
            #expect(journal.findings == [] && log.findings == [] && log.lines == 41 && journal.erased > 0)
            let lines = try await story.hall.logLines(of: id)
            #expect(lines.map(\.entry.kind) == [.issued, .restricted])
            #expect(lines.first?.entry.file == nil && lines.first?.entry.data != nil)
            #expect(try await story.hall.logProofs(of: id).count == 2)
        }
    }
}
