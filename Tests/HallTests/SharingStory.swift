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

/// A hall with seals in which one firm holds a certificate, and callers ask for it.
struct SharingStory {
    static let type = "11350100MADEM002X0001"
    static let firm = "91350100MADEM0054D"
    static let address = "https://ow.example"

    let story: HallStory
    let certificate: Certificate
    let key: AccountKey
    var hall: Hall { story.hall }
    var identifier: String { certificate.reservation.identifier.description }

    init(_ store: any Store, hasSeals: Bool = true, sharing: CertificateKind.SharingScope = .permitted) async throws {
        var story = try HallStory(store: store, clock: MovedClock())
        let time = story.hall.time
        if hasSeals {
            let ring = try KeyRing(
                folder: try TestFolder.fresh() + "/keys", masterKey: nil, forDemonstration: true, now: time.now())
            story.hall.sealWorkshop = SealWorkshop(
                keys: RingSealKeys(ring: ring, time: time), typeface: { try Typeface(path: Typeface.songPath) })
            story.hall.press = try CertificatePress(
                typeface: .song(), address: Self.address, isDemonstration: true)
        }
        let kind = CertificateKind(
            code: Self.type, names: ("特殊工时批准书", "Special working hours"), holderKind: .organisation,
            validity: .months(36),
            faceFields: [FaceField(id: "headcount", label: "涉及人数", labelEnglish: "Persons", type: .number)],
            handling: .init(sharing: sharing))
        key = try #require(AccountKey(Array(repeating: 5, count: 32)))
        let digits = "35010219900101002"
        let number = digits + String(try #require(CitizenID.checkCharacter(for: digits)))
        let firm = LegalPerson(
            HallStory.applicant, name: try #require(FullName("示例企业一")), code: try #require(CreditCode(Self.firm)),
            kind: .enterprise,
            representative: LegalPerson.Representative(
                name: try #require(FullName("林小满")), number: try #require(CitizenID(number))))
        let deed = Deed(by: .platform, now: time.now(), entropy: Entropy(seed: Array(repeating: 1, count: 32)))
        try await store.write { [key] tx in
            try CertificateKindTable.put(kind, in: tx)
            try PersonTable.register(.legalPerson(firm), key: key, by: deed, in: tx)
        }
        _ = try await story.granted()
        try await story.settle()
        self.story = story
        let found = try await store.read { tx in
            try CertificateTable.load(try CertificateTable.held(by: HallStory.applicant, in: tx)[0].id, in: tx)
        }
        certificate = try #require(found)
    }

    /// Takes a caller in and permits the type to it.
    @discardableResult
    func caller(
        _ id: String = "bank-01", network: SharingCaller.Network = .local, publicKey: SM2PublicKey? = nil,
        body: String? = nil, perMinute: Int = 600, types: [String] = [Self.type]
    ) async throws -> SharingCaller {
        let accessID = try #require(AccessID(id))
        let caller = try await hall.add(
            Hall.CallerTerms(
                accessID, name: "示例银行", body: body.flatMap { CreditCode($0) }, network: network, publicKey: publicKey,
                perMinute: perMinute))
        if !types.isEmpty { try await hall.permit(types, to: accessID) }
        return caller
    }

    /// A call as a caller would make it, with a nonce of its own.
    func signed(
        _ operation: SharingOperation, _ data: [String: JSONValue], by caller: SharingCaller, nonce: String? = nil,
        seconds: Int64 = 0
    ) throws -> Hall.SharingCall {
        let bytes = try CanonicalJSON.bytes(of: JSONValue.record(data))
        let at = hall.time.now().advanced(bySeconds: seconds)
        let nonce = nonce ?? hall.newToken()
        let message = """
            \(operation.rawValue)\n\(caller.accessID)\n\(at.milliseconds)\n\(nonce)\n\(BlobRef(of: bytes).digest)
            """
        let token = key.sharingToken(of: Array(message.utf8), by: caller.id.subject, edition: caller.edition)
        return Hall.SharingCall(
            operation, by: caller.accessID.description, token: token, madeAt: at, nonce: nonce,
            data: (bytes, .record(data)))
    }

    func share(_ call: Hall.SharingCall) async throws -> JSONValue {
        try await hall.share(call, desk: Hall.SharingDesk(key: key, address: Self.address))
    }

    /// Makes a call; the reason is always the same.
    func ask(
        _ operation: SharingOperation, _ data: [String: JSONValue], by caller: SharingCaller,
        cause: String = "办理开户核验"
    ) async throws -> JSONValue {
        try await share(
            try signed(operation, data.merging(["useCause": .text(cause)]) { given, _ in given }, by: caller))
    }

    var holder: [String: JSONValue] {
        ["holderCode": .text(Self.firm), "holderTypeCode": .text("001"), "certTypeCode": .text(Self.type)]
    }

    /// Ends the certificate, or whatever else happens to it.
    func happen(_ event: CertificateEvent) async throws {
        let stamp = Stamp(now: hall.time.now(), actor: .platform, entropy: Entropy(hall.dice))
        let certificate = try #require(try await hall.certificate(certificate.id))
        _ = try await hall.store.write { tx in
            try CertificateTable.append([event], to: certificate, stamp: stamp, in: tx)
        }
    }
}
