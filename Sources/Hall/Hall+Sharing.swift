package import Accounts
package import Certificates
import Foundation
import Signing
import Store
package import Vocabulary

/// 共享服务: certificates for the programs of other organisations.
extension Hall {
    /// A call as it came in.
    package struct SharingCall: Sendable {
        package let operation: SharingOperation
        package let accessID: String
        package let token: String
        /// When it was made, by the caller's clock.
        package let madeAt: Instant
        package let nonce: String
        /// The value of `data`, byte for byte: the token covers it.
        package let bytes: [UInt8]
        package let data: SharingData

        package init(
            _ operation: SharingOperation, by accessID: String, token: String, madeAt: Instant, nonce: String,
            data: (bytes: [UInt8], value: JSONValue)
        ) {
            (self.operation, self.accessID, self.token) = (operation, accessID, token)
            (self.madeAt, self.nonce) = (madeAt, nonce)
            (bytes, self.data) = (data.bytes, SharingData(data.value))
        }

        /// What the token is an HMAC of: five lines.
        var message: [UInt8] {
            let digest = BlobRef(of: bytes).digest
            return Array("\(operation.rawValue)\n\(accessID)\n\(madeAt.milliseconds)\n\(nonce)\n\(digest)".utf8)
        }
    }

    /// What a call gives, before it is encrypted.
    struct SharingReply: Sendable {
        let data: JSONValue
        /// Whose data are in it.
        var shown: [CertificateID] = []
        /// Whether the look stands there already, as one by the holder's code does.
        var isNoted = false
    }

    /// What the sharing service needs from the doors.
    package struct SharingDesk: Sendable {
        let key: AccountKey
        /// Where links lead: `https://host`.
        let address: String

        package init(key: AccountKey, address: String) { (self.key, self.address) = (key, address) }
    }

    /// Answers a call: the data, or, for callers outside, a text with their SM2 ciphertext in base 64. Each call of a
    /// caller that is known stands in the journal before its answer leaves, refused ones too; only a repeated one and
    /// one beyond the caller's limit leave no entry. Refuses by `SharingRefusal`.
    package func share(_ call: SharingCall, desk: SharingDesk) async throws -> JSONValue {
        let caller = try await admit(call, desk.key)
        let reply: SharingReply
        do {
            reply = try await answer(call, of: caller, desk: desk)
        } catch let refusal as any Refusal {
            let refused = Self.sharingRefusal(refusal)
            try await note(call, SharingStatus(refused), nil, by: caller)
            throw refused
        }
        try await note(call, .ok, reply, by: caller)
        return try await sealed(reply.data, for: caller)
    }

    /// What other rooms refuse, in the words of the service.
    private static func sharingRefusal(_ refusal: any Refusal) -> any Refusal {
        switch refusal {
        case CertificateRefusal.noFile: SharingRefusal.noCopies
        case CertificateRefusal.forgotten, CertificateRefusal.malformedCode: SharingRefusal.notFound
        case PresentationRefusal.malformedCode, PresentationRefusal.unknownCode: SharingRefusal.notFound
        default: refusal
        }
    }

    private func admit(_ call: SharingCall, _ key: AccountKey) async throws -> SharingCaller {
        let now = time.now()
        guard let accessID = AccessID(call.accessID),
            let caller = try await store.read({ tx in try SharingTable.caller(accessID, in: tx) }),
            key.isSharingToken(call.token, of: call.message, by: caller.id.subject, edition: caller.edition),
            caller.revokedAt == nil
        else { throw SharingRefusal.notAuthenticated }
        try SharingRules.check(nonce: call.nonce)
        try SharingRules.check(madeAt: call.madeAt, now: now)
        // Refused within the transaction a nonce would be forgotten again, and the call could be repeated.
        let taken = try await store.write { tx -> Result<Void, SharingRefusal> in
            do {
                try SharingTable.take(call.nonce, of: caller, now: now, in: tx)
                return .success(())
            } catch let refusal as SharingRefusal {
                return .failure(refusal)
            }
        }
        try taken.get()
        return caller
    }

