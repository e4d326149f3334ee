import Accounts
import Catalogue
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// How often one must come: before one applies, while it goes on, and afterwards.
@Suite struct TripPageTests {
    private static func page(_ client: any TestClientProtocol, _ path: String) async throws -> String {
        let response = try await client.execute(uri: path, method: .get)
        #expect(response.status == .ok, "\(path)")
        return String(buffer: response.body)
    }

    private static func item(_ slug: String, _ house: DoorHouse, in region: Region = .fuzhou) async throws
        -> ItemVersion
    {
        let line = try #require(try await house.hall.item(slug, in: [region]))
        return try #require(try await house.hall.item(line.itemCode))
    }

    @Test func `whoever is not signed in sees the plan of somebody who holds nothing, step by step`() async throws {
        try await DoorHouse.open { house in
            let item = try await Self.item("labour-dispatch", house)
            try await house.app.test(.router) { client in
                let guide = try await Self.page(client, Paths.item(item.itemCode) + "?s.filedBy=self")
                #expect(guide.contains("href=\"\(Paths.trips(item.itemCode, "?s%2EfiledBy=self"))\""))
                let page = try await Self.page(client, Paths.trips(item.itemCode))
                #expect(page.contains("<h1>您：1趟</h1>") && page.contains("没有登录"))
                #expect(page.contains("到窗口递交原件") && page.contains("第1趟") && page.contains("网上预审"))
                #expect(page.contains("还没有电子证照") && page.contains("验资报告"))
                #expect(page.contains("必须到场") || page.contains("到场原因"))
                let response = try await client.execute(
                    uri: Paths.trips(item.itemCode), method: .get, headers: [.cookie: "look=en"])
                #expect(String(buffer: response.body).contains("<h1>You: 1 trip</h1>"))
            }
        }
    }

    @Test func `an item that is done online from end to end takes nobody anywhere`() async throws {
        try await DoorHouse.open { house in
            let item = try await Self.item("second-class-constructor", house, in: .fujian)
            try await house.app.test(.router) { client in
                let open = try await Self.page(client, Paths.trips(item.itemCode))
                #expect(open.contains("<h1>您：0趟</h1>") && !open.contains("电子证照库提供"))
                // Who is signed in is told what the library spares her.
                let chen = try await DoorVisitor(client, "chen", staff: false)
                let own = try await chen.get(Paths.trips(item.itemCode)).page
                #expect(own.contains("<h1>您：0趟</h1>") && own.contains("电子证照库提供") && !own.contains("没有登录"))
            }
        }
    }

    /// Labour dispatch as a guide that wants one original on paper, for which a business licence can stand.
    private static func publish(_ house: DoorHouse) async throws -> ItemVersion {
        let item = try await item("labour-dispatch", house)
        let bytes = try CanonicalJSON.bytes(of: item.guide)
        var tree = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        var standard = try #require(tree["standard"] as? [String: Any])
        var materials = try #require(standard["materials"] as? [[String: Any]])
        for index in materials.indices {
            if materials[index]["id"] as? String == "capitalReport" {
                materials[index]["certificateTypeCode"] = "11100000MADEM40046001"
            } else {
                materials[index]["medium"] = "2"
            }
        }
        standard["materials"] = materials
        tree["standard"] = standard
        let guide = try JSONDecoder().decode(Guide.self, from: try JSONSerialization.data(withJSONObject: tree))
        let stamp = house.hall.stamp(of: .platform)
        let id = house.hall.ids.next()
        _ = try await house.hall.store.write { tx in
            try ItemTable.publish(guide, effective: stamp.now.day, id: id, stamp: stamp, in: tx)
        }
        return try await self.item("labour-dispatch", house)
    }

