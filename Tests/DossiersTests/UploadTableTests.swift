import Dossiers
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct UploadTableTests {
    private static func id(_ number: UInt64) -> UploadID {
        UploadID(Subject(high: 0x0190_0000_0000_7000 + number << 16, low: 0x8000_0000_0000_0000))
    }
    private static let owner = Actor.person(PersonID(Subject(high: 1, low: 1)))
    private static let other = Actor.person(PersonID(Subject(high: 1, low: 2)))
    private static let now = Instant(milliseconds: 1_795_500_000_000)

    @Test(arguments: StoreUnderTest.all)
    func `a file waits for its sender alone, for a day, and then it is forgotten`(_ place: StoreUnderTest) async throws
    {
        try await place.use(DossierTable.migrations) { store in
            try await store.write { tx in
                let file = BlobRef(of: [1, 2, 3])
                let upload = KeptUpload(Self.id(1), file, name: String(repeating: "长", count: 130) + ".pdf")
                #expect(upload.name.count == KeptUpload.nameCharactersMax && upload.name.hasSuffix(".pdf"))
                try UploadTable.keep(upload, of: Self.owner, now: Self.now, in: tx)
                #expect(try UploadTable.read([Self.id(1)], of: Self.owner, now: Self.now, in: tx) == [upload])
                #expect(throws: DraftRefusal.uploadNotFound) {
                    try UploadTable.read([Self.id(1)], of: Self.other, now: Self.now, in: tx)
                }
                #expect(throws: DraftRefusal.uploadNotFound) {
                    try UploadTable.read([Self.id(2)], of: Self.owner, now: Self.now, in: tx)
                }
                let over = Self.now.advanced(bySeconds: KeptUpload.seconds)
                #expect(throws: DraftRefusal.uploadNotFound) {
                    try UploadTable.read([Self.id(1)], of: Self.owner, now: over, in: tx)
                }
                #expect(try UploadTable.prune(now: Self.now, in: tx) == 0)
                #expect(try UploadTable.prune(now: over, in: tx) == 1)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a sender has so many files waiting and no more`(_ place: StoreUnderTest) async throws {
        try await place.use(DossierTable.migrations) { store in
            try await store.write { tx in
                let file = BlobRef(of: [1])
                for number in 0..<UInt64(UploadTable.perOwnerMax) {
                    let upload = KeptUpload(Self.id(number), file, name: "a.pdf")
                    try UploadTable.keep(upload, of: Self.owner, now: Self.now, in: tx)
                }
                let more = KeptUpload(Self.id(5_000), file, name: "a.pdf")
                #expect(throws: DraftRefusal.tooManyUploads) {
                    try UploadTable.keep(more, of: Self.owner, now: Self.now, in: tx)
                }
                try UploadTable.keep(more, of: Self.other, now: Self.now, in: tx)
            }
        }
    }
}