    private func answer(
        _ call: SharingCall, of caller: SharingCaller, desk: SharingDesk
    ) async throws -> SharingReply {
        try SharingRules.check(caller)
        if call.operation != .getCertRemarkInfo { try SharingRules.check(cause: call.data.cause) }
        switch call.operation {
        case .queryCertInfo: return try await certInfo(call.data, caller)
        case .queryCertInfoByHolderCode: return try await certInfoByHolder(call.data, caller, desk.key)
        case .queryCertInfoByQRcode: return try await certInfoByCode(call.data, caller, desk.key)
        case .verifyCertInfo: return try await comparison(call.data, caller, desk.key)
        case .getCertRemarkInfo: return try await remarks(call.data, caller)
        case .downloadUrl: return try await link(call.data, caller, desk)
        case .downloadUrlsByHolderCode: return try await links(call.data, caller, desk)
        case .downloadFile: return try await copy(call.data, caller)
        case .verifyFile: return try await fileCheck(call.data, caller)
        // Fetched by its link, never called.
        case .download: throw SharingRefusal.malformed
        }
    }

    private func note(
        _ call: SharingCall, _ status: SharingStatus, _ reply: SharingReply?, by caller: SharingCaller
    ) async throws {
        let cause = String(call.data.cause.prefix(SharingRules.causeCharactersMax))
        let entry = SharingEntry(
            call.operation, status, type: call.data.knownType, certificates: reply?.shown ?? [], cause: cause)
        try await note(entry, by: caller, hasLooks: !(reply?.isNoted ?? false))
    }

    func note(_ entry: SharingEntry, by caller: SharingCaller, hasLooks: Bool = true) async throws {
        let (id, looks) = (ids.next(), hasLooks ? entry.certificates.map { _ in ids.next() } : [])
        let stamp = stamp(of: .caller(caller.id))
        try await store.write { tx in
            try SharingTable.note(entry, as: id, looks: looks, of: caller, stamp: stamp, in: tx)
        }
    }

    private func sealed(_ data: JSONValue, for caller: SharingCaller) async throws -> JSONValue {
        guard caller.network == .outside else { return data }
        guard let key = caller.publicKey else { throw SharingRefusal.noReplyKey }
        let bytes = try CanonicalJSON.bytes(of: data)
        let ciphertext = try await signing.run { try key.encrypt(bytes) }
        return .text(Data(ciphertext).base64EncodedString())
    }
}

/// The fields of a call's data.
package struct SharingData: Sendable {
    let value: JSONValue

    package init(_ value: JSONValue) { self.value = value }

    /// Why the caller asks; of a copy, what it is for.
    var cause: String { (value["useCause"]?.text ?? value["certificateCopyCause"]?.text ?? "").trimmed }

    /// The code of the type, where it has the shape of one; for the journal.
    var knownType: String? {
        if let type = value["certTypeCode"]?.text, type.utf8.count == 21 { return type }
        return identifier?.type
    }

    /// The identifier that the call names; nil where there is none.
    var identifier: CertificateIdentifier? {
        (value["certIdentifier"]?.text ?? value["certificateIdentifier"]?.text).flatMap { CertificateIdentifier($0) }
    }

    /// A text that must be there; refuses one that is missing, empty or longer.
    func text(_ name: String, max: Int = 256) throws(SharingRefusal) -> String {
        guard let text = value[name]?.text?.trimmed, !text.isEmpty, text.count <= max,
            !text.unicodeScalars.contains("\0")
        else { throw .malformed }
        return text
    }

    /// A text that may be missing; refuses another kind of value.
    func optionalText(_ name: String, max: Int = 256) throws(SharingRefusal) -> String? {
        guard value[name] != nil else { return nil }
        return try text(name, max: max)
    }

    /// `20261124093000`, or `20261124` for the end of that day, by the clock of Fuzhou; nil where it is missing.
    func moment(_ name: String) throws(SharingRefusal) -> Instant? {
        guard let text = try optionalText(name, max: 14) else { return nil }
        let digits = Array(text.utf8).map { Int($0) - 48 }
        guard digits.count == 8 || digits.count == 14, digits.allSatisfy({ (0...9).contains($0) }) else {
            throw .malformed
        }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let day = CivilDate(String(text.prefix(8))) else { throw .malformed }
        if digits.count == 8 { return Instant(day.advanced(byDays: 1)) }
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard hour < 24, minute < 60, second < 60 else { throw .malformed }
        return Instant(day, hour: hour, minute: minute).advanced(bySeconds: Int64(second))
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
