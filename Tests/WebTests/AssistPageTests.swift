import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// 帮办代办 at the doors: the letter, the filing, the case as both see it, and the end of the authority.
@Suite struct AssistPageTests {
    private static let code = "000114111003"

    /// One who files and the applicant, with the firm that is helped.
    private struct Desk: Sendable {
        let house: DoorHouse
        let maker: CaseMaker
        let assistant: Caller
        let applicant: Caller
        let firm: PersonID
    }

    private static func open(_ body: @escaping @Sendable (Desk) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let maker = try await CaseMaker(cast)
            try await house.app.test(.router) { client in
                let caller = { (visitor: Visitor) in
                    Caller(client: client, session: try await cast.session(of: visitor), house: house)
                }
                try await body(
                    Desk(
                        house: house, maker: maker, assistant: try await caller(.assistant),
                        applicant: try await caller(.applicant), firm: cast.firm))
            }
        }
    }

    /// Hands the signed letter in; answers its page.
    private static func sign(_ desk: Desk) async throws -> String {
        let fields = [("person", desk.firm.description), ("items", code), ("until", "2027-01-31")]
        let taken = try await desk.assistant.upload(
            "/assist/authorities", [("letter", "letter.pdf", smallPDF)], fields: fields)
        #expect(taken.status == .seeOther, "\(taken.code ?? "")")
        return try #require(taken.headers[.location])
    }

    private static func file(_ desk: Desk, under authority: String) async throws -> TestResponse {
        let answers = desk.maker.answers.map { ("answer-\($0.key)", $0.value) }
        let situation = desk.maker.situation.map { ("situation-\($0.key)", $0.value) }
        // The form is made, the licence is held; everything else comes as a file.
        let files = desk.maker.item.guide.materials(for: desk.maker.situation)
            .filter { !$0.isTheForm && $0.certificateTypeCode == nil }.map { ($0.id, "plan.pdf", smallPDF) }
        return try await desk.assistant.upload(
            "\(authority)/items/\(desk.maker.line.itemCode)", files,
            fields: situation + answers + [("mobile", "13800000001"), ("way", "O1 eCertificate")])
    }

    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test func `the letter is written from the catalogue, signed on paper, and stands once its scan is there`()
        async throws
    {
        try await Self.open { desk in
            let find = "/assist/authorities?number=\(Cast.firmCode)&q=special-working-hours"
            #expect(try await desk.assistant.get(find).status == .ok)
            let letter = "/assist/letter?person=\(desk.firm)&items=\(Self.code)&until=2027-01-31"
            let page = text(try await desk.assistant.get(letter))
            for said in ["授权委托书", "福州示例企业一有限公司", Cast.firmCode, "苏暖", "不收取任何费用", "可以随时终止"] {
                #expect(page.contains(said), "\(said)")
            }
            let unsigned = try await desk.assistant.upload(
                "/assist/authorities", [],
                fields: [("person", desk.firm.description), ("items", Self.code), ("until", "2027-01-31")])
            unsigned.expect(refusal: AssistanceRefusal.signatureMissing)
            let authority = try await Self.sign(desk)
            let kept = text(try await desk.assistant.get(authority))
            #expect(kept.contains("In force") && kept.contains("/items/\(desk.maker.line.itemCode)"))
            let scan = try await desk.assistant.get(authority + "/letter")
            #expect(scan.body == ByteBuffer(bytes: smallPDF))
            #expect(text(try await desk.assistant.get("/assist")).contains(authority))
        }
    }

    @Test func `the applicant sees who did what for her, ends the authority, and the next deed is refused`()
        async throws
    {
        try await Self.open { desk in
            let authority = try await Self.sign(desk)
            let form = authority + "/items/\(desk.maker.line.itemCode)"
            #expect(text(try await desk.assistant.get(form)).contains("situation-system"))
            let lacking = try await desk.assistant.upload(
                form, [], fields: desk.maker.situation.map { ("situation-\($0.key)", $0.value) })
            #expect(lacking.status.code == 422 && text(lacking).contains("error-summary"))
            let filed = try await Self.file(desk, under: authority)
            #expect(filed.status == .seeOther, "\(text(filed).suffix(3000))")
            let path = try #require(filed.headers[.location])
            let id = try #require(DossierID(String(path.split(separator: "/").last ?? "")))
            try await desk.house.hall.perform(
                .requestCorrection([MaterialDefect("restPlan", .illegible, .overlooked)], note: ""), on: id)
            let followed = text(try await desk.assistant.get(path))
            #expect(followed.contains("\(path)/corrections") && followed.contains("苏暖"))
            let corrected = try await desk.assistant.upload(path + "/corrections", [("restPlan", "2.pdf", smallPDF)])
            #expect(corrected.headers[.location] == path)
            let seen = text(try await desk.applicant.get("/dossiers/\(id)"))
            #expect(seen.components(separatedBy: "Done by the assistant").count == 3, "filed and corrected")
            #expect(seen.contains("苏暖") && seen.contains("YC-1019"))
            let ending = try #require(seen.firstMatch(of: /\/assistances\/[0-9a-z]+\/[0-9a-z]+\/ending/)).0
            #expect(text(try await desk.applicant.get("/business")).contains(ending))
            let ended = try await desk.applicant.post(String(ending), [("back", "/dossiers/\(id)")])
            #expect(ended.headers[.location] == "/dossiers/\(id)")
            #expect(text(try await desk.applicant.get("/dossiers/\(id)")).contains("Ended"))
            (try await desk.assistant.get(path)).expect(refusal: AssistanceRefusal.ended)
            (try await desk.assistant.post(path + "/withdrawal")).expect(refusal: AssistanceRefusal.ended)
            (try await Self.file(desk, under: authority)).expect(refusal: AssistanceRefusal.ended)
        }
    }
}

extension Hall {
    /// Does something to a dossier as any clerk would.
    fileprivate func perform(_ command: DossierCommand, on id: DossierID) async throws {
        let clerk = Performer(.staff(StaffID(Subject(high: 7, low: 7)))) { _, _ in }
        _ = try await perform(command, on: id, by: clerk, attempt: try #require(Attempt(form: newToken())))
    }
}
