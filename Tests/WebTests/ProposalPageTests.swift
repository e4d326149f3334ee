import Accounts
import Catalogue
import Exchange
import Hall
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// An editor and what the province says of items.
@Suite struct ProposalPageTests {
    private struct Desk: Sendable {
        let house: DoorHouse
        let editor: DoorVisitor
        let partner: PartnerID
        let list = ProposalsPage.path

        static func open(
            on place: StoreUnderTest = .sqlite, _ body: @escaping @Sendable (Desk) async throws -> Void
        ) async throws {
            try await DoorHouse.open(on: place) { house in
                _ = try await house.partner("province")
                let clientID = try #require(AccessID("province"))
                _ = try await house.hall.give(.propose, .everywhere, to: clientID)
                let partner = try #require(try await house.hall.partners().first?.partner.id)
                try await house.app.test(.router) { client in
                    try await body(
                        Desk(house: house, editor: try await DoorVisitor(client, "editor"), partner: partner))
                }
            }
        }

        /// An item that only the province has, in its list, for the city's transport body.
        func begin(code: String) async throws -> String {
            let body = try #require(
                house.site.composer.directory.bodies.first { $0.department == "transport" }
            ).code.description
            let all: [String: JSONValue] = [
                "row_guid": .text("t-9"), "task_name": .text("示例新事项审批"), "catalog_code": .text(code),
                "task_type": .text("01"), "by_law": .text("《中华人民共和国道路运输条例》"), "power_source": .text("1"),
                "use_level": .text("3,4"), "task_code": .text("\(body)3\(code)"), "task_state": .text("1"),
                "task_version": .number(1), "dept_name": .text("交通运输局"), "dept_type": .text("1"),
                "dept_code": .text(body), "anticipate_day": .number(20), "anticipate_type": .text("1"),
                "promise_day": .number(5), "promise_type": .number(1), "accept_condition": .text("在本地登记"),
                "handle_flow": .text("受理、审核、决定"), "is_fee": .text("0"), "server_type": .text("2"),
                "project_type": .text("2"), "limit_scene_num": .number(0), "special_procedure": .text("无"),
                "app_is_single_login": .text("0"), "is_single_login": .text("0"), "transact_addr": .text("示例路1号"),
                "transact_time": .text("工作日"), "link_way": .text("0591-00000000"), "supervise_way": .text("12345"),
                "cd_operation": .text("I"), "cd_time": .text("2018-11-19 09:00:00"), "cd_batch": .text("b-1"),
                "data_source": .text("350"),
            ]
            return try await take(try LinkRecord("dn_task_general_basic", number: "", all, in: house.hall.families))
        }

        /// What the province says of an item in its further columns.
        func extend(_ values: [String: JSONValue], key: String) async throws -> String {
            let all: [String: JSONValue] = [
                "row_guid": .text(key), "task_guid": .text("t-1"),
                "task_code": .text("11350100MADEM00380" + "3" + "000118901000"), "is_Entry_center": .text("1"),
                "result_type": .text("1"), "is_schedule": .text("1"), "is_pay_online": .text("0"),
                "is_express": .text("1"), "is_online": .text("1"), "cd_operation": .text("I"),
                "cd_time": .text("2018-11-19 09:00:00"), "cd_batch": .text("b-1"), "data_source": .text("350"),
            ].merging(values) { $1 }
            return try await take(try LinkRecord("dn_task_general_extend", number: "", all, in: house.hall.families))
        }

        private func take(_ record: LinkRecord) async throws -> String {
            try await house.hall.take(record, from: partner, at: record.record.digest) { _ in
                throw LinkRefusal.fileMissing
            }
        }

        func sheet() async throws -> KeptSheet { try await house.hall.sheet("road-freight") }

