import Documents
import Papers
import Store
import Testing
import Vocabulary

@Suite struct PaperRulesTests {
    private func paper(_ kind: PaperKind, _ events: [PaperEvent] = []) throws -> Paper {
        let first = try PaperRules.issue(
            Cases.draft(kind), number: 1, template: String(repeating: "a", count: 64), on: Cases.today)
        let entries = try ([first] + events).enumerated().map { index, event in
            try EventGoldenTests.entry(event, sequence: index + 1)
        }
        return try #require(try Paper.folded(Cases.id(1), entries))
    }

    private let handing = PaperEvent.Handing(recipient: "李明", place: "综合窗口", server: "陈晓")
    private let served = PaperEvent.Served(mode: .direct, servedAt: Cases.now, server: nil)

    @Test func `every kind has a word of its own, so that its numbers are one series`() {
        #expect(PaperKind.all.count == 22)
        #expect(Set(PaperKind.all.map(\.word)).count == PaperKind.all.count)
        #expect(Set(PaperKind.all.map(\.id)).count == PaperKind.all.count)
        for kind in PaperKind.all {
            #expect(Set(kind.particulars.map(\.id)).count == kind.particulars.count, "\(kind.id)")
        }
    }

    @Test func `acceptance papers bear the acceptance seal, decisions the body's own, records none`() {
        let acceptance = PaperKind.all.filter { $0.seal == .acceptance }.map(\.id)
        #expect(
            acceptance == [
                "receipt", "correction-notice", "acceptance-notice", "non-acceptance-decision",
                "tolerant-acceptance-notice", "special-procedure-notice", "withdrawal-permission-notice",
            ])
        let hands = PaperKind.all.filter { $0.seal == nil }.map(\.id)
        #expect(hands == ["tolerance-undertaking", "notification-commitment", "hearing-record", "service-record"])
        for kind in PaperKind.all where kind.seal == nil { #expect(!kind.isServed) }
    }

    @Test(arguments: PaperKind.all.map(\.id))
    func `each required particular that is empty is named, and nothing is issued`(_ id: String) throws {
        let kind = try #require(PaperKind.named(id))
        try PaperRules.check(Cases.draft(kind))
        for particular in kind.particulars where particular.isRequired {
            var draft = try Cases.draft(kind)
            draft.values[particular.id] = nil
            let expected: PaperRefusal =
                switch particular.id {
                case "reasons" where kind.isAdverse: .reasonsMissing
                case "reconsideration", "court": .remediesMissing
                default: .particularsMissing([particular.id])
                }
            #expect(throws: expected) { try PaperRules.check(draft) }
        }
        for particular in kind.particulars where !particular.isRequired {
            var draft = try Cases.draft(kind)
            draft.values[particular.id] = nil
            try PaperRules.check(draft)
        }
    }

    @Test func `blanks are no particulars, and no reasons`() throws {
        var notice = try Cases.draft(.acceptance)
        notice.values["limit"] = .text(" \n\u{3000}")
        notice.values["contact"] = .text("")
        #expect(throws: PaperRefusal.particularsMissing(["limit", "contact"])) { try PaperRules.check(notice) }
        var refusal = try Cases.draft(.refusal)
        refusal.values["reasons"] = .list(["", "  "])
        #expect(throws: PaperRefusal.reasonsMissing) { try PaperRules.check(refusal) }
        refusal.values["reasons"] = .list(["不符合条件。"])
        refusal.values["court"] = .text("\u{3000}")
        #expect(throws: PaperRefusal.remediesMissing) { try PaperRules.check(refusal) }
    }

    @Test func `what the kind does not know, of another shape or beyond a limit, is refused`() throws {
        func with(_ id: String, _ value: PaperValue) throws -> PaperDraft {
            var draft = try Cases.draft(.correction)
            draft.values[id] = value
            return draft
        }
        let long = String(repeating: "字", count: Limits.textCharactersMax + 1)
        let unfit: [(String, PaperValue)] = [
            ("colour", .text("红")), ("supplyBy", .text("明天")), ("defects", .table([["一", "二"]])),
            ("note", .text(long)),
            ("defects", .table(Array(repeating: ["一", "二", "三"], count: PaperValue.rowsMax + 1))),
        ]
        for (id, value) in unfit {
            let draft = try with(id, value)
            #expect(throws: PaperRefusal.particularsUnfit([id])) { try PaperRules.check(draft) }
        }
        let text = String(repeating: "字", count: Limits.textCharactersMax)
        let whole = try with("defects", .table(Array(repeating: [text, text, text], count: 7)))
        #expect(throws: PaperRefusal.particularsUnfit(["length"])) { try PaperRules.check(whole) }
    }

