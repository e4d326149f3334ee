import Accounts
import Delivery
import Dossiers
import Hall
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// The issuing window: the shelf, the ways to find a result, the handing over and its proof.
@Suite struct ShelfHallTests {
    @Test(arguments: StoreUnderTest.all)
    func `a result is kept from its issue on, put on a shelf, moved, and leaves its place free`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (hall, story) = (house.hall, house.story)
            let (id, code) = try await house.ready()
            let kept = try #require(try await hall.kept(id))
            #expect(kept.state == .waiting && kept.place == nil && kept.matter.delivery == .counter)
            let issuer = try await house.guest()
            #expect(try await hall.freePosition(for: issuer)?.description == "A-01-01")
            let attempt = story.token()
            for _ in 0..<2 { _ = try await hall.shelve(id, at: "a-1-1", by: issuer, attempt: attempt) }
            #expect(try await hall.kept(id)?.place?.position.description == "A-01-01")
            #expect(try await hall.freePosition(for: issuer)?.description == "A-01-02")
            let other = try await house.ready().id
            await #expect(throws: ShelfRefusal.taken) { try await house.shelve(other, "A-01-01") }
            await #expect(throws: ShelfRefusal.alreadyThere) { try await house.shelve(id, "A-01-01") }
            await #expect(throws: ShelfRefusal.malformedPosition) { try await house.shelve(id, "A-99-01") }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.shelve(id, "B-01-01", by: ShelfHouse.farIssuer)
            }
            let online = try await story.granted()
            try await story.settle()
            await #expect(throws: ShelfRefusal.notReady) { try await house.shelve(online, "B-01-01") }
            let electronic = try await hall.kept(online)
            #expect(electronic == nil, "what is electronic lies nowhere")
            let lines = try await hall.results(for: issuer)
            #expect(Set(lines.map(\.dossier)) == [id, other])
            #expect(lines.first { $0.dossier == id }?.kept?.place?.position.description == "A-01-01")
            try await house.handOver(id, code: code)
            let (left, free) = (try await hall.kept(id), try await hall.freePosition(for: issuer))
            #expect(left?.state == .left && left?.place == nil && free?.description == "A-01-01")
            await #expect(throws: ShelfRefusal.notReady) { try await house.shelve(id, "A-01-01") }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a result that lies ready is nobody's delay, and a row that waited for one learns it`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (story, id) = (house.story, try await house.ready().id)
            let (pulse, now) = (Pulse(hall: house.hall), house.hall.time.now())
            // As the row was written while the time until she comes still counted.
            try await house.hall.store.write { tx in
                try tx.execute("UPDATE dossier SET next_wake = \(now), due = \(now.day), light = 3 WHERE id = \(id)")
            }
            story.clock.move(days: 40)
            #expect(try await pulse.beat().woken == 1)
            #expect(try await pulse.beat().woken == 0)
            let dossier = try await story.dossier(id)
            #expect(dossier.stage.name == .issued && dossier.proceedings.passed.isEmpty)
            let lines = try await house.hall.store.read { tx in
                try DossierTable.of(applicant: HallStory.applicant, in: tx)
            }
            #expect(lines.map(\.id) == [id] && lines[0].due == nil && lines[0].light == .green)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a result is found by its position, code, number, name and the person's number, and by nobody elsewhere`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (first, code) = try await house.ready()
            let (second, _) = try await house.ready()
            try await house.shelve(first, "A-03-12")
            let numbers = try await house.story.dossier(first).submitted.numbers
            for words in ["A-03-12", " a0312 ", code, numbers.short, numbers.number] {
                #expect(try await house.find(words) == [first], "\(words)")
                #expect(try await house.find(words, by: ShelfHouse.farIssuer).isEmpty, "\(words) elsewhere")
            }
            for words in ["示例企业一", "企业", "例 企", "91350100MADEM0054D"] {
                #expect(Set(try await house.find(words)) == [first, second], "\(words)")
                #expect(try await house.find(words, by: ShelfHouse.farIssuer).isEmpty, "\(words) elsewhere")
            }
            for words in ["", " ", "A-03-13", "王", "%", "201811190000", try house.card(ShelfHouse.stranger)] {
                #expect(try await house.find(words).isEmpty, "\(words)")
            }
            let looks = try await house.hall.looks(of: [HallStory.applicant])
            #expect(looks.count == 8 && Set(looks.map(\.word)) == ["issuing"], "by name or number, for each result")
            #expect(Set(looks.compactMap(\.matter)) == [first, second], "each with its case")
            try await house.handOver(first, code: code)
            for words in ["A-03-12", code] { #expect(try await house.find(words).isEmpty) }
            #expect(try await house.find("企业") == [second])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the code hands over, serves the decision, and the proof says by what and how it was signed`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (id, code) = try await house.ready()
            let attempt = house.story.token()
            let proof = try #require(try await house.handOver(id, code: code, recipient: "李明", attempt: attempt))
            #expect(try await house.handOver(id, code: code, recipient: "李明", attempt: attempt) == proof)
            try await house.story.settle()
            #expect(try await house.story.dossier(id).hasEnded)
            let papers = try await house.hall.papers(of: id)
            #expect(papers.map(\.kind) == [.receipt, .acceptance, .grant, .serviceRecord])
            let decision = try #require(papers.first { $0.kind == .grant })
            #expect(decision.isServed, "the decision is served with the result")
            let paper = try await house.proof(of: id)
            let served = try await house.hall.paper(decision.id, of: id).paper.service
            #expect(served?.served.mode == .direct && served?.handing?.recipient == "李明")
            #expect(paper.id == proof && paper.issued.about == [decision.id])
            #expect(paper.values?["recipient"] == .text("李明") && paper.values?["server"] == .text("何静"))
            #expect(paper.values?["proof"] == .text("@code") && paper.values?["signing"] == .text("@signedByCode"))
            #expect(paper.values?["signature"] == nil)
            guard case .table(let rows)? = paper.values?["papers"] else {
                Issue.record("a proof of papers")
                return
            }
            #expect(rows.count == 2 && rows[0][1] == decision.number && rows[1][0] == "准予决定书")
            await #expect(throws: DossierRefusal.self) { try await house.handOver(id, code: code) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a signature that was drawn is kept as it was drawn, and stands on the proof`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (id, _) = try await house.ready()
            let card = try house.card(ShelfHouse.representative)
            for unfit in ["1,1", "no points", ShelfHouse.drawn + ";700,1"] {
                await #expect(throws: ShelfRefusal.signatureUnfit) {
                    try await house.handOver(id, card: card, signature: unfit)
                }
            }
            await #expect(throws: ShelfRefusal.signatureMissing) { try await house.handOver(id, card: card) }
            try await house.handOver(id, card: card, signature: ShelfHouse.drawn)
            let paper = try await house.proof(of: id)
            let drawing = try #require(DrawnSignature(ShelfHouse.drawn))
            #expect(paper.values?["signature"] == .drawing(drawing))
            #expect(paper.values?["signing"] == .text("@drawn") && paper.values?["proof"] == .text("@card"))
            #expect(paper.values?["standing"] == .text("@representative"))
            #expect(paper.values?["recipient"] == .text("林小满"))
            let opened = try await house.hall.paper(paper.id, of: id)
            let signers = try opened.paper.parts(opened.template).compactMap { part -> DrawnSignature? in
                if case .signers(_, let drawing) = part { return drawing }
                return nil
            }
            #expect(signers == [drawing])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the card is the representative's or that of an agent with a letter for the item; others are refused`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (id, code) = try await house.ready()
            func card(_ who: Int, code: String = "") async throws {
                try await house.handOver(id, code: code, card: try house.card(who), signature: ShelfHouse.drawn)
            }
            await #expect(throws: ShelfRefusal.wrongIdentity) { try await card(ShelfHouse.stranger) }
            await #expect(throws: ShelfRefusal.noLetter) { try await card(ShelfHouse.otherAgent) }
            let wrong = String(code.reversed()) == code ? "000001" : String(code.reversed())
            await #expect(throws: ShelfRefusal.wrongCode) { try await card(ShelfHouse.agent, code: wrong) }
            await #expect(throws: PerformerRefusal.notAllowed) {
                try await house.handOver(id, code: code, by: ShelfHouse.farIssuer)
            }
            try await card(ShelfHouse.agent)
            let paper = try await house.proof(of: id)
            #expect(paper.values?["standing"] == .text("@behalf") && paper.values?["recipient"] == .text("吴越"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `wrong codes and cards are counted for a result, and what cannot be one is no guess`(
        _ place: StoreUnderTest
    ) async throws {
        try await ShelfHouse.open(place) { house in
            let (id, code) = try await house.ready()
            for malformed in ["", "12345", code + "0", "abcdef", "１２３４５６"] {
                await #expect(throws: ShelfRefusal.wrongCode) { try await house.handOver(id, code: malformed) }
            }
            await #expect(throws: ShelfRefusal.wrongIdentity) {
                try await house.handOver(id, card: "350102188501010011", signature: ShelfHouse.drawn)
            }
            let wrong = code == "000000" ? "000001" : "000000"
            for _ in 0..<4 {
                await #expect(throws: ShelfRefusal.wrongCode) { try await house.handOver(id, code: wrong) }
            }
            await #expect(throws: ShelfRefusal.wrongIdentity) {
                try await house.handOver(
                    id, card: try house.card(ShelfHouse.stranger), signature: ShelfHouse.drawn)
            }
            await #expect(throws: ShelfRefusal.tooManyGuesses) { try await house.handOver(id, code: code) }
            let dossier = try await house.story.dossier(id)
            await #expect(throws: ShelfRefusal.tooManyGuesses, "nor by a program") {
                _ = try await house.hall.opens(dossier, with: code, from: ShelfHouse.address, key: house.key)
            }
            house.story.clock.move(seconds: 31)
            try await house.handOver(id, code: code)
            let (other, right) = try await house.ready()
            try await house.handOver(other, code: right)
        }
    }
}