        func state(_ id: String) async throws -> CatalogueProposal {
            try await house.hall.proposal(try #require(ProposalID(id)), house.site.composer).proposal
        }

        /// Sends a deed from a page that was opened before: nothing on the page of now offers it.
        func sendLate(_ deed: String, of id: String, _ tokens: [(String, String)], revision: Int) async throws -> String
        {
            let answer = try await editor.post("\(list)/\(id)/\(deed)", tokens + [("revision", "\(revision)")])
            #expect(answer.status.code == 409)
            return String(buffer: answer.body)
        }

        func send(_ deed: String, of id: String, _ more: [(String, String)] = []) async throws -> Int {
            let revision = try await sheet().revision
            return try await editor.send(
                "\(list)/\(id)/\(deed)", on: "\(list)/\(id)", [("revision", "\(revision)")] + more)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an editor takes over by one click what the province says, under her own name, and closes the rest`(
        _ place: StoreUnderTest
    ) async throws {
        try await Desk.open(on: place) { desk in
            let id = try await desk.extend(
                ["is_pay_online": .text("1"), "is_schedule": .text("0"), "result_name": .text("经营许可证")], key: "e-1")
            #expect(try await desk.editor.get("/office/catalogue").page.contains("有1条目录变更建议待处理"))
            #expect(try await desk.editor.get("/office/catalogue/road-freight").page.contains("\(desk.list)/\(id)"))
            let page = try await desk.editor.get("\(desk.list)/\(id)").page
            #expect(page.contains("是否支持网上支付") && page.contains("一键采纳") && page.contains("在底稿中填写"))
            let take = try await desk.editor.tokens(of: "\(desk.list)/\(id)/adoption", on: "\(desk.list)/\(id)")
            #expect(try await desk.send("adoption", of: id) == 303)
            let sheet = try await desk.sheet()
            #expect(sheet.state == .draft && sheet.editor != nil)
            #expect(sheet.sheet.values["onlinePaymentSupported"] == .flag(true))
            #expect(sheet.sheet.values["appointment"]?["supported"] == .flag(false))
            #expect(try await desk.state(id).state == .open, "a name is written by hand")
            #expect(try await desk.editor.get("\(desk.list)/\(id)").page.contains("经营许可证"))
            let nothing = try await desk.sendLate("adoption", of: id, take, revision: sheet.revision)
            #expect(nothing.contains("没有可以一键采纳的内容"))
            let finish = try await desk.editor.tokens(of: "\(desk.list)/\(id)/completion", on: "\(desk.list)/\(id)")
            #expect(try await desk.send("completion", of: id) == 303)
            let over = try await desk.state(id)
            #expect(over.state == .taken && over.end?.editor == sheet.editor)
            let again = try await desk.sendLate("completion", of: id, finish, revision: sheet.revision)
            #expect(again.contains("已经处理"))
            #expect(try await desk.editor.get("\(desk.list)?state=taken").page.contains(id))
        }
    }

    @Test func `what is taken over to the last word ends the proposal by itself`() async throws {
        try await Desk.open { desk in
            let id = try await desk.extend(["is_pay_online": .text("1")], key: "e-1")
            #expect(try await desk.send("adoption", of: id) == 303)
            #expect(try await desk.state(id).state == .taken)
        }
    }

    @Test func `what is not taken over says why, and stands with it`() async throws {
        try await Desk.open { desk in
            let id = try await desk.extend(["is_pay_online": .text("1")], key: "e-1")
            #expect(try await desk.send("rejection", of: id, [("reason", " ")]) == 422)
            #expect(try await desk.send("rejection", of: id, [("reason", "本市没有网上支付")]) == 303)
            let over = try await desk.state(id)
            #expect(over.state == .declined && over.end?.reason == "本市没有网上支付")
            #expect(try await desk.editor.get("\(desk.list)/\(id)").page.contains("本市没有网上支付"))
        }
    }

    @Test func `a sheet that waits for its review, or was changed meanwhile, takes nothing over`() async throws {
        try await Desk.open { desk in
            let id = try await desk.extend(["is_pay_online": .text("1")], key: "e-1")
            let late = try await desk.editor.send(
                "\(desk.list)/\(id)/adoption", on: "\(desk.list)/\(id)", [("revision", "0")])
            #expect(late == 409)
            let take = try await desk.editor.tokens(of: "\(desk.list)/\(id)/adoption", on: "\(desk.list)/\(id)")
            let field = "/office/catalogue/road-freight/fields/promisedLimitNote"
            let saved = try await desk.editor.send(
                field, on: field,
                [("revision", "1"), ("promisedLimitNote.zh", "自受理之日起"), ("promisedLimitNote.en", "From acceptance")])
            #expect(saved == 303)
            let sheet = "/office/catalogue/road-freight"
            #expect(try await desk.editor.send("\(sheet)/submission", on: sheet, [("revision", "2")]) == 303)
            #expect(try await desk.editor.get("\(desk.list)/\(id)").page.contains("正在审核"))
            _ = try await desk.sendLate("adoption", of: id, take, revision: 3)
            #expect(try await desk.state(id).state == .open)
        }
    }

    @Test func `an item that the catalogue does not have begins a sheet under the province's own code`() async throws {
        try await Desk.open { desk in
            let code = "000118999000"
            let id = try await desk.begin(code: code)
            let page = try await desk.editor.get("\(desk.list)/\(id)").page
            #expect(page.contains("本市目录中没有这一事项") && page.contains("示例新事项审批"))
            let path = "\(desk.list)/\(id)/beginning"
            let begin = try await desk.editor.tokens(of: path, on: "\(desk.list)/\(id)")
            #expect(try await desk.editor.send(path, on: "\(desk.list)/\(id)") == 303)
            let kept = try await desk.house.hall.sheet(code)
            #expect(kept.sheet.department == "transport" && kept.sheet.name.zh == "示例新事项审批")
            #expect(kept.sheet.powers.map(\.catalogCode.code) == [code])
            #expect(Set(kept.sheet.powers.flatMap(\.levels)) == [.city, .county])
            // With a sheet the rest can be taken over.
            let taken = try await desk.editor.send(
                "\(desk.list)/\(id)/adoption", on: "\(desk.list)/\(id)", [("revision", "1")])
            #expect(taken == 303)
            let filled = try await desk.house.hall.sheet(code).sheet.values
            #expect(filled["promisedLimit"]?["value"] == .number(5) && filled["serviceObjects"] == .list([.text("2")]))
            let again = try await desk.sendLate("beginning", of: id, begin, revision: 2)
            #expect(again.contains("catalogue.proposal-settled"), "all that has a place in a sheet was taken over")
        }
    }

    @Test func `what there is not is said to be not there`() async throws {
        try await Desk.open { desk in
            let nobody = "00000000000000000000000001"
            for id in [nobody, "x"] {
                let page = try await desk.editor.get("\(desk.list)/\(id)")
                #expect(page.status == 404)
            }
            let refusal = await #expect(throws: CatalogueRefusal.self) { _ = try await desk.state(nobody) }
            #expect(refusal?.code == "catalogue.proposal-not-found")
            #expect(CatalogueRefusal.nothingToTake.code == "catalogue.nothing-to-take")
        }
    }
}
