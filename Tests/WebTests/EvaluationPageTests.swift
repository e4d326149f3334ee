import City
import Dossiers
import Foundation
import HTTPTypes
import Hall
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import Testing
import Vocabulary
import Windows

@testable import Web

/// A bad review, from five choices to what the public reads.
@Suite struct EvaluationPageTests {
    private static func open(
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                try await body(try await CaseMaker(try await Cast(house)), client)
            }
        }
    }

    /// Judges a case badly and answers where its review stands.
    private static func bad(_ id: DossierID, _ lin: DoorVisitor, _ maker: CaseMaker) async throws -> String {
        let path = "/dossiers/\(id)/evaluation"
        let status = try await lin.send(
            path, on: path + "?grade=2", [("grade", "2"), ("tags", "207"), ("words", "样本看不清")])
        #expect(status == 303)
        let given = try await maker.cast.house.hall.store.read { tx in try EvaluationTable.find(id.subject, in: tx) }
        return Paths.review(.of(try #require(given)))
    }

    @Test func `the applicant chooses one of five, then says why, and cannot say it twice`() async throws {
        try await Self.open { maker, client in
            let id = try await maker.dossier(.ended)
            let lin = try await DoorVisitor(client, "lin", staff: false)
            #expect(try await lin.get("/dossiers/\(id)").page.contains("href=\"/dossiers/\(id)/evaluation\""))
            let path = "/dossiers/\(id)/evaluation"
            let first = try await lin.get(path).page
            for word in ["非常满意 ★★★★★", "非常不满意 ★☆☆☆☆", "全凭自愿"] { #expect(first.contains(word), "\(word)") }
            let second = try await lin.get(path + "?grade=2").page
            #expect(second.contains("没有提供材料样本") && !second.contains("一窗受理一次办结"))
            let wrong = try await lin.answer(path, on: path + "?grade=2", [("grade", "2"), ("tags", "510")])
            #expect(wrong.status == .unprocessableContent)
            #expect(String(buffer: wrong.body).contains("所选标签与等级不符"))
            _ = try await Self.bad(id, lin, maker)
            #expect(try await lin.get(path).page.contains("您的评价已收到"))
            let chen = try await DoorVisitor(client, "chen", staff: false)
            #expect(try await chen.get(path).status == 404)
        }
    }

    @Test func `a bad review is called, mended, verified, called back and published, and nobody is named`() async throws
    {
        try await Self.open { maker, client in
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let id = try await maker.dossier(.ended)
            let path = try await Self.bad(id, lin, maker)
            let reviewer = try await DoorVisitor(client, "review-hrss")
            let list = try await reviewer.get("/office/evaluations").page
            #expect(list.contains("href=\"\(path)\"") && list.contains("待联系"))
            let page = try await reviewer.get(path).page
            #expect(page.contains("样本看不清") && page.contains("没有提供材料样本"))
            for word in ["林晓榕", "13800000001", "福州示例企业"] { #expect(!page.contains(word), "\(word)") }
            let reach = try await reviewer.answer(path + "/reach", on: path)
            #expect(String(buffer: reach.body).contains("13800000001"))
            let looks = try await maker.cast.house.hall.looks(at: id)
            #expect(looks.contains { $0.purpose == "call-back" })
            let early = try await reviewer.post(
                path + "/verification",
                try await reviewer.tokens(of: path + "/contacts", on: path) + [("enough", "yes")])
            #expect(early.status == .conflict)
            #expect(
                try await reviewer.send(path + "/contacts", on: path, [("contact", "reached"), ("note", "已致电")]) == 303)
            let unsaid = try await reviewer.answer(path + "/measures", on: path, [("note", "已补")])
            #expect(unsaid.status == .unprocessableContent)
            #expect(
                try await reviewer.send(path + "/measures", on: path, [("measure", "mended"), ("note", "已补上样本")]) == 303
            )
            let own = try await reviewer.answer(path + "/verification", on: path, [("enough", "yes")])
            #expect(own.status == .forbidden)
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await head.send(path + "/verification", on: path, [("enough", "yes")]) == 303)
            #expect(try await head.send(path + "/call-back", on: path, [("grade", "4")]) == 303)
            let supervisor = try await DoorVisitor(client, "supervisor")
            #expect(try await supervisor.get("/office/evaluations?stage=revisited").page.contains(path))
            let first = try await supervisor.get("/office/evaluations").page
            #expect(first.contains(path) && first.contains("待公开（1）"), "what waits is what is opened first")
            let unknown = try await supervisor.get("/office/evaluations?stage=zzz").page
            #expect(unknown.contains(path), "and where there is no such list")
            let named = try await supervisor.answer(path + "/publication", on: path, [("note", "已致电13800000001")])
            #expect(named.status == .unprocessableContent)
            #expect(
                try await supervisor.send(path + "/publication", on: path, [("note", "材料样本不清，现已更换。")]) == 303)
            let response = try await client.execute(uri: "/evaluations", method: .get)
            let open = String(buffer: response.body)
            #expect(open.contains("材料样本不清，现已更换。") && open.contains("不足5条"))
            #expect(open.contains("评价月份") && !open.contains("评价日期"), "by the day one could guess whose it is")
            for word in ["林晓榕", "13800000001", "样本看不清"] { #expect(!open.contains(word), "\(word)") }
        }
    }

    @Test func `a body of which little was said stands on the public page with the least of the others`() async throws {
        try await Self.open { maker, client in
            let hall = maker.cast.house.hall
            let day = hall.time.now().day
            try await hall.store.write { tx in
                for (name, count) in [("甲局", 40), ("乙局", 20), ("丙局", 3)] {
                    var place = EvaluationPlace(.fuzhou)
                    (place.hall, place.bodyName) = (name, name)
                    (place.item, place.itemName) = ("item-\(count)", name.replacing("局", with: "事"))
                    var tally = EvaluationTally()
                    tally.stars = [0, 0, 0, 0, count]
                    try EvaluationFigureTable.add(tally, to: place, .mobile, on: day, in: tx)
                }
            }
            let page = String(buffer: try await client.execute(uri: "/evaluations", method: .get).body)
            for word in ["甲局", "甲事", "其他", "评价较少的2个单位合并"] { #expect(page.contains(word), "\(word)") }
            for word in ["乙局", "丙局", "乙事", "丙事"] { #expect(!page.contains(word), "\(word)") }
        }
    }

    @Test func `an appeal is ruled on by the supervisor, and what is upheld does not count`() async throws {
        try await Self.open { maker, client in
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let path = try await Self.bad(try await maker.dossier(.ended), lin, maker)
            let reviewer = try await DoorVisitor(client, "review-hrss")
            #expect(
                try await reviewer.send(path + "/appeal", on: path, [("ground", "mistaken"), ("note", "说的是另一个部门")])
                    == 303)
            #expect(try await reviewer.get(path).page.contains("申诉待监察人员裁定"))
            let supervisor = try await DoorVisitor(client, "supervisor")
            #expect(try await supervisor.get("/staff/notices").page.contains("收到差评"))
            #expect(try await supervisor.get("/office/evaluations?stage=appeals").page.contains(path))
            #expect(
                try await supervisor.send(path + "/ruling", on: path, [("upheld", "yes"), ("note", "核实属实")]) == 303)
            #expect(try await supervisor.get("/office/evaluations?stage=excluded").page.contains(path))
            let other = try await DoorVisitor(client, "review-housing")
            #expect(try await other.get(path).status == 403)
        }
    }

    @Test func `a signed link judges one case without signing in, and another mark opens nothing`() async throws {
        try await Self.open { maker, client in
            let id = try await maker.dossier(.ended)
            let path = maker.cast.house.site.evaluationLink(Paths.ofCase, id.subject)
            let page = String(buffer: try await client.execute(uri: path + "?grade=5", method: .get).body)
            let token = try #require(page.firstMatch(of: /name="token" value="([^"]+)"/)).1
            func post(_ fields: String) async throws -> TestResponse {
                try await client.execute(
                    uri: path, method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                    body: ByteBuffer(string: "token=\(token)&grade=5&\(fields)"))
            }
            let wrong = try await post("mobile=12345")
            #expect(wrong.status.code == EvaluationRefusal.mobileUnfit.kind.rawValue)
            #expect(String(buffer: wrong.body).contains("手机号码不正确"))
            #expect(throws: EvaluationRefusal.mobileUnfit) {
                try EvaluationForm.draft(PostedForm(fields: ["mobile": ["12345"]]), .qr)
            }
            #expect(try await post("tags=510").status == .seeOther)
            let last = path.last == "0" ? "1" : "0"
            let other = try await client.execute(uri: String(path.dropLast()) + last, method: .get)
            other.expect(refusal: EvaluationRefusal.linkWrong)
        }
    }

    @Test func `a colleague enters what was said by telephone, and the slip of a case bears a code`() async throws {
        try await Self.open { maker, client in
            let id = try await maker.dossier(.ended)
            let clerk = try await DoorVisitor(client, "window-city")
            let number = try await maker.cast.house.hall.open(id).dossier.submitted.numbers.short
            let asked = "/window/evaluations?number=\(number)&channel=hotline&grade=3"
            let fields = [("number", number), ("channel", "hotline"), ("grade", "3")]
            #expect(try await clerk.send("/window/evaluations", on: asked, fields) == 303)
            let none = try await clerk.get("/window/evaluations?number=A999&channel=phone")
            #expect(none.status == EvaluationRefusal.notFound.kind.rawValue)
            #expect(try await clerk.get("/window/dossiers/\(id)/slip").page.contains("评价二维码"))
        }
    }
}
