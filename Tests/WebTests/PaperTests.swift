import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
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

    /// The paper at the applicant's, the window's and the office's door; the same sheet everywhere.
    private func read(
        _ paper: DossierPaper, of id: DossierID, _ client: any TestClientProtocol,
        staff: [(login: String, door: String)]
    ) async throws -> String {
        let applicant = try await DoorVisitor(client, "lin", staff: false)
        let dossierPage = try await applicant.get("/dossiers/\(id)").page
        #expect(dossierPage.contains("href=\"/dossiers/\(id)/\(paper.rawValue)\""))
        let own = try await applicant.get("/dossiers/\(id)/\(paper.rawValue)")
        #expect(own.status == 200)
        let body = try #require(own.page.firstMatch(of: /<div class="paper-body">.*?<\/div>/)).0
        #expect(!own.page.contains("签收人"))
        for (login, door) in staff {
            let page = try await DoorVisitor(client, login).get("\(door)/dossiers/\(id)/\(paper.rawValue)")
            #expect(page.status == 200, "\(login)")
            #expect(page.page.contains(body), "\(login)")
            #expect(page.page.contains("签收人") == (door == "/window"), "\(login)")
        }
        return Self.text(own.page)
    }

    @Test func `a filing has no paper before somebody acted, and no address answers for one`() async throws {
        try await open { _, client, id in
            let applicant = try await DoorVisitor(client, "lin", staff: false)
            let clerk = try await DoorVisitor(client, "window-city")
            for paper in DossierPaper.allCases {
                #expect(try await applicant.get("/dossiers/\(id)/\(paper.rawValue)").status == 404)
                #expect(try await clerk.get("/window/dossiers/\(id)/\(paper.rawValue)").status == 404)
                #expect(try await !clerk.get("/window/dossiers/\(id)").page.contains("/\(paper.rawValue)\""))
            }
        }
    }

    @Test func `a correction notice names every material, what is wrong, what is required, and by when`() async throws {
        try await open { house, client, id in
            let path = "/window/dossiers/\(id)"
            let sent = try await DoorVisitor(client, "window-city").send(
                path + "/correction-notices", on: path,
                [("defect-restPlan", "incomplete"), ("defect-applicationForm", "wrongForm"), ("note", "岗位人数前后不一致")])
            #expect(sent == 303)
            let dossier = try await house.hall.open(id).dossier
            let text = try await read(.correction, of: id, client, staff: [("window-city", "/window")])
            #expect(text.contains("补正告知书"))
            #expect(text.contains("办件编号 \(dossier.submitted.numbers.short)"))
            #expect(text.contains("福州示例企业一有限公司："))
            #expect(text.contains("根据《中华人民共和国行政许可法》第三十二条第一款第（四）项的规定，现将需要补正的全部内容一次告知如下："))
            let form = try #require(text.range(of: "1. 企业实行不定时工作制和综合计算工时工作制申请表：形式不符合要求。补正要求：各栏填写完整"))
            let plan = try #require(text.range(of: "2. 工作和休息安排方案：内容不全。补正要求：逐个岗位写明人数"))
            #expect(form.lowerBound < plan.lowerBound)
            #expect(!text.contains("3. "))
            #expect(text.contains("补充说明：岗位人数前后不一致"))
            let due = try #require(house.hall.rules.correctionDue(of: dossier))
            let words = house.site.interior.tables.words(.portal, .zh)
            #expect(text.contains("请你单位于\(words.plainDate(due.day))前（含当日）"))
            #expect(text.contains("逾期未补正的，本次申请终止"))
        }
    }

    @Test func `a notice of non-acceptance gives reason, article and remedies`() async throws {
        let grounds: [(ground: String, said: String)] = [
            ("notNeeded", "依法不需要取得行政许可。根据《中华人民共和国行政许可法》第三十二条第一款第（一）项的规定"),
            ("otherAuthority", "不属于本机关职权范围。根据《中华人民共和国行政许可法》第三十二条第一款第（二）项的规定"),
        ]
        for (ground, said) in grounds {
            try await open { _, client, id in
                let path = "/window/dossiers/\(id)"
                let sent = try await DoorVisitor(client, "window-city").send(
                    path + "/non-acceptance", on: path,
                    [("ground", ground), ("authority", "福州市教育局"), ("note", "请向有权机关咨询<示例>")])
                #expect(sent == 303)
                let text = try await read(.nonAcceptance, of: id, client, staff: [("window-city", "/window")])
                #expect(text.contains("不予受理通知书"))
                #expect(text.contains(said))
                #expect(text.contains("理由：请向有权机关咨询&lt;示例&gt;"))
                #expect(text.contains("自收到本通知书之日起60日内，依照《中华人民共和国行政复议法》第二十条的规定向福州市人民政府申请行政复议"))
                #expect(text.contains("6个月内，依照《中华人民共和国行政诉讼法》第四十六条的规定向福州市鼓楼区人民法院提起行政诉讼"))
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
            let text = try await read(.decision, of: id, client, staff: Self.doors)
            #expect(text.contains("不予行政许可决定书"))
            #expect(text.contains("申请不符合法定条件、标准。根据《中华人民共和国行政许可法》第三十八条第二款的规定，本机关决定不予行政许可。"))
            #expect(text.contains("事项依据：《中华人民共和国劳动法》第三十九条"))
            #expect(text.contains("理由：申请岗位不属于可以实行不定时工作制的范围"))
            #expect(text.contains("自收到本决定书之日起60日内"))
            #expect(text.contains("向福州市人民政府申请行政复议"))
            #expect(text.contains("6个月内"))
            #expect(text.contains("向福州市鼓楼区人民法院提起行政诉讼"))
            let notice = try await read(.acceptance, of: id, client, staff: Self.doors)
            let dossier = try await house.hall.open(id).dossier
            let accepted = try #require(dossier.acceptance)
            let promised = house.hall.rules.clock.calendar.day(WorkingDays(4), after: accepted.from.day)
            let words = house.site.interior.tables.words(.portal, .zh)
            #expect(notice.contains("第三十二条第一款第（五）项的规定，本机关决定予以受理"))
            #expect(notice.contains("本机关将于\(words.plainDate(promised))前（含当日）作出决定"))
        }
    }

    @Test func `a grant says what was granted, on what ground, and by when the certificate comes`() async throws {
        try await open { house, client, id in
            try await decide("grant", "符合不定时工作制的适用条件", id, client)
            let text = try await read(.decision, of: id, client, staff: Self.doors)
            #expect(text.contains("准予行政许可决定书"))
            #expect(text.contains("根据《中华人民共和国行政许可法》第三十八条第一款的规定，本机关决定准予行政许可。"))
            #expect(text.contains("理由和依据：符合不定时工作制的适用条件"))
            #expect(text.contains("证件（文书）名称：企业实行不定时工作制和综合计算工时工作制批复"))
            #expect(!text.contains("不予"))
            #expect(!text.contains("行政复议"))
        }
    }

    @Test func `a reader of English gets the Chinese paper and a translation that says it is none`() async throws {
        try await open { _, client, id in
            try await decide("refuse", "不符合条件", id, client)
            let page = try await DoorVisitor(client, "lin", staff: false, look: "en").get(
                "/dossiers/\(id)/written-decision"
            ).page
            #expect(page.contains("<h1>不予行政许可决定书</h1>"))
            #expect(page.contains("the Chinese paper alone has effect"))
            #expect(page.contains("within 60 days of receiving it"))
            #expect(
                page.contains("Fuzhou Municipal People&#39;s Government") || page.contains("Fuzhou Municipal People's"))
        }
    }

    @Test func `what is no licence cites the licensing law likewise, and grants no licence`() async throws {
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
                let page = try await DoorVisitor(client, "lin", staff: false).get(
                    "/dossiers/\(id)/non-acceptance-notice"
                ).page
                let text = Self.text(page)
                #expect(text.contains("参照《中华人民共和国行政许可法》第三十二条第一款第（二）项的规定"))
                #expect(text.contains("请您向有关行政机关申请"))
            }
        }
    }

    @Test func `nobody else reads an applicant's papers`() async throws {
        try await open { _, client, id in
            try await decide("refuse", "不符合条件", id, client)
            let stranger = try await DoorVisitor(client, "chen", staff: false)
            #expect(try await stranger.get("/dossiers/\(id)/written-decision").status == 404)
            let elsewhere = try await DoorVisitor(client, "decide-housing")
            #expect(try await elsewhere.get("/office/dossiers/\(id)/written-decision").status == 403)
        }
    }
}
