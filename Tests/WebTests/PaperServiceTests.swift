import Accounts
import Catalogue
import DocumentsTestSupport
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Papers
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct PaperServiceTests {
    /// An application of the demonstration's firm that the window has accepted: online, with the electronic result or
    /// one to collect.
    private func accepted(
        _ delivery: DeliveryMode,
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol, DossierID, PaperLine) async throws -> Void
    ) async throws {
        let isCollected = delivery == .counter
        let slug = isCollected ? "public-place-hygiene" : "special-working-hours"
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let firm = try #require(CreditCode("91350100MADEM0054D"))
                let line = try #require(try await house.hall.item(slug, in: [.fuzhou]))
                let guide = try #require(try await house.hall.item(line.itemCode)).guide
                let situation = Dictionary(
                    uniqueKeysWithValues: guide.situations.map { ($0.id, $0.choices[0].id) })
                let id = try await house.filed(
                    slug, in: .fuzhou, for: .organisation(firm), isCollected ? .onlineThenCollect : .fullyOnline,
                    delivery, situation: situation)
                let window = "/window/dossiers/\(id)"
                _ = try await DoorVisitor(client, "window-city").send(window + "/acceptance", on: window)
                let notice = try #require(try await house.hall.papers(of: id).last)
                #expect(notice.kind == .acceptance)
                try await body(house, client, id, notice)
            }
        }
    }

    private func pdf(_ client: any TestClientProtocol, _ login: String, staff: Bool, _ path: String) async throws
        -> [UInt8]
    {
        let cookie = try await client.signIn(login, staff: staff)
        let answer = try await client.execute(uri: path + ".pdf", method: .get, headers: [.cookie: cookie])
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/pdf")
        #expect(answer.headers[.cacheControl] == "no-store")
        return [UInt8](Data(answer.body.readableBytesView))
    }

    @Test func `the file is the same at every door, and is kept byte for byte from its first opening`() async throws {
        try await accepted(.eCertificate) { house, client, id, notice in
            let before = try await house.hall.paper(notice.id, of: id).paper
            #expect(before.file == nil)
            let path = "/dossiers/\(id)/papers/\(notice.id)"
            let first = try await pdf(client, "lin", staff: false, path)
            let again = try await pdf(client, "window-city", staff: true, "/window" + path)
            #expect(first == again)
            let kept = try #require(try await house.hall.paper(notice.id, of: id).paper.file)
            #expect(try await house.hall.bytes(of: kept) == first)
            let printed = try PrintedPaper(first)
            #expect(try printed.fault() == nil)
            let letters = try printed.letters()
            for word in ["受理通知书", notice.number, "福州示例企业一有限公司", "第1页共1页", "示例文书不具有法律效力"] {
                #expect(letters.contains(word), "\(word)")
            }
            for font in try printed.fonts() { #expect(font.contains("UMing") && font.contains("yes yes yes")) }
        }
    }

    @Test func `two who open a paper at once get the same bytes`() async throws {
        try await accepted(.eCertificate) { house, _, id, notice in
            let opened = try await house.hall.paper(notice.id, of: id)
            let files = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await house.hall.file(of: opened, for: .platform, printer: house.site.press.printedInSong)
                    }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(files.count == 1)
        }
    }

    @Test func `the applicant who chose the electronic result is served by her first look, once, with proof`()
        async throws
    {
        try await accepted(.eCertificate) { house, client, id, notice in
            let path = "/dossiers/\(id)/papers/\(notice.id)"
            let staff = try await DoorVisitor(client, "window-city")
            _ = try await staff.get("/window" + path)
            #expect(try await house.hall.paper(notice.id, of: id).paper.service == nil)
            let applicant = try await DoorVisitor(client, "lin", staff: false)
            for _ in 0..<2 { #expect(try await applicant.get(path).page.contains("已送达：电子送达")) }
            let paper = try await house.hall.paper(notice.id, of: id).paper
            let service = try #require(paper.service)
            #expect(service.served.mode == .electronic && service.handing?.recipient == "林晓榕")
            #expect(paper.file != nil)
            let proofs = try await house.hall.papers(of: id).filter { $0.kind == .serviceRecord }
            #expect(proofs.count == 1)
            let proof = try await staff.get("/window/dossiers/\(id)/papers/\(proofs[0].id)").page
            for word in ["送达回证", notice.number, "电子送达", "政务服务网（当事人同意电子送达）"] {
                #expect(proof.contains(word), "\(word)")
            }
        }
    }

    @Test func `who collects the result is served by hand at the window, once, with proof`() async throws {
        try await accepted(.counter) { house, client, id, notice in
            let path = "/dossiers/\(id)/papers/\(notice.id)"
            _ = try await DoorVisitor(client, "lin", staff: false).get(path)
            #expect(try await house.hall.paper(notice.id, of: id).paper.service == nil)
            let clerk = try await DoorVisitor(client, "window-city")
            #expect(try await clerk.get("/window" + path).page.contains("登记送达"))
            let fields = [("mode", "direct"), ("recipient", "林晓榕"), ("place", "福州市综合窗口")]
            #expect(try await clerk.send("/window\(path)/service", on: "/window" + path, fields) == 303)
            let page = try await clerk.get("/window" + path).page
            #expect(page.contains("已送达：直接送达") && !page.contains("登记送达"))
            let lines = try await house.hall.papers(of: id)
            #expect(lines.map(\.kind) == [.receipt, .acceptance, .serviceRecord])
            #expect(lines.map(\.isServed) == [false, true, false])
            let letters = try PrintedPaper(
                try await pdf(client, "window-city", staff: true, "/window/dossiers/\(id)/papers/\(lines[2].id)")
            ).letters()
            for word in ["送达回证", "受理通知书", notice.number, "直接送达", "林晓榕", "福州市综合窗口"] {
                #expect(letters.contains(word), "\(word)")
            }
            let looks = try await house.hall.looks(at: id).map(\.purpose)
            #expect(looks.contains("paper"))
        }
    }

    @Test(arguments: ["agent", "notice", "mail"])
    func `what is served by others, by post or by public notice is written down likewise`(mode: String) async throws {
        try await accepted(.counter) { house, client, id, notice in
            let path = "/window/dossiers/\(id)/papers/\(notice.id)"
            let clerk = try await DoorVisitor(client, "window-city")
            let fields = [("mode", mode), ("recipient", "林晓榕"), ("place", "福州市综合窗口")]
            #expect(try await clerk.send(path + "/service", on: path, fields) == 303)
            #expect(try await house.hall.paper(notice.id, of: id).paper.service?.served.mode.rawValue == mode)
        }
    }

    @Test func `the electronic way is the applicant's own look, and no clerk's`() async throws {
        try await accepted(.counter) { _, client, id, notice in
            let path = "/window/dossiers/\(id)/papers/\(notice.id)"
            let fields = [("mode", "electronic"), ("recipient", "林晓榕"), ("place", "网上")]
            let answer = try await DoorVisitor(client, "window-city").answer(path + "/service", on: path, fields)
            answer.expect(refusal: DoorRefusal.malformedForm)
        }
    }

    @Test func `who leads the authority voids a paper, with a reason, once`() async throws {
        try await accepted(.eCertificate) { house, client, id, notice in
            let path = "/office/dossiers/\(id)/papers/\(notice.id)"
            let reviewer = try await DoorVisitor(client, "review-hrss")
            #expect(!(try await reviewer.get(path).page.contains("/voiding")))
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await head.get(path).page.contains("作废本文书"))
            let silent = try await head.answer(path + "/voiding", on: path, [("note", " ")])
            silent.expect(refusal: PaperRefusal.voidReasonMissing)
            #expect(try await head.send(path + "/voiding", on: path, [("note", "文号登记有误")]) == 303)
            let page = try await head.get(path).page
            #expect(page.contains("该文书已作废") && page.contains("文号登记有误") && !page.contains("/voiding"))
            await #expect(throws: PaperRefusal.voided) {
                try await house.hall.void(notice.id, of: id, reason: "再次", by: Performer(.platform) { _, _ in })
            }
        }
    }

    @Test func `a voided paper says so, keeps its number and is not served`() async throws {
        try await accepted(.counter) { house, client, id, notice in
            try await house.hall.void(notice.id, of: id, reason: "文号登记有误", by: Performer(.platform) { _, _ in })
            let path = "/window/dossiers/\(id)/papers/\(notice.id)"
            let page = try await DoorVisitor(client, "window-city").get(path).page
            #expect(page.contains("该文书已作废") && page.contains("文号登记有误") && page.contains(notice.number))
            #expect(!page.contains("登记送达"))
            let list = try await DoorVisitor(client, "lin", staff: false).get("/dossiers/\(id)").page
            #expect(list.contains("受理通知书（作废）"))
        }
    }
}