    @Test func `the first bytes stay`() throws {
        let (first, second) = (BlobRef(of: [1]), BlobRef(of: [2]))
        let fresh = try paper(.grant)
        let event = try #require(PaperRules.produce(first, on: fresh))
        #expect(PaperRules.produce(second, on: try paper(.grant, [event])) == nil)
    }

    @Test func `a paper is served once, with who, where and by whom, on a day that can be`() throws {
        let fresh = try paper(.grant)
        let event = try PaperRules.serve(fresh, served, handing, at: Cases.now)
        let done = try paper(.grant, [event])
        #expect(done.service?.handing?.recipient == "李明")
        #expect(throws: PaperRefusal.alreadyServed) { try PaperRules.serve(done, served, handing, at: Cases.now) }
        for empty in [
            PaperEvent.Handing(recipient: "", place: "综合窗口", server: "陈晓"),
            PaperEvent.Handing(recipient: "李明", place: " ", server: "陈晓"),
            PaperEvent.Handing(recipient: "李明", place: "综合窗口", server: ""),
        ] {
            #expect(throws: PaperRefusal.serviceIncomplete) {
                try PaperRules.serve(fresh, served, empty, at: Cases.now)
            }
        }
        for at in [Cases.now.advanced(bySeconds: 1), Instant(Cases.today.advanced(byDays: -1), hour: 23)] {
            let untimely = PaperEvent.Served(mode: .direct, servedAt: at, server: nil)
            #expect(throws: PaperRefusal.serviceUntimely) {
                try PaperRules.serve(fresh, untimely, handing, at: Cases.now)
            }
        }
        #expect(throws: PaperRefusal.notServed) {
            try PaperRules.serve(try paper(.receipt), served, handing, at: Cases.now)
        }
    }

    @Test func `a paper that is left needs a witness`() throws {
        let left = PaperEvent.Served(mode: .left, servedAt: Cases.now, server: nil)
        let fresh = try paper(.refusal)
        #expect(throws: PaperRefusal.serviceIncomplete) { try PaperRules.serve(fresh, left, handing, at: Cases.now) }
        let seen = PaperEvent.Handing(recipient: "李明", place: "住所", server: "陈晓", witness: "王芳")
        #expect(throws: Never.self) { try PaperRules.serve(fresh, left, seen, at: Cases.now) }
    }

    @Test func `a voided paper keeps its number, and is neither served nor voided again`() throws {
        let fresh = try paper(.grant)
        for reason in ["", " ", String(repeating: "字", count: 2001)] {
            #expect(throws: PaperRefusal.voidReasonMissing) { try PaperRules.void(fresh, reason: reason) }
        }
        let void = try paper(.grant, [try PaperRules.void(fresh, reason: "文号登记有误")])
        #expect(void.isVoided && void.voidReason == "文号登记有误")
        #expect(void.issued.number == fresh.issued.number)
        #expect(throws: PaperRefusal.voided) { try PaperRules.void(void, reason: "再次") }
        #expect(throws: PaperRefusal.voided) { try PaperRules.serve(void, served, handing, at: Cases.now) }
    }

    @Test func `a proof of service is made from the service, and only from one`() throws {
        let fresh = try paper(.grant)
        #expect(throws: PaperRefusal.notServed) { try PaperRules.proof(of: fresh, title: "准予行政许可决定书") }
        let done = try paper(.grant, [try PaperRules.serve(fresh, served, handing, at: Cases.now)])
        let proof = try PaperRules.proof(of: done, title: "准予行政许可决定书")
        #expect(proof.about == [done.id])
        #expect(proof.values["papers"] == .table([["准予行政许可决定书", done.issued.number.description]]))
        #expect(proof.values["mode"] == .text("@direct"))
        try PaperRules.check(proof)
    }

    @Test func `a paper whose values were erased cannot be read or proved`() throws {
        let event = try PaperRules.issue(
            Cases.draft(.grant), number: 1, template: String(repeating: "a", count: 64), on: Cases.today)
        let entry = try EventGoldenTests.entry(event, sequence: 1)
        let bare = JournalEntry(
            JournalEntry.Place(Cases.id(1).subject, sequence: 1, at: Cases.now, actor: .platform), kind: entry.kind,
            version: 1, body: entry.body, personal: nil)
        let erased = try #require(try Paper.folded(Cases.id(1), [bare]))
        #expect(erased.values == nil)
        let template = try PaperTemplate(TemplateTests.shipped("grant-decision"))
        #expect(throws: PaperRefusal.forgotten) { try erased.parts(template) }
    }

    @Test(arguments: [(1, "榕人社许〔2026〕第0001号"), (9999, "榕人社许〔2026〕第9999号"), (12345, "榕人社许〔2026〕第12345号")])
    func `a number has four digits at least`(_ serial: Int, _ text: String) {
        #expect(PaperNumber(mark: "榕人社", word: "许", year: 2026, serial: serial).description == text)
    }
}
