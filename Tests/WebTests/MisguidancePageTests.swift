import Catalogue
import Dossiers
import Foundation
import Hall
import HummingbirdTesting
import NIOCore
import Papers
import Testing
import Vocabulary

@testable import Web

/// From the clerk's notice to the field of the sheet that mends what misled.
@Suite struct MisguidancePageTests {
    private static let sample = "material/restPlan/sample"

    private func open(
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol, DossierID) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                try await body(maker, client, try await maker.dossier(.received))
            }
        }
    }

    @Test func `a form without a cause comes back and leads to the question that is open`() async throws {
        try await open { maker, client, id in
            let clerk = try await DoorVisitor(client, "window-city")
            let path = "/window/dossiers/\(id)"
            let page = try await clerk.get(path).page
            #expect(page.contains("name=\"cause-restPlan\""))
            #expect(page.contains("value=\"\(Self.sample)\""))
            #expect(page.contains("value=\"E17\""))
            #expect(page.contains("value=\"form/headcount\"") || page.contains("value=\"form/"))
            #expect(!page.contains("value=\"overlooked\" selected"), "nothing is chosen beforehand")
            let cases: [([(String, String)], DossierRefusal, String)] = [
                ([], .causeMissing, "cause-restPlan"),
                ([("cause-restPlan", "other")], .causeWordsMissing, "words-restPlan"),
                (
                    [("cause-restPlan", "overlooked"), ("words-restPlan", "13800000001")], .causeWordsPersonal,
                    "words-restPlan"
                ),
                ([("cause-restPlan", "E47")], .placeNotInGuide, "cause-restPlan"),
                ([("cause-restPlan", "form/nothing")], .placeNotInGuide, "cause-restPlan"),
            ]
            for (fields, refusal, field) in cases {
                let answer = try await clerk.answer(
                    path + "/correction-notices", on: path, [("defect-restPlan", "incomplete")] + fields)
                answer.expect(refusal: refusal, refusal.code)
                let text = String(buffer: answer.body)
                #expect(text.contains("href=\"#field-correction-notices-\(field)\""), "\(refusal.code)")
                #expect(try await maker.stage(of: id) == .received)
            }
        }
    }

    @Test func `where the guide misled, the paper and the applicant's page say that it will be improved`() async throws
    {
        try await open { maker, client, id in
            let clerk = try await DoorVisitor(client, "window-city")
            let path = "/window/dossiers/\(id)"
            let status = try await clerk.send(
                path + "/correction-notices", on: path,
                [
                    ("defect-restPlan", "incomplete"), ("cause-restPlan", Self.sample), ("words-restPlan", "样表缺人数栏"),
                    ("defect-applicationForm", "wrongForm"), ("cause-applicationForm", "overlooked"),
                ])
            #expect(status == 303)
            let name = "工作和休息安排方案·样表或样本"
            let reviewer = try await DoorVisitor(client, "review-hrss")
            let office = try await reviewer.get("/office/dossiers/\(id)").page
            #expect(office.contains("指南“\(name)”使人误解 · 样表缺人数栏"))
            let applicant = try await DoorVisitor(client, "lin", staff: false)
            let page = try await applicant.get("/dossiers/\(id)").page
            #expect(page.contains("办事指南“\(name)”一栏的说明不够清楚，该栏将据此改进"))
            #expect(!page.contains("样表缺人数栏"), "the clerk's words are for the editors")
            #expect(!page.contains("疏忽"), "nobody is told that she was careless")
            let paper = try #require(
                try await maker.cast.house.hall.papers(of: id).first { $0.kind == .correction })
            let read = try await applicant.get("/dossiers/\(id)/papers/\(paper.id)").page
            #expect(read.contains("办事指南“\(name)”一栏的说明不够清楚，给你（单位）带来不便，敬请谅解；该栏将据此改进。"))
            let english = try await applicant.get("/dossiers/\(id)/papers/\(paper.id)?lang=en").page
            #expect(!english.isEmpty)
        }
    }

    @Test func `where it did not, the paper says nothing of it`() async throws {
        try await open { maker, client, id in
            let clerk = try await DoorVisitor(client, "window-city")
            let path = "/window/dossiers/\(id)"
            _ = try await clerk.send(
                path + "/correction-notices", on: path,
                [("defect-restPlan", "incomplete"), ("cause-restPlan", "overlooked")])
            let paper = try #require(
                try await maker.cast.house.hall.papers(of: id).first { $0.kind == .correction })
            let applicant = try await DoorVisitor(client, "lin", staff: false)
            #expect(!(try await applicant.get("/dossiers/\(id)/papers/\(paper.id)").page.contains("办事指南“")))
            #expect(!(try await applicant.get("/dossiers/\(id)").page.contains("将据此改进")))
        }
    }

    @Test func `editors see the worst place first, with its share, its examples and the field that mends it`()
        async throws
    {
        try await open { maker, client, id in
            let clerk = try await DoorVisitor(client, "window-city")
            let editor = try await DoorVisitor(client, "editor")
            #expect(try await editor.get("/office/catalogue/defects").page.contains("没有使人误解的记录"))
            for (id, cause) in [
                (id, Self.sample), (try await maker.dossier(.received), Self.sample),
                (try await maker.dossier(.received), "E18"),
            ] {
                let path = "/window/dossiers/\(id)"
                _ = try await clerk.send(
                    path + "/correction-notices", on: path,
                    [("defect-restPlan", "incomplete"), ("cause-restPlan", cause), ("words-restPlan", "缺人数栏")])
            }
            let page = try await editor.get("/office/catalogue/defects?days=30").page
            let first = try #require(page.range(of: "工作和休息安排方案·样表或样本"))
            let last = try #require(
                page.range(of: "/office/catalogue/special-working-hours/fields/acceptanceConditions"))
            #expect(first.lowerBound < last.lowerBound)
            #expect(page.contains("2件，占同期收到的3件申请的66.67%"))
            #expect(page.contains("/office/catalogue/special-working-hours/fields/materials"))
            let number = try await maker.cast.house.hall.open(id).dossier.submitted.numbers.short
            #expect(page.contains(number) && page.contains("缺人数栏"))
            #expect(!page.contains("/office/dossiers/"), "an editor opens no case")
            #expect(!page.contains("福州示例企业一"))
            let sheet = try await editor.get("/office/catalogue/special-working-hours").page
            #expect(sheet.contains("/office/catalogue/defects?item=special%2Dworking%2Dhours"))
            let own = try await editor.get("/office/catalogue/defects?item=special-working-hours&days=365")
            #expect(own.page.contains("66.67%"))
            #expect(try await editor.get("/office/catalogue/defects?item=nothing").status == 404)
            #expect(try await clerk.get("/office/catalogue/defects").status == 403)
        }
    }
}
