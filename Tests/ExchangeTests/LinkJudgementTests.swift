@testable import Exchange
import Foundation
import Testing
import Vocabulary

/// What follows from what the other side of a link said, without anybody being asked.
@Suite struct LinkJudgementTests {
    private let first = LinkKey("up_pro_process", "p-1")
    private let second = LinkKey("up_pro_process", "p-2")

    private func failing(_ findings: [LinkFinding]) -> [String] {
        findings.filter { !$0.isGood }.map(\.check.code)
    }

    private func passing(_ findings: [LinkFinding]) -> [String] {
        findings.filter(\.isGood).map(\.check.code)
    }

    @Test func `a batch that fits is taken, and what is there is known`() {
        let taken = [first: LinkVerdict(.taken), second: LinkVerdict(.refused, code: "x.full")]
        let sent = LinkJudgement.sent([first, second], taken, as: .taken)
        #expect(failing(sent) == ["taken"] && sent.last?.found == "up_pro_process p-2 is refused x.full")
        #expect(failing(LinkJudgement.sent([first, second], [first: LinkVerdict(.taken)], as: .taken)) == ["verdicts"])
        let again = LinkJudgement.sent([first], [first: LinkVerdict(.taken)], as: .known)
        #expect(failing(again) == ["known"], "what was taken once is not taken again")
        #expect(failing(LinkJudgement.sent([first], [first: LinkVerdict(.known)], as: .known)).isEmpty)
    }

    @Test func `a record that does not fit is refused with a code, and holds up no other`() {
        let right = [first: LinkVerdict(.refused, code: "x.unfit"), second: LinkVerdict(.taken)]
        #expect(failing(LinkJudgement.unfit(first, second, right)).isEmpty)
        let all = [first: LinkVerdict(.taken), second: LinkVerdict(.taken)]
        #expect(failing(LinkJudgement.unfit(first, second, all)) == ["unfit"])
        let none = [first: LinkVerdict(.refused, code: "x"), second: LinkVerdict(.refused, code: "x")]
        #expect(failing(LinkJudgement.unfit(first, second, none)) == ["next"])
        let bare = [first: LinkVerdict(.refused), second: LinkVerdict(.taken)]
        #expect(failing(LinkJudgement.unfit(first, second, bare)) == ["unfit"], "a refusal has a code")
        #expect(failing(LinkJudgement.unfit(first, second, [second: LinkVerdict(.taken)])) == ["verdicts"])
    }

    @Test func `what is asked wrongly is not done, as one sees when it is then asked rightly`() {
        #expect(passing(LinkJudgement.undone(.old, wasDone: false, LinkVerdict(.taken))) == ["old"])
        #expect(failing(LinkJudgement.undone(.old, wasDone: false, LinkVerdict(.known))) == ["old"])
        #expect(failing(LinkJudgement.undone(.unsigned, wasDone: true, nil)) == ["unsigned"])
        #expect(LinkJudgement.undone(.unsigned, wasDone: false, nil).isEmpty, "nothing is known of it")
    }

    @Test func `what is no batch is refused, and the next one taken`() {
        #expect(passing(LinkJudgement.noBatch(wasDone: false, LinkVerdict(.taken))) == ["noBatch"])
        #expect(failing(LinkJudgement.noBatch(wasDone: true, LinkVerdict(.taken))) == ["noBatch"])
        #expect(failing(LinkJudgement.noBatch(wasDone: nil, LinkVerdict(.taken))) == ["noBatch"])
        #expect(LinkJudgement.noBatch(wasDone: false, nil).isEmpty)
    }

    private func page(_ rows: [(String, LinkKey)]) -> LinkPage {
        LinkPage(
            rows.map { LinkPage.Row($0, .failure(RecordUnfit(.malformed, "")), key: $1) }, next: "9", hasMore: false)
    }

