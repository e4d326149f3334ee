import Accounts
import Certificates
import Documents
import Foundation
import Hall
import Signing
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct SharingTests {
    private static func open(
        _ place: StoreUnderTest = .sqlite, hasSeals: Bool = true, sharing: CertificateKind.SharingScope = .permitted,
        _ body: @escaping @Sendable (SharingStory) async throws -> Void
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            try await body(try await SharingStory(store, hasSeals: hasSeals, sharing: sharing))
        }
    }

    private static func value(_ column: String, in fields: JSONValue?) -> String? {
        fields?.list?.first { $0["columnName"]?.text == column }?["value"]?.text
    }

    @Test(arguments: StoreUnderTest.all)
    func `a caller reads by identifier, by holder and by both codes, and the holder sees each use`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { story in
            let caller = try await story.caller()
            let one = try await story.ask(
                .queryCertInfo, ["certIdentifier": .text(story.identifier)], by: caller)
            #expect(Self.value("certificate_identifier", in: one["certData"]) == story.identifier)
            #expect(Self.value("headcount", in: one["certData"]) == "120")
            #expect(Self.value("certificate_holder_code", in: one["certData"]) == SharingStory.firm)
            let places = one["certData"]?.list?.map { $0["orderNum"] } ?? []
            #expect(places == (1...places.count).map { .number($0) })
            let serial = story.certificate.reservation.identifier.serial
            let list = try await story.ask(
                .queryCertInfoByHolderCode, story.holder.merging(["certNo": .text(serial)]) { $1 }, by: caller)
            #expect(list["certDataList"]?.list?.first?["certData"] == one["certData"])
            try await story.hall.present(
                story.certificate.id, for: [HallStory.applicant], by: .person(HallStory.applicant),
                terms: (minutes: 10, isOnce: true), key: story.key, attempt: story.story.token())
            let presenting = try #require(
                try await story.hall.presentings(
                    of: story.certificate.id, for: [HallStory.applicant], key: story.key
                ).first)
            let shown = try await story.ask(
                .queryCertInfoByQRcode, ["qrcode": .text(presenting.code.grouped)], by: caller)
            #expect(shown["certData"] == one["certData"])
            await #expect(throws: PresentationRefusal.used) {
                try await story.ask(.queryCertInfoByQRcode, ["qrcode": .text(presenting.code.text)], by: caller)
            }
            let seal = try await story.hall.seal(
                for: story.certificate.reservation.identifier.issuer, named: "市人社局（示例）")
            let filing = try #require(story.certificate.filing)
            let claims = try #require(CertificateClaims(story.certificate, digest: filing.digest))
            let press = try #require(story.hall.press)
            let face = press.code(try claims.token(by: seal.documentSigner))
            let byFace = try await story.ask(.queryCertInfoByQRcode, ["qrcode": .text(face)], by: caller)
            #expect(byFace["certData"] == one["certData"])
            let lines = try await story.hall.showings(of: story.certificate.id)
            #expect(lines.map(\.showing.way) == [.shared, .presented, .shared, .shared])
            #expect(Set(lines.map(\.viewer)) == ["示例银行"] && Set(lines.map(\.showing.purpose)) == ["办理开户核验"])
            let looks = try await story.hall.looks(at: story.certificate.id)
            #expect(looks.count == 4)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `every call of a known caller is an entry of the journal, with its status and without names`(
        _ place: StoreUnderTest
    ) async throws {
        try await Self.open(place) { story in
            let caller = try await story.caller()
            _ = try await story.ask(.queryCertInfo, ["certIdentifier": .text(story.identifier)], by: caller)
            await #expect(throws: SharingRefusal.causeMissing) {
                try await story.ask(
                    .queryCertInfo, ["certIdentifier": .text(story.identifier)], by: caller, cause: "")
            }
            let entries = try await story.hall.store.read { tx in
                try tx.rows("SELECT body, actor FROM journal WHERE kind = 'sharing.called' ORDER BY subject LIMIT 9")
                    .map { (String(decoding: try $0.bytes(0), as: UTF8.self), try $0.text(1)) }
            }
            #expect(
                entries.map(\.0) == [
                    """
                    {"certificates":["\(story.certificate.id)"],"operation":"queryCertInfo","status":0,\
                    "type":"\(SharingStory.type)"}
                    """,
                    """
                    {"certificates":[],"operation":"queryCertInfo","status":99,"type":"\(SharingStory.type)"}
                    """,
                ])
            #expect(Set(entries.map(\.1)) == ["caller:\(caller.id)"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a call counts once, by its own caller, near its time and as often as was agreed`(_ place: StoreUnderTest)
        async throws
    {
        try await Self.open(place) { story in
            let caller = try await story.caller(perMinute: 3)
            let data: [String: JSONValue] = ["certIdentifier": .text(story.identifier), "useCause": .text("核验")]
            let call = try story.signed(.queryCertInfo, data, by: caller)
            _ = try await story.share(call)
            await #expect(throws: SharingRefusal.repeatedCall) { try await story.share(call) }
            for seconds: Int64 in [-301, 301] {
                let stale = try story.signed(.queryCertInfo, data, by: caller, seconds: seconds)
                await #expect(throws: SharingRefusal.staleCall) { try await story.share(stale) }
            }
            let other = Hall.SharingCall(
                .queryCertInfo, by: "bank-01", token: call.token, madeAt: call.madeAt, nonce: call.nonce,
                data: (Array("{}".utf8), .record([:])))
            await #expect(throws: SharingRefusal.notAuthenticated) { try await story.share(other) }
            let renewed = try await story.hall.renewSecret(of: caller.accessID)
            let old = try story.signed(.queryCertInfo, data, by: caller)
            await #expect(throws: SharingRefusal.notAuthenticated) { try await story.share(old) }
            for _ in 0..<2 { _ = try await story.share(try story.signed(.queryCertInfo, data, by: renewed)) }
            let much = try story.signed(.queryCertInfo, data, by: renewed)
            await #expect(throws: SharingRefusal.tooManyCalls) { try await story.share(much) }
            await #expect(throws: SharingRefusal.repeatedCall) { try await story.share(much) }
            story.story.clock.move(seconds: 60)
            _ = try await story.share(try story.signed(.queryCertInfo, data, by: renewed))
            try await story.hall.revokeCaller(caller.accessID)
            let late = try story.signed(.queryCertInfo, data, by: renewed)
            await #expect(throws: SharingRefusal.notAuthenticated) { try await story.share(late) }
            let kept = try await story.hall.sharingCallers()
            #expect(kept.count == 1 && kept[0].revokedAt != nil && kept[0].edition == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each state of a certificate has its number, and permissions are asked first`(_ place: StoreUnderTest)
        async throws
    {
        try await Self.open(place) { story in
            let caller = try await story.caller()
            let stranger = try await story.caller("bank-02", types: [])
            let data: [String: JSONValue] = ["certIdentifier": .text(story.identifier)]
            await #expect(throws: SharingRefusal.noPermission) {
                try await story.ask(.queryCertInfo, data, by: stranger)
            }
            await #expect(throws: SharingRefusal.unknownType) {
                try await story.ask(
                    .queryCertInfoByHolderCode,
                    story.holder.merging(["certTypeCode": .text("11350100MADEM002X0999")]) { $1 }, by: caller)
            }
            await #expect(throws: SharingRefusal.wrongHolderType) {
                try await story.ask(
                    .queryCertInfoByHolderCode, story.holder.merging(["holderTypeCode": .text("414")]) { $1 },
                    by: caller)
            }
            await #expect(throws: SharingRefusal.notFound) {
                try await story.ask(
                    .queryCertInfoByHolderCode, story.holder.merging(["certNo": .text("X1")]) { $1 }, by: caller)
            }
            await #expect(throws: SharingRefusal.malformed) {
                try await story.ask(.queryCertInfo, ["certIdentifier": .text("1.2.156")], by: caller)
            }
            try await story.happen(.restricted(.investigation, Certificate.Note("核查")))
            await #expect(throws: SharingRefusal.restricted) {
                try await story.ask(.queryCertInfo, data, by: caller)
            }
            await #expect(throws: SharingRefusal.restricted) {
                try await story.ask(.queryCertInfoByHolderCode, story.holder, by: caller)
            }
            try await story.happen(.ended(.revoked, successor: nil))
            await #expect(throws: SharingRefusal.ended) { try await story.ask(.queryCertInfo, data, by: caller) }
            try await story.hall.permit([SharingStory.type], to: caller.accessID, isTakenBack: true)
            await #expect(throws: SharingRefusal.noPermission) {
                try await story.ask(.queryCertInfo, data, by: caller)
            }
        }
    }

    @Test func `a certificate that is over says so, and an answer to nobody's key is not given`() async throws {
        try await Self.open { story in
            let caller = try await story.caller()
            story.story.clock.move(seconds: 4 * 366 * 86_400)
            await #expect(throws: SharingRefusal.expired) {
                try await story.ask(.queryCertInfo, ["certIdentifier": .text(story.identifier)], by: caller)
            }
            let outside = try await story.caller("bank-02", network: .outside)
            await #expect(throws: SharingRefusal.noReplyKey) {
                try await story.ask(.getCertRemarkInfo, ["certTypeCode": .text(SharingStory.type)], by: outside)
            }
            await #expect(throws: SharingRefusal.accessIDTaken) { try await story.caller("bank-02") }
            await #expect(throws: SharingRefusal.unknownCaller) {
                try await story.hall.revokeCaller(try #require(AccessID("nobody")))
            }
        }
    }

    @Test func `an outside caller gets a ciphertext that its key opens`() async throws {
        try await Self.open { story in
            let key = try SM2PrivateKey()
            let caller = try await story.caller(network: .outside, publicKey: key.publicKey)
            let reply = try await story.ask(.getCertRemarkInfo, ["certTypeCode": .text(SharingStory.type)], by: caller)
            let ciphertext = try #require(Data(base64Encoded: reply.text ?? ""))
            let data: JSONValue = try CanonicalJSON.value(in: try key.decrypt([UInt8](ciphertext)))
            #expect(data["certTypeName"]?.text == "特殊工时批准书")
            #expect(
                data["fields"]?.list == [
                    .record([
                        "name": .text("涉及人数"), "columnName": .text("headcount"), "valueType": .text("number"),
                        "orderNum": .number(1),
                    ])
                ])
        }
    }

    @Test func `what is not published for others is given to its issuer, and the city's to bodies of the city`()
        async throws
    {
        try await Self.open(sharing: .issuer) { story in
            let data: [String: JSONValue] = ["certIdentifier": .text(story.identifier)]
            let (bank, issuer, other) = (
                try await story.caller(), try await story.caller("issuer", body: "11350100MADEM002X0"),
                try await story.caller("other", body: "11350100MADEM00380")
            )
            for caller in [bank, other] {
                await #expect(throws: SharingRefusal.unknownType) {
                    try await story.ask(.queryCertInfo, data, by: caller)
                }
            }
            _ = try await story.ask(.queryCertInfo, data, by: issuer)
        }
        try await Self.open(sharing: .city) { story in
            let data: [String: JSONValue] = ["certIdentifier": .text(story.identifier)]
            let bank = try await story.caller(network: .outside, publicKey: try SM2PrivateKey().publicKey)
            await #expect(throws: SharingRefusal.noPermission) {
                try await story.ask(.queryCertInfo, data, by: bank)
            }
            let body = try await story.caller("other", body: "11350100MADEM00380")
            _ = try await story.ask(.queryCertInfo, data, by: body)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a link gives a sealed copy that says what for, as long and as often as it may`(_ place: StoreUnderTest)
        async throws
    {
        try await Self.open(place) { story in
            let caller = try await story.caller()
            let reply = try await story.ask(.downloadUrl, ["certIdentifier": .text(story.identifier)], by: caller)
            let url = try #require(reply["url"]?.text)
            #expect(url.hasPrefix("https://ow.example/api/v1/sharing/download?id="))
            let secret = String(url.suffix(64))
            let (bytes, certificate) = try await story.hall.download(secret, key: story.key)
            #expect(certificate.id == story.certificate.id)
            #expect(try await story.hall.report(on: bytes).verdict == .valid)
            let content = try #require(try ZipReader(bytes).entry("Doc_0/Pages/Page_0/Content.xml"))
            #expect(String(decoding: content, as: UTF8.self).contains("办理开户核验"))
            let urls = try await story.ask(.downloadUrlsByHolderCode, story.holder, by: caller)
            #expect(urls["downloadUrls"]?.list?.count == 1)
            await #expect(throws: SharingRefusal.unknownLink) {
                try await story.hall.download(String(repeating: "0", count: 64), key: story.key)
            }
            for time in ["20180101", "20990101", "2018111912", "x"] {
                await #expect(throws: SharingRefusal.malformed) {
                    try await story.ask(
                        .downloadUrl, ["certIdentifier": .text(story.identifier), "expiryTime": .text(time)],
                        by: caller)
                }
            }
            story.story.clock.move(seconds: 1800)
            await #expect(throws: SharingRefusal.unknownLink) {
                try await story.hall.download(secret, key: story.key)
            }
            let pulse = Pulse(hall: story.hall)
            #expect(try await pulse.prune() > 0)
            // What was revoked since is not given.
            let other = try await story.ask(.downloadUrl, ["certIdentifier": .text(story.identifier)], by: caller)
            try await story.happen(.ended(.revoked, successor: nil))
            await #expect(throws: SharingRefusal.ended) {
                try await story.hall.download(String(other["url"]?.text?.suffix(64) ?? ""), key: story.key)
            }
        }
    }

    @Test func `files are given as OFD and as pictures, and judged when they come back`() async throws {
        try await Self.open { story in
            let caller = try await story.caller()
            func file(_ type: String) async throws -> JSONValue {
                try await story.ask(
                    .downloadFile,
                    [
                        "fileType": .text(type), "certificateIdentifier": .text(story.identifier),
                        "certificateCopyCause": .text("贷款审查"), "certificateCopyExpiringTime": .text("20181231"),
                    ], by: caller)
            }
            let picture = try #require(Data(base64Encoded: try await file("png")["content"]?.text ?? ""))
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            let content = try #require(try await file("ofd")["content"]?.text)
            let copy = try #require(Data(base64Encoded: content))
            let page = try #require(try ZipReader([UInt8](copy)).entry("Doc_0/Pages/Page_0/Content.xml"))
            #expect(String(decoding: page, as: UTF8.self).contains("贷款审查"), "the copy's own cause")
            await #expect(throws: SharingRefusal.malformed) { try await file("pdf") }
            func check(_ content: String) async throws -> JSONValue {
                try await story.ask(
                    .verifyFile,
                    [
                        "certTypeCode": .text(SharingStory.type), "contentType": .text("base64"),
                        "content": .text(content),
                    ], by: caller)
            }
            let good = try await check(content)
            #expect(good["valid"] == .flag(true) && good["certIdentifier"]?.text == story.identifier)
            var bytes = try #require(Data(base64Encoded: content))
            bytes[bytes.count / 2] ^= 1
            let bad = try await check(bytes.base64EncodedString())
            #expect(bad["valid"] == .flag(false) && bad["certIdentifier"] == nil)
            await #expect(throws: SharingRefusal.malformed) { try await check("no base64") }
        }
        try await Self.open(hasSeals: false) { story in
            let caller = try await story.caller()
            await #expect(throws: SharingRefusal.noCopies) {
                try await story.ask(.downloadUrl, ["certIdentifier": .text(story.identifier)], by: caller)
            }
        }
    }

    @Test func `data are compared without being told`() async throws {
        try await Self.open { story in
            let caller = try await story.caller()
            func compare(_ fields: [String: JSONValue], _ key: [String: JSONValue]) async throws -> JSONValue {
                try await story.ask(.verifyCertInfo, key.merging(["fields": .record(fields)]) { $1 }, by: caller)
            }
            let identifier: [String: JSONValue] = ["certIdentifier": .text(story.identifier)]
            let right: [String: JSONValue] = ["headcount": .text("120"), "certificate_holder_name": .text("示例企业一")]
            for key in [identifier, story.holder] {
                #expect(try await compare(right, key) == .record(["valid": .flag(true)]))
                #expect(try await compare(["headcount": .text("121")], key) == .record(["valid": .flag(false)]))
                #expect(try await compare(["nothing": .text("")], key) == .record(["valid": .flag(false)]))
            }
            for wrong: [String: JSONValue] in [[:], ["headcount": .number(120)]] {
                await #expect(throws: SharingRefusal.malformed) { try await compare(wrong, identifier) }
            }
        }
    }

    @Test func `a number for each status, and a status for each refusal`() {
        let statuses = Set(SharingRefusal.allCases.map(\.status)).union([.ok])
        #expect(statuses == Set(SharingStatus.allCases))
        #expect(SharingStatus.allCases.map(\.rawValue) == [0, 11, 13, 21, 22, 23, 99, 100, 101, 103])
    }
}
