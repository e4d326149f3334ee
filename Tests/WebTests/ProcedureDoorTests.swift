import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// The procedures of the law, walked by those who do them at their doors.
@Suite struct ProcedureDoorTests {
    /// A case of the sample firm at a stage, and somebody who signs in by her login.
    private struct Walk: Sendable {
        let maker: CaseMaker
        let client: any TestClientProtocol
        let id: DossierID

        var house: DoorHouse { maker.cast.house }
        var office: String { Paths.office(id) }
        var window: String { Paths.window(id) }
        var portal: String { Paths.dossier(id) }

        func visitor(_ login: String, staff: Bool = true, look: String = "zh") async throws -> DoorVisitor {
            try await DoorVisitor(client, login, staff: staff, look: look)
        }

        var dossier: Dossier { get async throws { try await house.hall.open(id).dossier } }

        /// So many whole days later; what time brings, happens.
        func later(days: Int64) async throws {
            house.clock.move(seconds: days * 86_400)
            _ = try await Pulse(hall: house.hall).beat()
        }
    }

    private func walk(
        at stage: Dossier.Stage.Name, lacking: String? = nil, _ body: @escaping @Sendable (Walk) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                try await body(
                    Walk(maker: maker, client: client, id: try await maker.dossier(stage, lacking: lacking)))
            }
        }
    }

    @Test func `an inspection is begun, prolonged and ended by two, and the page says so`() async throws {
        try await walk(at: .inReview) { walk in
            let reviewer = try await walk.visitor("review-hrss")
            let path = walk.office
            #expect(
                try await reviewer.send(
                    path + "/special-procedures", on: path,
                    [("procedure", "inspection"), ("days", "3"), ("note", "核实场所")]) == 303)
            #expect(
                try await reviewer.send(
                    path + "/special-prolongations", on: path,
                    [("procedure", "inspection"), ("days", "2"), ("note", "场所不便进入")]) == 303)
            let page = try await reviewer.get(path).page
            #expect(page.contains("现场勘验") && page.contains("5 个工作日"), "what was told is added up")
            let result = [
                ("procedure", "inspection"), ("choice", "unfavourable"), ("note", "通道堵塞"), ("standard", "GB 1"),
            ]
            for staff in ["YC-1003", "YC-1003 YC-1003"] {
                let alone = try await reviewer.answer(path + "/special-results", on: path, result + [("staff", staff)])
                alone.expect(refusal: DossierRefusal.twoStaffNeeded, staff)
                let text = String(buffer: alone.body)
                #expect(text.contains("通道堵塞") && text.contains("value=\"\(staff)\""), "what was typed stays")
                #expect(text.contains("href=\"#field-special-results-staff\""), "the summary leads to the field")
            }
            #expect(
                try await reviewer.send(
                    path + "/special-results", on: path, result + [("staff", "yc-1003、YC-1004")]) == 303)
            let record = try #require(try await walk.dossier.proceedings.special.first)
            #expect(record.finding?.staff.count == 2 && record.finding?.isFavourable == false)
            #expect(try await reviewer.get(path).page.contains("不符合要求"))
        }
    }

    @Test(arguments: ["YC-9999", "!"])
    func `a number that nobody has is refused at its field`(number: String) async throws {
        try await walk(at: .inReview) { walk in
            let reviewer = try await walk.visitor("review-hrss", look: "en")
            let path = walk.office
            _ = try await reviewer.send(
                path + "/special-procedures", on: path,
                [("procedure", "testing"), ("days", "3"), ("note", "sample")])
            let answer = try await reviewer.answer(
                path + "/special-results", on: path,
                [
                    ("procedure", "testing"), ("choice", "favourable"), ("note", "fine"),
                    ("staff", "YC-1003 \(number)"),
                ])
            #expect(answer.status.code == 404 && answer.code == "accounts.staff-not-found")
            #expect(String(buffer: answer.body).contains("field-special-results-staff-error"))
            #expect(try await walk.dossier.proceedings.special.running.count == 1)
        }
    }

    @Test func `a hearing is told, asked for in the portal, held under its chair and recorded by her`() async throws {
        try await walk(at: .inReview) { walk in
            let reviewer = try await walk.visitor("review-hrss")
            let applicant = try await walk.visitor("lin", staff: false)
            let path = walk.office
            #expect(
                try await reviewer.send(path + "/hearing-notices", on: path, [("note", "涉及职工重大利益")]) == 303)
            #expect(try await applicant.get(walk.portal).page.contains("可以申请听证"))
            #expect(try await applicant.send(walk.portal + "/hearing-requests", on: walk.portal) == 303)
            let today = walk.house.hall.time.now().day
            let soon = [("time", "9:00"), ("place", "三楼听证室"), ("chair", "YC-1004")]
            let early = try await reviewer.answer(
                path + "/hearings", on: path, soon + [("day", today.advanced(byDays: 2).description)])
            #expect(early.status.code == 422 && String(buffer: early.body).contains("三楼听证室"))
            for day in ["soon", "2026-13-01"] {
                let wrong = try await reviewer.answer(path + "/hearings", on: path, soon + [("day", day)])
                #expect(wrong.code == "form.day-malformed")
                #expect(String(buffer: wrong.body).contains("field-hearings-day-error"))
            }
            let lawful = walk.house.hall.rules.clock.due(WorkingDays(10), after: walk.house.hall.time.now()).day
            let when = [("day", lawful.description)]
            let clock = [("time", "25:00"), ("place", "三楼听证室"), ("chair", "YC-1004")]
            let wrong = try await reviewer.answer(path + "/hearings", on: path, when + clock)
            #expect(wrong.code == "form.time-malformed")
            #expect(try await reviewer.send(path + "/hearings", on: path, soon + when) == 303)
            #expect(try await applicant.get(walk.portal).page.contains("三楼听证室"))
            try await walk.later(days: Int64(lawful.daysSinceEpoch - today.daysSinceEpoch))
            let other = try await walk.visitor("review-hrss").get(path)
            #expect(other.status == 200 && !other.page.contains("hearing-records"), "only the chair files it")
            let judge = try await walk.visitor("decide-hrss")
            #expect(try await judge.send(path + "/hearing-records", on: path, [("note", "双方陈述")]) == 303)
            guard case .held? = try await walk.dossier.proceedings.hearing?.step else {
                Issue.record("the hearing is not held")
                return
            }
        }
    }

    @Test func `a hearing is waived at a window, and a second answer comes back on the page`() async throws {
        try await walk(at: .inReview) { walk in
            try await walk.maker.perform(.hearing(.tell(note: "涉及公共利益")), on: walk.id, as: 1)
            let clerk = try await walk.visitor("window-city")
            #expect(try await clerk.get(walk.window).page.contains("hearing-requests"))
            #expect(try await clerk.send(walk.window + "/hearing-waivers", on: walk.window) == 303)
            let caller = Caller(
                client: walk.client, session: try await walk.maker.cast.session(of: .clerk), house: walk.house)
            let again = try await caller.post(walk.window + "/hearing-requests")
            again.expect(refusal: DossierRefusal.hearingNotTold)
            #expect(
                !String(buffer: again.body).contains("action=\"\(walk.window)/hearing-requests\""),
                "what is over is not offered")
        }
    }

    @Test func `an extension is asked for by the examiner, found by the head on her list, and approved once`()
        async throws
    {
        try await walk(at: .inReview) { walk in
            let (reviewer, head) = (try await walk.visitor("review-hrss"), try await walk.visitor("head-hrss"))
            let path = walk.office
            let long = try await reviewer.answer(
                path + "/extension-requests", on: path, [("days", "11"), ("note", "案情复杂")])
            long.expect(refusal: DossierRefusal.extensionTooLong)
            #expect(String(buffer: long.body).contains("案情复杂"))
            #expect(
                try await reviewer.send(path + "/extension-requests", on: path, [("days", "5"), ("note", "案情复杂")])
                    == 303)
            let number = try await walk.dossier.submitted.numbers.short
            #expect(try await head.get("/office/procedures").page.contains(number))
            let other = try await walk.visitor("head-housing")
            #expect(!(try await other.get("/office/procedures").page.contains(number)), "another department's")
            #expect(!(try await reviewer.get(path).page.contains("action=\"\(path)/extensions\"")))
            let answer = [("choice", "approve"), ("days", "5"), ("authority", "head"), ("note", "理由成立")]
            #expect(try await head.send(path + "/extensions", on: path, answer) == 303)
            #expect(try await walk.dossier.proceedings.extended?.value == 5)
            #expect(!(try await head.get("/office/procedures").page.contains(number)), "answered")
            #expect(try await walk.visitor("lin", staff: false).get(walk.portal).page.contains("理由成立"))
        }
    }

    @Test func `a third party is informed and heard, which the applicant does not read`() async throws {
        try await walk(at: .inReview) { walk in
            let reviewer = try await walk.visitor("review-hrss")
            let path = walk.office
            let open = try await reviewer.answer(path + "/review", on: path, [("note", "符合")])
            open.expect(code: "form.choice-missing")
            #expect(String(buffer: open.body).contains("field-review-choice-error"))
            let nameless = try await reviewer.answer(
                path + "/third-parties", on: path, [("name", ""), ("note", "设施相邻")])
            nameless.expect(refusal: DossierRefusal.reasonMissing)
            #expect(String(buffer: nameless.body).contains("field-third-parties-name-error"))
            #expect(
                try await reviewer.send(path + "/third-parties", on: path, [("name", "方邻"), ("note", "设施相邻")]) == 303)
            #expect(
                try await reviewer.send(
                    path + "/third-party-statements", on: path, [("party", "0"), ("note", "没有意见")]) == 303)
            #expect(try await reviewer.get(path).page.contains("方邻"))
            let applicant = try await walk.visitor("lin", staff: false)
            let own = try await applicant.get(walk.portal).page
            #expect(!own.contains("方邻") && !own.contains("没有意见"))
        }
    }

    @Test func `what may follow is accepted on an undertaking, and what is missing comes in online`() async throws {
        try await walk(at: .received, lacking: "staffOpinion") { walk in
            let clerk = try await walk.visitor("window-city")
            let page = try await clerk.get(walk.window).page
            #expect(!page.contains("action=\"\(walk.window)/acceptance\""), "something is missing")
            let wish = [("materials", "staffOpinion"), ("undertaking", "file")]
            let bare = try await clerk.answer(
                walk.window + "/tolerant-acceptance", on: walk.window, wish + [("days", "2")])
            bare.expect(refusal: DossierRefusal.undertakingMissing)
            let long = try await clerk.answer(
                walk.window + "/tolerant-acceptance", on: walk.window,
                [("materials", "staffOpinion"), ("undertaking", "paper"), ("days", "200")])
            long.expect(refusal: DossierRefusal.toleranceTooLong)
            #expect(String(buffer: long.body).contains("value=\"200\""))
            #expect(
                try await clerk.send(
                    walk.window + "/tolerant-acceptance", on: walk.window,
                    [("materials", "staffOpinion"), ("undertaking", "paper"), ("days", "2")]) == 303)
            let lin = Caller(
                client: walk.client, session: try await walk.maker.cast.session(of: .applicant), house: walk.house)
            #expect(
                String(buffer: try await lin.get(walk.portal).body).contains(
                    "action=\"\(walk.portal)/lagging-materials\""))
            let sent = try await lin.upload(
                walk.portal + "/lagging-materials", [("staffOpinion", "plan.pdf", smallPDF)])
            #expect(sent.status == .seeOther)
            #expect(try await walk.dossier.proceedings.lagging.isEmpty)
        }
    }

    @Test func `what is mended on the spot is entered by the clerk`() async throws {
        try await walk(at: .received, lacking: "restPlan") { walk in
            let clerk = try await walk.visitor("window-city")
            let none = try await clerk.answer(walk.window + "/mending", on: walk.window)
            none.expect(refusal: DossierRefusal.nothingToMend)
            #expect(try await clerk.send(walk.window + "/mending", on: walk.window, [("materials", "restPlan")]) == 303)
            #expect(try await walk.dossier.missingMaterials.isEmpty)
        }
    }

    @Test func `a closed case is found by its number, and its licence is revoked with ground and confirmation`()
        async throws
    {
        try await walk(at: .issued) { walk in
            let decider = try await walk.visitor("decide-hrss")
            let number = try await walk.dossier.submitted.numbers.short
            let found = try await decider.raw("/office/procedures?q=\(number)")
            #expect(found.headers[.location] == walk.office)
            #expect(try await decider.get("/office/procedures?q=nothing").page.contains("nothing"))
            let end = [("ground", "revoked.fraud"), ("note", "材料虚假")]
            let unsaid = try await decider.answer(walk.office + "/licence-ends", on: walk.office, end)
            unsaid.expect(refusal: DossierRefusal.publicInterest)
            let text = String(buffer: unsaid.body)
            #expect(text.contains("材料虚假") && text.contains("field-licence-ends-interest-error"))
            #expect(
                try await decider.send(
                    walk.office + "/licence-ends", on: walk.office, end + [("interest", "yes")]) == 303)
            #expect(try await walk.dossier.proceedings.licenceEnds == [.revoked(.fraud)])
            let page = try await decider.get(walk.office).page
            #expect(page.contains("cancelled.revokedOrForfeited") && !page.contains("revoked.fraud"))
        }
    }
}
