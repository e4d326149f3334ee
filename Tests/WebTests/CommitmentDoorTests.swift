import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Papers
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// 告知承诺 from the application to the register that bars the next one.
@Suite struct CommitmentDoorTests {
    private func visit(_ body: @escaping @Sendable (CaseMaker, any TestClientProtocol) async throws -> Void)
        async throws
    {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                try await body(try await CaseMaker(try await Cast(house)), client)
            }
        }
    }

    /// Signs in a draft, sends it, and answers the case.
    private func filed(_ maker: CaseMaker, _ lin: DoorVisitor) async throws -> DossierID {
        let path = Paths.draft(try await maker.draft(isOffered: true), "")
        #expect(try await lin.get(path + "materials").page.contains("告知承诺"), "the step is named")
        let page = try await lin.get(path + "commitment").page
        #expect(page.contains("撤销许可") && page.contains("我承诺"))
        let open = try await lin.answer(path + "check", on: path + "check", [("truth", "yes"), ("double", "yes")])
        #expect(open.status.code == 422, "without a choice nothing is sent")
        #expect(try await lin.send(path + "commitment", on: path + "commitment", [("commitment", "")]) == 422)
        #expect(try await lin.send(path + "commitment", on: path + "commitment", [("commitment", "signed")]) == 303)
        #expect(!(try await lin.get(path + "materials").page.contains("name=\"commitment\"")), "no letter is asked for")
        let sent = try await lin.answer(path + "check", on: path + "check", [("truth", "yes"), ("double", "yes")])
        let location = try #require(sent.headers[.location])
        return try #require(DossierID(String(location.dropFirst("/dossiers/".count).prefix { $0 != "?" })))
    }

    @Test func `a commitment is signed, decided on at once, found false by two, and bars the next one`() async throws {
        try await visit { maker, client in
            let hall = maker.cast.house.hall
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let id = try await filed(maker, lin)
            let submitted = try await hall.open(id).dossier
            #expect(submitted.submitted.isCommitted == true && submitted.missingMaterials.isEmpty)
            let signed = try #require(submitted.personal?.signed?.commitment)
            #expect(signed.contains("我承诺") && signed.contains("撤销许可"))
            let clerk = try await DoorVisitor(client, "window-city")
            #expect(try await clerk.get(Paths.window(id)).page.contains("我承诺"), "whoever accepts reads what was signed")
            #expect(try await clerk.send(Paths.window(id) + "/acceptance", on: Paths.window(id)) == 303)
            let decider = try await DoorVisitor(client, "decide-hrss")
            let file = try await decider.get(Paths.office(id)).page
            #expect(file.contains("以告知承诺代替") && !file.contains(">缺少<"), "what a commitment stands for is not missing")
            #expect(
                try await decider.send(
                    Paths.office(id) + "/decision", on: Paths.office(id), [("choice", "grant"), ("note", "已承诺")])
                    == 303)
            try await maker.cast.house.settle()
            let reviewer = try await DoorVisitor(client, "review-hrss")
            let number = submitted.submitted.numbers.short
            #expect(try await reviewer.get("/office/procedures").page.contains(number), "the task is on her list")
            let today = hall.time.now().day
            let day = try #require(
                (1...9).map { today.advanced(byDays: $0) }.first {
                    hall.rules(for: .fuzhou).clock.calendar.isWorkingDay($0)
                })
            let visit = [("time", "9:30"), ("place", "经营场所"), ("staff", "YC-1003 YC-1004")]
            let notices = Paths.office(id) + "/verification-notices"
            let past = try await reviewer.answer(
                notices, on: Paths.office(id), visit + [("day", today.description)])
            past.expect(refusal: DossierRefusal.dateInThePast)
            #expect(try await reviewer.send(notices, on: Paths.office(id), visit + [("day", day.description)]) == 303)
            #expect(try await hall.papers(of: id).last?.kind.id == "verification-notice")
            #expect(try await lin.get(Paths.dossier(id)).page.contains("9:30在经营场所"))
            let finding = [("choice", "broken"), ("note", "没有安排轮休")]
            let alone = try await reviewer.answer(
                Paths.office(id) + "/verification", on: Paths.office(id), finding + [("staff", "YC-1003")])
            alone.expect(refusal: DossierRefusal.twoStaffNeeded)
            #expect(String(buffer: alone.body).contains("没有安排轮休"))
            #expect(
                try await reviewer.send(
                    Paths.office(id) + "/verification", on: Paths.office(id), finding + [("staff", "YC-1003 YC-1004")])
                    == 303)
            #expect(!(try await reviewer.get("/office/procedures").page.contains(number)), "and off it again")
            let dossier = try await hall.open(id).dossier
            #expect(dossier.proceedings.licenceEnds == [.revoked(.falseCommitment)])
            let next = Paths.draft(try await maker.draft(isOffered: true), "commitment")
            let page = try await lin.get(next).page
            #expect(!page.contains("value=\"signed\"") && page.contains("不能采用告知承诺"))
            #expect(try await lin.send(next, on: next, [("commitment", "signed")]) == 422)
            #expect(try await lin.send(next, on: next, [("commitment", "ordinary")]) == 303)
        }
    }

    @Test func `whoever signs none hands in every material`() async throws {
        try await visit { maker, client in
            let lin = try await DoorVisitor(client, "lin", staff: false, look: "en")
            let path = Paths.draft(try await maker.draft(isOffered: true), "")
            #expect(
                try await lin.send(path + "commitment", on: path + "commitment", [("commitment", "ordinary")]) == 303)
            #expect(try await lin.get(path + "materials").page.contains("name=\"commitment\""))
            let sent = try await lin.answer(path + "check", on: path + "check", [("truth", "yes"), ("double", "yes")])
            #expect(sent.status.code == 422, "the letter is missing")
        }
    }

    @Test func `where none is offered there is no such step`() async throws {
        try await visit { maker, client in
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let id = try await maker.draft()
            #expect(try await lin.get(Paths.draft(id, "commitment")).status == 404)
        }
    }

    @Test func `an applicant who lacks what may follow signs that it will`() async throws {
        try await visit { maker, client in
            let hall = maker.cast.house.hall
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let id = try await maker.draft()
            var draft = try await hall.draft(id, of: maker.cast.lin)
            draft.contents.materials.removeAll { $0.material == "staffOpinion" }
            draft.contents.lagging = ["staffOpinion", "restPlan"]
            try await hall.save(draft)
            let path = Paths.draft(id, "check")
            let unsaid = try await lin.answer(path, on: path, [("truth", "yes"), ("double", "yes")])
            #expect(unsaid.status.code == 422 && String(buffer: unsaid.body).contains("field-undertaking"))
            let sent = try await lin.answer(
                path, on: path, [("truth", "yes"), ("double", "yes"), ("undertaking", "yes")])
            let location = try #require(sent.headers[.location])
            let filed = try #require(
                DossierID(String(location.dropFirst("/dossiers/".count).prefix { $0 != "?" })))
            let dossier = try await hall.open(filed).dossier
            #expect(dossier.missingMaterials == ["staffOpinion"])
            #expect(dossier.personal?.signed?.undertaking?.contains("听取职工意见") == true)
            let clerk = try await DoorVisitor(client, "window-city")
            #expect(
                try await clerk.send(
                    Paths.window(filed) + "/tolerant-acceptance", on: Paths.window(filed),
                    [("materials", "staffOpinion"), ("undertaking", "online"), ("days", "1")]) == 303)
            #expect(try await hall.open(filed).dossier.proceedings.tolerance?.undertaking == .answers)
        }
    }
}
