import Accounts
import Certificates
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// A holder shows a certificate by a code, and members of staff look at it.
@Suite struct PresentingTests {
    private struct Stage {
        let house: DoorHouse
        let certificate: CertificateID
        let holder: DoorVisitor
        let clerk: DoorVisitor
        let officer: DoorVisitor

        var page: String { "/certificates/\(certificate)/presentations" }

        /// The digits of the newest code on the holder's page, as they are read aloud.
        func digits() async throws -> String {
            let page = try await holder.get(page).page
            return String(try #require(page.firstMatch(of: /<strong[^>]*>(\d{4} \d{4} \d{4} \d{4})</)).1)
        }

        func make(_ uses: String = "once", minutes: String = "10") async throws -> String {
            #expect(try await holder.send(page, on: page, [("minutes", minutes), ("uses", uses)]) == 303)
            return try await digits()
        }

        func look(
            _ visitor: DoorVisitor, _ code: String, _ purpose: String = "现场检查", at path: String = "/window/presented"
        ) async throws -> TestResponse {
            try await visitor.answer(path, on: path, [("code", code), ("purpose", purpose)])
        }
    }

    private static func open(
        on place: StoreUnderTest = .sqlite, _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            let firm = try await house.person(Cast.firmCode)
            let id = try await house.certificate(of: firm.id)
            try await house.app.test(.router) { client in
                try await body(
                    Stage(
                        house: house, certificate: id, holder: try await DoorVisitor(client, "lin", staff: false),
                        clerk: try await DoorVisitor(client, "window-jinan"),
                        officer: try await DoorVisitor(client, "review-housing")))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a clerk types the code, sees the face and its state, and both sides see the look`(_ place: StoreUnderTest)
        async throws
    {
        try await Self.open(on: place) { stage in
            let code = try await stage.make()
            let page = try await stage.holder.get(stage.page).page
            #expect(page.contains("<svg class=\"code-picture\"") && page.contains("仅限查看一次"))
            let answer = try await stage.look(stage.clerk, code)
            #expect(answer.status == .seeOther)
            let shown = try await stage.clerk.get(try #require(answer.headers[.location]))
            #expect(shown.status == 200 && shown.page.contains("LW20260001") && shown.page.contains("福州示例企业一有限公司"))
            #expect(shown.page.contains("有效") && shown.page.contains("现场检查"))
            #expect(try await stage.clerk.get("/window/presented").page.contains("劳务派遣经营许可证"))
            let own = try await stage.holder.get("/certificates/\(stage.certificate)").page
            #expect(own.contains("现场检查") && own.contains("亮证查看"))
            let looks = try await stage.house.hall.store.read { tx in
                try Looks.at(stage.certificate.subject, in: tx).map(\.purpose)
            }
            #expect(looks == ["presented"])
            let place = try await stage.house.hall.store.read { tx in
                try tx.row("SELECT region FROM look_by_person WHERE purpose = 'presented'")?.optionalText(0)
            }
            #expect(place == "350111", "where she works, so that somebody answers for the look")
            // Another's look is nobody's business, and the officer's door knows no looks of clerks.
            let other = try await stage.officer.raw(
                try #require(answer.headers[.location]).replacing("/window/", with: "/office/"))
            other.expect(refusal: PresentationRefusal.unknownCode)
            stage.house.clock.move(seconds: 1800)
            let clerk = try await DoorVisitor(stage.clerk.client, "window-jinan")
            let late = try await clerk.raw(try #require(answer.headers[.location]))
            late.expect(refusal: PresentationRefusal.unknownCode)
        }
    }

    @Test func `a code for one look is used up, one for many is not, and each ends with its time or by its holder`()
        async throws
    {
        try await Self.open { stage in
            let once = try await stage.make()
            #expect(try await stage.look(stage.clerk, once).status == .seeOther)
            let again = try await stage.look(stage.officer, once, at: "/office/presented")
            #expect(again.status.code == 409 && String(buffer: again.body).contains("亮证码已使用过"))
            let many = try await stage.make("many", minutes: "5")
            #expect(many != once)
            for _ in 0..<2 {
                #expect(
                    try await stage.look(stage.officer, many, at: "/office/presented").status == .seeOther)
            }
            stage.house.clock.move(seconds: 300)
            let late = try await stage.look(stage.clerk, many)
            #expect(late.status.code == 409 && String(buffer: late.body).contains("亮证码已过期"))
            let ended = try await stage.make("many", minutes: "5")
            let page = try await stage.holder.get(stage.page).page
            let action = String(try #require(page.firstMatch(of: /action="(\/certificates\/[^"]+\/ending)"/)).1)
            #expect(try await stage.holder.send(action, on: stage.page) == 303)
            let gone = try await stage.look(stage.clerk, ended)
            #expect(gone.status.code == 409 && String(buffer: gone.body).contains("已将亮证码作废"))
        }
    }

    @Test func `what stands in a form twice makes one code and is one look`() async throws {
        try await Self.open { stage in
            let page = try await stage.holder.get(stage.page).page
            let form = try #require(page.components(separatedBy: "<form ").first { $0.contains("name=\"minutes\"") })
            let tokens = form.matches(of: /name="(csrf|token)" value="([^"]*)"/).map { "\($0.1)=\($0.2)" }
            for _ in 0..<2 {
                let answer = try await stage.holder.client.execute(
                    uri: stage.page, method: .post,
                    headers: [
                        .cookie: stage.holder.cookie, .contentType: "application/x-www-form-urlencoded",
                    ], body: ByteBuffer(string: (tokens + ["minutes=5", "uses=once"]).joined(separator: "&")))
                #expect(answer.status == .seeOther)
            }
            let count = try await stage.holder.get(stage.page).page.matches(of: /\d{4} \d{4} \d{4} \d{4}/).count
            #expect(count == 1)
        }
    }

    @Test func `guessing is stopped, and what cannot be read says why`() async throws {
        try await Self.open { stage in
            let code = try await stage.make("many")
            let typed = try await stage.look(stage.clerk, "12345")
            #expect(typed.status.code == 422 && String(buffer: typed.body).contains("亮证码应为16位数字"))
            let silent = try await stage.look(stage.clerk, code, "")
            #expect(silent.status.code == 422 && String(buffer: silent.body).contains("请填写查看事由"))
            var last = try await stage.look(stage.clerk, "0000000000000000")
            var guesses = 0
            while last.status.code == 404, guesses < 60 {
                guesses += 1
                last = try await stage.look(stage.clerk, "000000000000\(1000 + guesses)")
            }
            #expect(last.status.code == 429 && guesses < 60)
            #expect(try await stage.look(stage.clerk, code).status.code == 429, "nor is the right one tried then")
            let hall = stage.house.hall
            let lin = try await stage.house.person(Cast.firmCode).id
            let guest = try await stage.house.guest("window-jinan")
            let key = stage.house.site.accountKey
            await #expect(throws: PresentationRefusal.malformedCode) {
                try await hall.look(
                    at: "12345", purpose: "现场检查", by: guest, from: "192.0.2.1", key: key,
                    attempt: Attempt(.random(.system)))
            }
            await #expect(throws: PresentationRefusal.tooManyGuesses) {
                try await hall.look(
                    at: code, purpose: "现场检查", by: guest, from: "192.0.2.1", key: key,
                    attempt: Attempt(.random(.system)))
            }
            await #expect(throws: PresentationRefusal.unknownCode) {
                try await hall.end(
                    PresentationID(hall.ids.next()), of: stage.certificate, for: [lin], by: .person(lin))
            }
        }
    }

    @Test func `nobody makes a code for what is not in force`() async throws {
        try await Self.open { stage in
            let officer = try await DoorVisitor(stage.clerk.client, "decide-hrss")
            let path = "/office/certificates/\(stage.certificate)"
            let code = try await stage.make("many")
            #expect(
                try await officer.send(
                    path + "/restriction", on: path, [("ground", "investigation"), ("note", "现场检查发现问题")]) == 303)
            let answer = try await stage.holder.answer(
                stage.page, on: stage.page, [("minutes", "5"), ("uses", "once")])
            #expect(answer.status.code == 409 && String(buffer: answer.body).contains("不能亮证"))
            // What is shown already shows its state.
            let shown = try await stage.look(stage.clerk, code)
            let face = try await stage.clerk.get(try #require(shown.headers[.location])).page
            #expect(shown.status == .seeOther && face.contains("限制使用"))
        }
    }
}

extension DoorHouse {
    /// A member of staff with a session of her own.
    func guest(_ login: String) async throws -> Hall.Guest {
        let (token, now) = (SessionToken(.system), hall.time.now())
        let name = try #require(LoginName(login))
        try await hall.store.write { tx in
            let account = try #require(try AccountTable.account(name, in: tx))
            _ = try SessionTable.start(token, of: account.holder, now: now, in: tx)
        }
        return try #require(try await hall.guest(token))
    }
}