    @Test func `a mark gives the same page, behind which more may have come`() {
        let page1 = page([("1", first)])
        #expect(failing(LinkJudgement.marks(page1, page([("1", first), ("2", second)]))).isEmpty)
        #expect(failing(LinkJudgement.marks(page1, page([("2", first)]))) == ["marks"])
        #expect(failing(LinkJudgement.marks(page1, page([]))) == ["marks"])
        #expect(LinkJudgement.marks(page([]), page([])).isEmpty)
    }

    @Test func `what is offered fits its family and names its own dossier`() throws {
        let samples = try LinkSamples()
        let record = try samples.record("up_pro_process", "p-1")
        var values = record.record.values
        values["project_no"] = .text(LinkSamples.number)
        let own = try LinkRecord("up_pro_process", number: LinkSamples.number, values, in: samples.families)
        let other = try LinkRecord("up_pro_process", number: "another", values, in: samples.families)
        let rows = [own, other].map { LinkPage.Row("1", .success($0), key: first) }
        #expect(LinkJudgement.rows(rows).map(\.isGood) == [true, false])
        let unfit = LinkJudgement.rows(page([("1", first)]).rows)
        #expect(failing(unfit) == ["rows"] && unfit[0].found.hasSuffix("record.malformed "))
    }

    @Test func `the comparison names what was taken, rightly, in order, page by page, and nothing else`() throws {
        let record = try LinkSamples().record("up_pro_process", "p-1")
        func line(_ key: LinkKey, digest: String, isTheirs: Bool = false, number: String = LinkSamples.number)
            -> LinkHoldings.Line
        { LinkHoldings.Line(key, number: number, digest: digest, isTheirs: isTheirs) }
        func told(_ line: LinkHoldings.Line?, never: [LinkKey] = []) -> [String] {
            failing(LinkJudgement.holdings(line.map { [$0] } ?? [], taken: [record], never: never))
        }
        let right = line(first, digest: record.record.digest)
        #expect(told(right).isEmpty)
        #expect(told(nil) == ["holdings"] && told(line(first, digest: "0")) == ["holdings"])
        #expect(told(line(first, digest: record.record.digest, isTheirs: true)) == ["holdings"])
        #expect(told(line(first, digest: record.record.digest, number: "another")) == ["holdings"])
        #expect(told(right, never: [first]) == ["holdings"])

        let (one, two, three) = (
            line(first, digest: "1"), line(second, digest: "2"), line(LinkKey("z", "1"), digest: "3")
        )
        #expect(failing(LinkJudgement.order([one, two, three])).isEmpty)
        #expect(failing(LinkJudgement.order([two, one])) == ["order"])
        #expect(failing(LinkJudgement.order([one, one])) == ["order"], "each is told once")
        #expect(LinkJudgement.order([one]).isEmpty)
        func after(_ lines: [LinkHoldings.Line], hasMore: Bool = false) -> [String] {
            failing(LinkJudgement.paging([one, two, three], after: first, LinkHoldings(lines, hasMore: hasMore)))
        }
        #expect(after([two, three]).isEmpty && after([two], hasMore: true).isEmpty)
        for wrong in [[], [one], [three], [one, two, three], [two]] { #expect(after(wrong) == ["paging"]) }
        #expect(after([two, three], hasMore: true) == ["paging"], "it says more, and there is none")
        #expect(failing(LinkJudgement.receipts([one], [one])).isEmpty)
        #expect(failing(LinkJudgement.receipts([one], [])) == ["receipts"])
    }

    @Test func `why nothing came of it is one point, and what came before it is well`() {
        let cases: [(LinkRefusal, String, Int)] = [
            (.unanswered, "answer", 0), (.signatureWrong, "signature", 1), (.clockWrong, "clock", 2),
            (.unreadable, "body", 3), (.refusedWhole, "understood", 4),
        ]
        for (reason, code, count) in cases {
            let findings = LinkJudgement.unanswered(LinkTrouble(reason, message: "why"), of: "ping", by: .web)
            #expect(failing(findings) == [code] && passing(findings).count == count)
            #expect(findings.last?.found == "ping: \(reason.code) why")
        }
        let folder = LinkJudgement.unanswered(LinkTrouble(.unreadable), of: "pull", by: .folder)
        #expect(passing(folder) == ["answer"], "what a way has not is not looked at")
    }

    @Test func `a report sums up, for people and for machines`() throws {
        let findings = [
            LinkFinding(.ping, true), LinkFinding(.known, false, "it was taken"), LinkFinding(.known, true),
        ]
        let now = Instant(try #require(CivilDate("2026-11-24")), hour: 10)
        let report = LinkCheckReport(findings, way: .web, at: "https://x.example", number: "n", time: now)
        #expect(!report.isGood && report.lines.count == LinkCheck.all.count)
        #expect(report.text.contains("\npass   ping: a ping is answered (1)\n"))
        #expect(report.text.contains("(1 of 2 not so)\n       found: it was taken\n"))
        #expect(report.text.hasSuffix("1 pass, 1 fail, \(LinkCheck.all.count - 2) unseen"))
        let known = report.json["checks"]?.list?.first { $0["check"] == .text("known") }
        #expect(known?["standing"] == .text("fail") && known?["found"] == .text("it was taken"))
        #expect(report.json["protocol"] == .text("onewindow-links 1") && report.json["isGood"] == .flag(false))
        let folder = LinkCheckReport([], way: .folder, at: "/srv", number: "n", time: now)
        #expect(folder.isGood && !folder.lines.contains { $0.check == .signature }, "a way has the points that it has")
    }

    @Test func `the case of a check fits every family it uses and has a number of its own each millisecond`() throws {
        let (now, families) = (Instant(milliseconds: 1_795_945_622_000), try RecordFamilies.shipped())
        let dossier = try #require(CheckCase(at: now, run: "abc", families: families))
        let next = try #require(CheckCase(at: now.advanced(bySeconds: 1), run: "abc", families: families))
        #expect(dossier.number.count == 43 && dossier.number != next.number)
        // A check against a side that does not answer is over within the second, and the next one begins.
        let soon = try #require(
            CheckCase(at: Instant(milliseconds: now.milliseconds + 7), run: "abd", families: families))
        #expect(soon.number != dossier.number, "what was offered of the one before is not this one's")
        #expect((2000...2009).contains(dossier.day.year), "no comparison of real cases meets it")
        #expect(CreditCode(String(dossier.number.prefix(18))) != nil, "well-formed, of a division that there is not")
        let records = [
            try dossier.acceptance, try dossier.material, try dossier.file("f", of: dossier.file),
            try dossier.step("p"),
            try dossier.end,
        ]
        #expect(Set(records.map(\.record.family)).count == 5 && records.allSatisfy { $0.number == dossier.number })
        #expect(records.allSatisfy { $0.record.key.hasPrefix("check-abc-") })
        let wanted = CheckCase(at: now, run: "abc", number: LinkSamples.number, families: families)
        #expect(wanted?.day == CivilDate("2018-11-19"))
        #expect(CheckCase(at: now, run: "abc", number: "1", families: families) == nil)
        #expect(CheckCase(at: now, run: "abc", number: String(repeating: "9", count: 43), families: families) == nil)
    }

    @Test func `the page of links prints every point, under a heading that there is`() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/links.md")
        let page = try String(contentsOf: url, encoding: .utf8)
        #expect(page.contains(LinkCheck.table), "print:\n\(LinkCheck.table)")
        #expect(page.contains(LinkCheckReport.version))
        for check in LinkCheck.all { #expect(page.contains("\n## \(check.section)\n"), "\(check.code)") }
        #expect(Set(LinkCheck.all.map(\.code)).count == LinkCheck.all.count)
    }

    @Test func `a secret is read as it is written`() {
        let secret = Array("a secret for tests only!".utf8)
        #expect(WebhookSignature.secret(WebhookSignature.text(of: secret)) == secret)
        for text in ["", "whsec_", "whsec_*", "c2VjcmV0"] { #expect(WebhookSignature.secret(text) == nil) }
    }
}
