import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
import Papers
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

@Suite struct PaperTests {
    /// What a page says, without its tags.
    static func text(_ page: String) -> String {
        page.replacing(/<[^>]*>/, with: "")
    }

    /// The firm of the demonstration city files for special working hours at the city's bureau.
    private func filed(_ house: DoorHouse) async throws -> DossierID {
        let firm = try #require(CreditCode("91350100MADEM0054D"))
        return try await house.filed(
            "special-working-hours", in: .fuzhou, for: .organisation(firm), .fullyOnline, .eCertificate,
            situation: ["system": "flexible", "procedure": "examination", "filedBy": "self"])
    }

    private func open(_ body: @escaping @Sendable (DoorHouse, any TestClientProtocol, DossierID) async throws -> Void)
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in try await body(house, client, try await filed(house)) }
        }
    }

    /// The latest paper of a kind.
    private func line(_ kind: PaperKind, of id: DossierID, _ house: DoorHouse) async throws -> PaperLine {
        try #require(try await house.hall.papers(of: id).last { $0.kind == kind })
    }

    /// The paper at the applicant's, the window's and the office's door; the same sheet everywhere.
    private func read(
        _ kind: PaperKind, of id: DossierID, _ house: DoorHouse, _ client: any TestClientProtocol,
        staff: [(login: String, door: String)]
    ) async throws -> String {
        let applicant = try await DoorVisitor(client, "lin", staff: false)
        let address = "/dossiers/\(id)/papers/\(try await line(kind, of: id, house).id)"
        let dossierPage = try await applicant.get("/dossiers/\(id)").page
        #expect(dossierPage.contains("href=\"\(address)\""))
        let own = try await applicant.get(address)
        #expect(own.status == 200)
        let sheet = try #require(own.page.firstMatch(of: /<article class="paper".*?<\/article>/)).0
        for (login, door) in staff {
            let page = try await DoorVisitor(client, login).get(door + address)
            #expect(page.status == 200, "\(login)")
            #expect(page.page.contains(sheet), "\(login)")
        }
        return Self.text(own.page)
    }

    @Test func `a filing that was received has its receipt and nothing else, and no address answers for another`()
        async throws
    {
        try await open { house, client, id in
            #expect(try await house.hall.papers(of: id).map(\.kind) == [.receipt])
            let receipt = try await line(.receipt, of: id, house).id
            let applicant = try await DoorVisitor(client, "lin", staff: false)
            let other = try await filed(house)
            for path in [
                "/dossiers/\(other)/papers/\(receipt)", "/dossiers/\(id)/papers/\(other)", "/dossiers/\(id)/papers/x",
            ] {
                #expect(try await applicant.get(path).status == 404, "\(path)")
            }
            let text = try await read(.receipt, of: id, house, client, staff: [("window-city", "/window")])
            #expect(text.contains("收件凭证"))
            #expect(text.contains("本凭证只证明收到上述材料，不代表受理"))
        }
    }

    @Test func `a correction notice names every material, what is wrong, what is required, and by when`() async throws {
        try await open { house, client, id in
            let path = "/window/dossiers/\(id)"
            let sent = try await DoorVisitor(client, "window-city").send(
                path + "/correction-notices", on: path,
                [
                    ("defect-restPlan", "incomplete"), ("cause-restPlan", "overlooked"),
                    ("defect-applicationForm", "wrongForm"), ("cause-applicationForm", "overlooked"),
                    ("note", "岗位人数前后不一致"),
                ])
            #expect(sent == 303)
            let dossier = try await house.hall.open(id).dossier
            let text = try await read(.correction, of: id, house, client, staff: [("window-city", "/window")])
            #expect(text.contains("补正材料告知书"))
            #expect(text.contains("办件编号：\(dossier.submitted.numbers.short)"))
            #expect(text.contains("福州示例企业一有限公司："))
            #expect(text.contains("根据《中华人民共和国行政许可法》第三十二条第一款第四项的规定，现将需要补正的全部内容一次告知如下："))
            let form = try #require(text.range(of: "企业实行不定时工作制和综合计算工时工作制申请表不符合法定形式各栏填写完整"))
            let plan = try #require(text.range(of: "工作和休息安排方案内容不全逐个岗位写明人数"))
            #expect(form.lowerBound < plan.lowerBound)
            #expect(text.contains("补充说明：岗位人数前后不一致"))
            let due = try #require(house.hall.rules.correctionDue(of: dossier))
            #expect(text.contains("请于\(PaperDay.text(due.day, isChinese: true))前（含当日）"))
            #expect(text.contains("本次办理终止；需要时可以重新申请"))
        }
    }

    @Test func `a decision of non-acceptance gives reason, article and remedies`() async throws {
        let grounds: [(ground: String, said: [String])] = [
            ("notNeeded", ["依法不需要取得行政许可。", "根据《中华人民共和国行政许可法》第三十二条第一款第一项的规定"]),
            ("otherAuthority", ["不属于本机关职权范围。", "根据《中华人民共和国行政许可法》第三十二条第一款第二项的规定"]),
        ]
        for (ground, said) in grounds {
            try await open { house, client, id in
                let path = "/window/dossiers/\(id)"
                let sent = try await DoorVisitor(client, "window-city").send(
                    path + "/non-acceptance", on: path,
                    [("ground", ground), ("authority", "福州市教育局"), ("note", "请向有权机关咨询<示例>")])
                #expect(sent == 303)
                let text = try await read(.nonAcceptance, of: id, house, client, staff: [("window-city", "/window")])
                #expect(text.contains("不予受理决定书"))
                for sentence in said { #expect(text.contains(sentence)) }
                #expect(text.contains("请向有权机关咨询&lt;示例&gt;"))
                #expect(text.contains("六十日内，依照《中华人民共和国行政复议法》第二十条、第二十四条的规定向福州市人民政府申请行政复议"))
                #expect(text.contains("六个月内，依照《中华人民共和国行政诉讼法》第十八条、第四十六条的规定直接向福州市鼓楼区人民法院提起行政诉讼"))
            }
        }
    }

    /// The filing decided in the office, by way of window and examination.
    private func decide(
        _ choice: String, _ grounds: String, _ id: DossierID, _ client: any TestClientProtocol
    ) async throws {
        let (window, office) = ("/window/dossiers/\(id)", "/office/dossiers/\(id)")
        let sent = [
            try await DoorVisitor(client, "window-city").send(window + "/acceptance", on: window),
            try await DoorVisitor(client, "review-hrss").send(
                office + "/review", on: office, [("choice", choice), ("note", "已审查")]),
            try await DoorVisitor(client, "decide-hrss").send(
                office + "/decision", on: office, [("choice", choice), ("note", grounds)]),
        ]
        #expect(sent == [303, 303, 303])
    }

    private static let doors = [
        (login: "window-city", door: "/window"), ("review-hrss", "/office"), ("decide-hrss", "/office"),
    ]

    @Test func `a refusal gives its reasons and the remedies, and the acceptance before it stays to be read`()
        async throws
    {
        try await open { house, client, id in
            try await decide("refuse", "申请岗位不属于可以实行不定时工作制的范围", id, client)
            let text = try await read(.refusal, of: id, house, client, staff: Self.doors)
            #expect(text.contains("不予行政许可决定书"))
            #expect(text.contains("根据《中华人民共和国行政许可法》第三十八条第二款的规定，本机关决定不予行政许可。"))
            #expect(text.contains("《中华人民共和国劳动法》第三十九条"))
            #expect(text.contains("申请岗位不属于可以实行不定时工作制的范围"))
            #expect(text.contains("向福州市人民政府申请行政复议（也可以通过全国行政复议服务平台在线提交申请）"))
            #expect(text.contains("直接向福州市鼓楼区人民法院提起行政诉讼"))
            let notice = try await read(.acceptance, of: id, house, client, staff: Self.doors)
            let dossier = try await house.hall.open(id).dossier
            let accepted = try #require(dossier.acceptance)
            let promised = house.hall.rules.clock.calendar.day(WorkingDays(4), after: accepted.from.day)
            #expect(notice.contains("第三十二条第一款第五项的规定，决定自"))
            #expect(notice.contains("在4个工作日内作出决定，即于\(PaperDay.text(promised, isChinese: true))前（含当日）作出决定"))
        }
    }

    @Test func `a grant says what was granted, on what ground, and by when the certificate comes`() async throws {
        try await open { house, client, id in
            try await decide("grant", "符合不定时工作制的适用条件", id, client)
            let text = try await read(.grant, of: id, house, client, staff: Self.doors)
            #expect(text.contains("准予行政许可决定书"))
            #expect(text.contains("根据《中华人民共和国行政许可法》第三十八条第一款的规定，决定如下：准予行政许可。"))
            #expect(text.contains("符合不定时工作制的适用条件"))
            #expect(text.contains("证照编号："))
            #expect(text.contains("依照第四十四条的规定"))
            #expect(!text.contains("不予"))
            #expect(!text.contains("行政复议"))
        }
    }

    @Test func `a reader of English gets the Chinese paper and a translation that says it is none`() async throws {
        try await open { house, client, id in
            try await decide("refuse", "不符合条件", id, client)
            let refusal = try await line(.refusal, of: id, house).id
            let page = try await DoorVisitor(client, "lin", staff: false, look: "en").get(
                "/dossiers/\(id)/papers/\(refusal)"
            ).page
            #expect(page.contains("<h1>不予行政许可决定书</h1>"))
            #expect(page.contains("the Chinese paper alone has effect"))
            #expect(page.contains("within 60 days of knowing of it"))
            #expect(
                page.contains("Fuzhou Municipal People&#39;s Government") || page.contains("Fuzhou Municipal People's"))
        }
    }

    @Test func `what is no licence cites the licensing law likewise, and refuses no licence`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let number = try #require(CitizenID("350102188501010019"))
                let gulou = try #require(Region("350102"))
                let line = try #require(try await house.hall.item("flexible-employment-subsidy", in: [gulou]))
                let guide = try #require(try await house.hall.item(line.itemCode)).guide
                let situation = Dictionary(
                    uniqueKeysWithValues: guide.situations.map { ($0.id, $0.choices[0].id) })
                let id = try await house.filed(
                    "flexible-employment-subsidy", in: gulou, for: .citizen(number), .fullyOnline, .eCertificate,
                    situation: situation)
                let path = "/window/dossiers/\(id)"
                _ = try await DoorVisitor(client, "window-city").send(
                    path + "/non-acceptance", on: path,
                    [("ground", "otherAuthority"), ("authority", "福州市教育局"), ("note", "示例")])
                let paper = try await self.line(.nonAcceptance, of: id, house).id
                let page = try await DoorVisitor(client, "lin", staff: false).get("/dossiers/\(id)/papers/\(paper)")
                    .page
                let text = Self.text(page)
                #expect(text.contains("参照《中华人民共和国行政许可法》第三十二条第一款第二项的规定"))
            }
        }
    }

    @Test func `nobody else reads an applicant's papers`() async throws {
        try await open { house, client, id in
            try await decide("refuse", "不符合条件", id, client)
            let refusal = try await line(.refusal, of: id, house).id
            let stranger = try await DoorVisitor(client, "chen", staff: false)
            let elsewhere = try await DoorVisitor(client, "decide-housing")
            for name in ["\(refusal)", "\(refusal).pdf"] {
                #expect(try await stranger.get("/dossiers/\(id)/papers/\(name)").status == 404)
                #expect(try await elsewhere.get("/office/dossiers/\(id)/papers/\(name)").status == 403)
            }
        }
    }
}