    @Test func `what is held as a certificate spares the visit, on the plan and in the application alike`() async throws
    {
        try await DoorHouse.open { house in
            let item = try await Self.publish(house)
            #expect(item.version == 2)
            let situation = ["premises": "rented", "filedBy": "self"]
            let path = Paths.trips(item.itemCode, AskedSituation(situation, item.guide).query)
            let lin = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
            let firm = try await house.person("91350100MADEM0054D")
            try await house.app.test(.router) { client in
                let open = try await Self.page(client, path)
                #expect(open.contains("<h1>您：1趟</h1>") && open.contains("如果您持有以下材料的有效电子证照"))
                let visitor = try await DoorVisitor(client, "lin", staff: false)
                let own = try await visitor.get(path).page
                #expect(own.contains("<h1>您：0趟</h1>") && own.contains("比指南公布的少"))
                var draft = try await house.hall.begin(item, by: lin.id, for: firm.id, situation: situation)
                draft.contents.situation = situation
                try await house.hall.save(draft)
                let way = Paths.draft(draft.id, "way")
                let choice = try await visitor.get(way).page
                #expect(choice.contains("value=\"O1.eCertificate\"") && choice.contains("value=\"O5.eCertificate\""))
                #expect(choice.contains(Paths.trips(item.itemCode)))
                #expect(try await visitor.send(way, on: way, [("way", "O1.eCertificate")]) == 303)
                // Chen holds no business licence: the way is not open to her.
                let chen = try await house.chen()
                let other = try await house.hall.begin(item, by: chen, for: chen, situation: situation)
                let theirs = Paths.draft(other.id, "way")
                let stranger = try await DoorVisitor(client, "chen", staff: false)
                #expect(!(try await stranger.get(theirs).page.contains("O1.eCertificate")))
                #expect(try await stranger.send(theirs, on: theirs, [("way", "O1.eCertificate")]) == 422)
            }
        }
    }

    @Test func `a closed case says what was promised and what it took, to the applicant and to the staff`() async throws
    {
        try await DoorHouse.open { house in
            let maker = try await CaseMaker(Cast(house))
            let id = try await maker.dossier(.issued)
            try await house.app.test(.router) { client in
                let lin = try await DoorVisitor(client, "lin", staff: false)
                #expect(try await lin.get(Paths.dossier(id)).page.contains("承诺跑1趟，已跑0趟"))
                try await maker.perform(.handOver(.identityCard, recipient: "林晓榕"), on: id, as: 4)
                let runner = EffectRunner(hall: house.hall, holder: "test")
                while try await runner.runOnce(isOrdered: true) > 0 {}
                let own = try await lin.get(Paths.dossier(id)).page
                #expect(own.contains("承诺跑1趟，实际跑1趟") && own.contains("领取结果"))
                let officer = try await DoorVisitor(client, "decide-hrss")
                #expect(try await officer.get(Paths.office(id)).page.contains("承诺跑1趟，实际跑1趟"))
                let clerk = try await DoorVisitor(client, "window-city")
                #expect(try await clerk.get(Paths.window(id)).page.contains("承诺跑1趟，实际跑1趟"))
                let figures = try await Self.page(client, "/figures")
                #expect(figures.contains("实际跑动") && figures.contains("合计承诺跑1趟，实际跑1趟"))
                #expect(try await Self.page(client, "/figures?place=350111").contains("近一年没有办结的办件"))
            }
        }
    }

    @Test func `a case that took more than promised says so, and is listed for the head alone`() async throws {
        try await DoorHouse.open { house in
            let maker = try await CaseMaker(Cast(house))
            let id = try await maker.dossier(.correctionRequested)
            let brought = DossierCommand.supplyCorrection([HandedIn("restPlan", .paper)])
            let commands: [(UInt64, DossierCommand)] = [
                (1, brought), (1, .accept), (2, .passReview(.grant, opinion: "符合")),
            ]
            for (number, command) in commands { try await maker.perform(command, on: id, as: number) }
            try await maker.perform(try await house.hall.grant(id, grounds: "符合"), on: id, as: 3)
            let runner = EffectRunner(hall: house.hall, holder: "test")
            while try await runner.runOnce(isOrdered: true) > 0 {}
            let short = try await house.hall.open(id).dossier.submitted.numbers.short
            try await house.app.test(.router) { client in
                let lin = try await DoorVisitor(client, "lin", staff: false)
                let own = try await lin.get(Paths.dossier(id)).page
                #expect(own.contains("承诺跑0趟，实际跑1趟") && own.contains("给您添麻烦了"))
                let head = try await DoorVisitor(client, "head-hrss")
                let list = try await head.get("/office/procedures").page
                #expect(list.contains("跑动次数超出承诺的办件") && list.contains(short))
                let officer = try await DoorVisitor(client, "review-hrss")
                #expect(!(try await officer.get("/office/procedures").page.contains("跑动次数超出承诺的办件")))
            }
        }
    }
}
