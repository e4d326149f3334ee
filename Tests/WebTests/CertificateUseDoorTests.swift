import Certificates
import Dossiers
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// A case uses what the library holds: authorised with the filing, checked at every look, seen by the holder.
@Suite struct CertificateUseDoorTests {
    private static let licence = "11100000MADEM40046001"

    /// A house with a case of the firm that stands on its business licence.
    private static func open(
        on place: StoreUnderTest = .sqlite,
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol, CertificateID, DossierID) async throws -> Void
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            let maker = try await CaseMaker(try await Cast(house))
            let held = try await house.hall.certificates(of: maker.cast.firm)
            let id = try #require(held.first { $0.identifier.type == licence }?.id)
            let dossier = try await filed(maker, on: id)
            try await house.app.test(.router) { client in try await body(maker, client, id, dossier) }
        }
    }

    private static func filed(
        _ maker: CaseMaker, on certificate: CertificateID, as material: String = "businessLicence",
        by performer: Performer? = nil
    ) async throws -> DossierID {
        let whole = try await maker.submission()
        let materials = whole.materials.map {
            $0.material == material ? HandedIn(material, .certificate(certificate)) : $0
        }
        let attempt = try #require(Attempt(form: maker.cast.house.hall.newToken()))
        return try await maker.cast.house.hall.submit(
            try await maker.submission(materials: materials), by: performer ?? .person(maker.cast.lin),
            attempt: attempt
        ).dossier
    }

    private static func revoke(_ id: CertificateID, in hall: Hall) async throws {
        let performer = Performer(.staff(StaffID(Subject(high: 2, low: 3)))) { _, _ in }
        try await hall.perform(
            .end(.revoked, .fraud, note: "示例"), on: id, by: performer,
            attempt: try #require(Attempt(form: hall.newToken())))
    }

    @Test(arguments: StoreUnderTest.all)
    func `the filing authorises the use, and its holder sees the case, what for and by whom`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(on: place) { maker, client, id, dossier in
            let hall = maker.cast.house.hall
            let use = try #require(try await hall.uses(of: id).first?.use)
            #expect(use.dossier == dossier && use.material == "businessLicence" && !use.isByDuty)
            #expect(use.by == .person(maker.cast.lin), "she filed as the firm's agent")
            let holder = try await DoorVisitor(client, "lin", staff: false)
            let page = try await holder.get(Paths.certificate(id)).page
            let number = try #require(try await hall.shortNumber(of: dossier))
            let item = try await hall.open(dossier).dossier.submitted.terms.itemName
            for text in [number, item, "营业执照", "本人或代理人网上申办", "本次办件可用", Paths.dossier(dossier)] {
                #expect(page.contains(text), "\(text)")
            }
            let kinds = try await hall.store.read { tx in
                try Journal.entries(of: use.code.subject, in: tx).map(\.kind)
            }
            #expect(kinds == ["use.authorised"])
            let english = try await DoorVisitor(client, "lin", staff: false, look: "en")
            #expect(try await english.get(Paths.certificate(id)).page.contains("Open to this case"))
        }
    }

    @Test func `officer and clerk open it by the case's code alone, and each look carries the case's number`()
        async throws
    {
        try await Self.open { maker, client, id, dossier in
            let hall = maker.cast.house.hall
            let code = try #require(try await hall.uses(of: id).first?.use.code)
            let clerk = try await DoorVisitor(client, "window-city")
            let window = "\(Paths.window(dossier))/certificates/\(code)"
            #expect(try await clerk.get(Paths.window(dossier)).page.contains(window))
            #expect(try await clerk.get(window).page.contains(code.description))
            try await maker.perform(.accept, on: dossier, as: 1)
            let officer = try await DoorVisitor(client, "review-hrss")
            let office = "\(Paths.office(dossier))/certificates/\(code)"
            let page = try await officer.get(Paths.office(dossier)).page
            #expect(page.contains(office) && page.contains("颁发") && page.contains("有效"))
            let opened = try await officer.get(office)
            #expect(opened.status == 200 && opened.page.contains("福州示例企业一有限公司"))
            let number = try #require(try await hall.shortNumber(of: dossier))
            #expect(try await hall.looks(at: id).map(\.number) == [number, number])
            let holder = try await DoorVisitor(client, "lin", staff: false)
            #expect(try await holder.get(Paths.certificate(id)).page.contains("办件\(number)的工作人员查看"))
            let stranger = try await DoorVisitor(client, "review-housing")
            (try await stranger.raw(office)).expect(refusal: PerformerRefusal.notAllowed)
            let other = try await Self.filed(maker, on: id)
            let foreign = "\(Paths.window(other))/certificates/\(code)"
            (try await clerk.raw(foreign)).expect(refusal: CertificateUseRefusal.unknownCode)
            #expect(try await hall.looks(at: id).count == 2, "who is refused has not looked")
        }
    }

    @Test func `with the case the code ends`() async throws {
        try await Self.open { maker, client, id, dossier in
            let code = try #require(try await maker.cast.house.hall.uses(of: id).first?.use.code)
            try await maker.perform(.decline(.notNeeded, authority: "", note: "无需许可"), on: dossier, as: 1)
            let clerk = try await DoorVisitor(client, "window-city")
            #expect(!(try await clerk.get(Paths.window(dossier)).page.contains("/certificates/")))
            (try await clerk.raw("\(Paths.window(dossier))/certificates/\(code)"))
                .expect(refusal: CertificateUseRefusal.over)
            let holder = try await DoorVisitor(client, "lin", staff: false)
            #expect(try await holder.get(Paths.certificate(id)).page.contains("已失效"))
        }
    }

    @Test func `what is revoked turns red in the case at once, and serves no other`() async throws {
        try await Self.open { maker, client, id, dossier in
            let hall = maker.cast.house.hall
            let clerk = try await DoorVisitor(client, "window-city")
            #expect(!(try await clerk.get(Paths.window(dossier)).page.contains("不能作为本项材料")))
            try await Self.revoke(id, in: hall)
            let page = try await clerk.get(Paths.window(dossier)).page
            #expect(page.contains("不能作为本项材料") && page.contains("已撤销"))
            let check = try #require(try await hall.checks(of: try await hall.open(dossier).dossier).first)
            #expect(check.standing == .ended && !check.isGood)
            await #expect(throws: CertificateUseRefusal.notInForce) { try await Self.filed(maker, on: id) }
        }
    }

    @Test func `nobody's certificate, one of another type, and one that is none are refused with the filing`()
        async throws
    {
        try await Self.open { maker, _, id, _ in
            let house = maker.cast.house
            let others = try await house.certificate(of: PersonID(Subject(high: 1, low: 99)), type: Self.licence)
            await #expect(throws: CertificateUseRefusal.notHeld) { try await Self.filed(maker, on: others) }
            await #expect(throws: CertificateUseRefusal.otherType) {
                try await Self.filed(maker, on: id, as: "restPlan")
            }
            await #expect(throws: CertificateRefusal.notFound) {
                try await Self.filed(maker, on: CertificateID(Subject(high: 9, low: 9)))
            }
            #expect(try await house.hall.uses(of: id).count == 1)
        }
    }

    @Test func `what a clerk files is used by duty, and the holder sees that too`() async throws {
        try await Self.open { maker, client, id, _ in
            let clerk = Performer(.staff(StaffID(Subject(high: 2, low: 1)))) { _, _ in }
            let dossier = try await Self.filed(maker, on: id, by: clerk)
            let use = try #require(try await maker.cast.house.hall.uses(of: id).first { $0.use.dossier == dossier })
            #expect(use.use.isByDuty && use.isOpen)
            let holder = try await DoorVisitor(client, "lin", staff: false)
            #expect(try await holder.get(Paths.certificate(id)).page.contains("窗口工作人员依职能"))
        }
    }

    @Test func `what is held and does not serve says why, and is refused with the filing`() async throws {
        try await Self.open { maker, client, id, _ in
            let (house, hall) = (maker.cast.house, maker.cast.house.hall)
            let draft = try await maker.draft()
            let agent = try await DoorVisitor(client, "lin", staff: false)
            let materials = Paths.draft(draft, "materials")
            #expect(!(try await agent.get(materials).page.contains("也可以另行提交材料")))
            let check = try await agent.get(Paths.draft(draft, "check")).page
            #expect(check.contains("电子证照使用授权"), "she reads what she authorises")
            try await Self.revoke(id, in: hall)
            #expect(try await agent.get(materials).page.contains("目前状态为“已失效”，不能使用"))
            #expect(!(try await agent.get(Paths.draft(draft, "check")).page.contains("电子证照使用授权")))
            // Her own licence is none of the firm's.
            let own = try await house.certificate(of: maker.cast.lin, serial: "LW20260009", type: Self.licence)
            let page = try await agent.get(materials).page
            #expect(page.contains("LW20260009") && page.contains("不符合本项材料的要求：持证主体为申请人"))
            await #expect(throws: CertificateUseRefusal.unfit) { try await Self.filed(maker, on: own) }
            let english = try await DoorVisitor(client, "lin", staff: false, look: "en")
            #expect(try await english.get(materials).page.contains("it is the applicant"))
        }
    }
}
