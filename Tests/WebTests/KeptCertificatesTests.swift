import Accounts
import Catalogue
import Certificates
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// Officers keep the certificates of their own body, and holders see what is done to theirs.
@Suite struct KeptCertificatesTests {
    /// A house in which the demonstration's firm holds a certificate of the city's bureau of human resources.
    private static func open(
        type: String = "11100000MADEM4020U003",
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol, CertificateID) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            let firm = try await house.person(Cast.firmCode)
            let id = try await house.certificate(of: firm.id, type: type)
            try await house.app.test(.router) { client in try await body(house, client, id) }
        }
    }

    private static func looks(_ house: DoorHouse, at subject: Subject) async throws -> [String] {
        try await house.hall.store.read { tx in try Looks.at(subject, in: tx).map(\.purpose) }
    }

    @Test func `an officer finds by number, holder and name, and each way leaves its entry`() async throws {
        try await Self.open { house, client, id in
            let officer = try await DoorVisitor(client, "decide-hrss")
            let firm = try await house.person(Cast.firmCode)
            let line = ">LW20260001</a>"
            let all = try await officer.get("/office/certificates")
            #expect(all.status == 200 && all.page.contains(line) && all.page.contains("劳务派遣经营许可证"))
            #expect(!all.page.contains(Cast.firmCode), "no numbers of holders in a list")
            #expect(try await officer.get("/office/certificates?q=lw20260001").page.contains(line))
            #expect(try await Self.looks(house, at: firm.id.subject) == [], "a certificate's number is nobody's")
            for words in [Cast.firmCode, "示例企业一", "示", "例企"] {
                #expect(try await officer.get("/office/certificates?q=\(Paths.query(words))").page.contains(line))
            }
            #expect(try await Self.looks(house, at: firm.id.subject).count == 4)
            let identifier = try #require(try await house.hall.certificate(id)).reservation.identifier
            for query in [
                "q=\(identifier)", "type=\(Paths.query("劳务派遣"))", "state=valid", "from=2018-01-01&until=2030-01-01",
                "issuer=11350100MADEM002X0",
            ] { #expect(try await officer.get("/office/certificates?\(query)").page.contains(line), "\(query)") }
            for query in [
                "q=LW2026000", "q=\(Paths.query("示企"))", "type=\(Paths.query("导游"))", "state=revoked", "state=expired",
                "until=2018-01-01", "q=91350100M000100Y43",
            ] {
                let empty = try await officer.get("/office/certificates?\(query)").page
                #expect(!empty.contains(line) && empty.contains("没有符合条件的证照"), "\(query)")
            }
            let other = try await DoorVisitor(client, "decide-housing")
            #expect(!(try await other.get("/office/certificates").page.contains(line)))
            #expect(try await other.get("/office/certificates?issuer=11350100MADEM002X0").status == 403)
            for login in ["supervisor", "admin", "review-hrss", "editor"] {
                let visitor = try await DoorVisitor(client, login)
                #expect(try await visitor.get("/office/certificates").status == 403, "\(login)")
            }
        }
    }

    @Test func `a restriction needs a ground and a reason; the holder sees both and is told`() async throws {
        try await Self.open { house, client, id in
            let officer = try await DoorVisitor(client, "decide-hrss")
            let holder = try await DoorVisitor(client, "lin", staff: false)
            let (path, own) = ("/office/certificates/\(id)", "/certificates/\(id)")
            #expect(try await holder.get(own).page.contains("没有工作人员查看过这份证照"))
            let nothing = try await officer.answer(path + "/restriction", on: path, [("note", "示例")])
            #expect(nothing.status.code == 422 && nothing.code == "form.choice-missing")
            let answer = try await officer.answer(path + "/restriction", on: path, [("ground", "courtOrder")])
            answer.expect(refusal: CertificateRefusal.reasonMissing)
            let why = "（2026）闽01执保1号"
            let restricted = [("ground", "courtOrder"), ("note", why)]
            #expect(try await officer.send(path + "/restriction", on: path, restricted) == 303)
            let page = try await officer.get(path).page
            #expect(page.contains("《中华人民共和国民事诉讼法》") && page.contains(why))
            #expect(page.contains("/lifting\"") && !page.contains("/restriction\""))
            let seen = try await holder.get(own).page
            #expect(seen.contains("限制使用") && seen.contains(why) && seen.contains("颁发机关工作人员查看"))
            let notices = try await holder.get("/notices").page
            #expect(notices.contains("证照已被限制使用") && notices.contains("LW20260001"))
            let action = try #require(notices.firstMatch(of: /action="(\/notices\/[a-z0-9]{26}\/[a-z0-9]{26})"/)).1
            let read = try await holder.answer(String(action), on: "/notices")
            #expect(read.headers[.location] == own, "a notice leads to its certificate")
            let english = try await DoorVisitor(client, "lin", staff: false, look: "en")
            #expect(try await english.get("/notices").page.contains("Labour dispatch"))
            let state = try await house.hall.certificate(id)?.state
            #expect(state == .restricted)
            #expect(try await holder.get("/certificates").page.contains("限制使用"))
            #expect(try await officer.send(path + "/lifting", on: path, [("note", "已解除")]) == 303)
            #expect(try await house.hall.certificate(id)?.state == .issued)
            #expect(try await holder.get("/notices").page.contains("证照已恢复使用"))
        }
    }

    @Test func `what is revoked is ended for good: struck off, archived, and red for whoever verifies`() async throws {
        try await Self.open { house, client, id in
            let officer = try await DoorVisitor(client, "head-hrss")
            let path = "/office/certificates/\(id)"
            let fraud = [("ground", "fraud"), ("note", "以虚假材料取得")]
            #expect(try await officer.send(path + "/revocation", on: path, fraud) == 303)
            let identifier = try #require(try await house.hall.certificate(id)).reservation.identifier
            let verified = try await officer.get("/verify?identifier=\(identifier)").page
            #expect(verified.contains("已失效") || verified.contains("失效"))
            #expect(try await officer.get("/office/certificates?state=revoked").page.contains("LW20260001"))
            let struck = [("ground", "endedOtherwise"), ("note", "已撤销")]
            #expect(try await officer.send(path + "/cancellation", on: path, struck) == 303)
            #expect(try await officer.send(path + "/archive", on: path) == 303)
            #expect(try await house.hall.certificate(id)?.state == .archived)
            let page = try await officer.get(path).page
            #expect(page.contains("目前没有可以办理的事项") && page.contains("《中华人民共和国行政许可法》第六十九条第二款"))
            let kinds = try await house.hall.store.read { tx in
                try CertificateTable.history(of: id, in: tx).map(\.event.kind)
            }
            #expect(kinds.suffix(3) == ["certificate.terminated", "certificate.terminated", "certificate.archived"])
        }
    }

    @Test func `an annual check is offered where the type has one, and one that fails restricts`() async throws {
        try await Self.open { _, client, id in
            let officer = try await DoorVisitor(client, "decide-hrss")
            #expect(!(try await officer.get("/office/certificates/\(id)").page.contains("/annual-check\"")))
        }
        let type = try KindFile(try CertificateTypeSpec.shippedFile()).kinds.first { $0.name == "人力资源服务许可证" }
        try await Self.open(type: try #require(type).code) { house, client, id in
            let officer = try await DoorVisitor(client, "decide-hrss")
            let path = "/office/certificates/\(id)"
            let failed = [("result", "failed"), ("note", "未按规定报送年度报告")]
            #expect(try await officer.send(path + "/annual-check", on: path, failed) == 303)
            #expect(try await house.hall.certificate(id)?.restriction == .checkFailed)
            let passed = [("result", "passed"), ("note", "已补报")]
            #expect(try await officer.send(path + "/annual-check", on: path, passed) == 303)
            #expect(try await house.hall.certificate(id)?.state == .issued)
            #expect(try await officer.get(path).page.contains("2026年度"))
        }
    }

    @Test func `a copy that cannot be made comes back as it was typed`() async throws {
        try await Self.open { _, client, id in
            let holder = try await DoorVisitor(client, "lin", staff: false)
            let answer = try await holder.answer(
                Paths.certificate(id) + "/copies", on: Paths.certificate(id),
                [("purpose", "办理银行开户"), ("days", "999"), ("format", "ofd")])
            #expect(answer.status.code == 422)
            let page = String(buffer: answer.body)
            #expect(page.contains("value=\"办理银行开户\"") && page.contains("value=\"999\""))
            #expect(page.contains("加注件须写明用途和有效期"))
        }
    }

    @Test func `a holder's page is the holder's, and an address of nothing is no page`() async throws {
        try await Self.open { _, client, id in
            let stranger = try await DoorVisitor(client, "chen", staff: false)
            #expect(try await stranger.get("/certificates/\(id)").status == 404)
            let holder = try await DoorVisitor(client, "lin", staff: false)
            let page = try await holder.get("/certificates/\(id)").page
            for text in ["福州示例企业一有限公司", "国内劳务派遣", "2029年8月24日", "签发入库", "取得证照编号"] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(try await holder.get("/certificates/nothing").status == 404)
            let officer = try await DoorVisitor(client, "decide-hrss")
            #expect(try await officer.get("/office/certificates/nothing").status == 404)
            #expect(
                try await officer.get("/office/certificates/\(CertificateID(Subject(high: 1, low: 1)))").status == 404)
        }
    }
}
