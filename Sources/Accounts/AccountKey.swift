import Crypto
package import Vocabulary

/// The one secret of this room, from the settings: whoever steals the tables but not the key can neither test a guess
/// at a number against the second-way tables nor make a login form's token.
///
/// A key for each purpose follows from it (HKDF-SHA256). It cannot be changed without writing the second-way tables
/// anew.
package struct AccountKey: Sendable, CustomStringConvertible {
    /// What a derived key is for. The name is the HKDF info: never changed.
    enum Purpose: String {
        case numbers = "accounts.numbers"
        case addresses = "accounts.addresses"
        case loginForms = "accounts.login-forms"
        case check = "accounts.check"
        case slips = "accounts.slips"
        case holders = "accounts.holders"
        case presentations = "accounts.presentations"
        case sharing = "accounts.sharing"
        case partners = "accounts.partners"
        case subscriptions = "accounts.subscriptions"
        case identities = "accounts.identities"
        case identityRequests = "accounts.identity-requests"
        case evaluations = "accounts.evaluations"
        case relatives = "accounts.relatives"
    }

    private let secret: SymmetricKey

    /// Refuses, by nil, fewer than 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        secret = SymmetricKey(data: bytes)
    }

    /// Masked.
    package var description: String { "AccountKey(***)" }

    func key(for purpose: Purpose) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array(purpose.rawValue.utf8), outputByteCount: 32)
    }

    /// HMAC-SHA256 of the text under the purpose's key: equal for equal texts, and no way back without the key.
    func digest(of text: String, for purpose: Purpose) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key(for: purpose)))
    }

    /// Whether somebody says the secret that is kept, such as a slip's password. Both go through HMAC-SHA256 and the
    /// comparison takes the same time whatever differs. An empty secret is nobody's.
    package func isSame(_ said: String, as kept: String) -> Bool {
        guard !kept.isEmpty else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            digest(of: kept, for: .slips), authenticating: Array(said.utf8), using: key(for: .slips))
    }

    /// 64 bits that follow from a random id and stand nowhere: whoever reads the tables cannot compute them.
    package func presentationBits(of id: Subject) -> UInt64 {
        digest(of: "code\n\(id)", for: .presentations).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Under what a presentation's code stands in its table.
    package func presentationDigest(of code: String) -> [UInt8] { digest(of: "digest\n" + code, for: .presentations) }

    /// The 32 bytes of secret of a program that asks for certificates; each edition has another. They stand nowhere.
    package func sharingSecret(of caller: Subject, edition: Int) -> [UInt8] {
        digest(of: "secret\n\(caller)\n\(edition)", for: .sharing)
    }

    /// The secret of a partner, in hexadecimal digits; each edition has another. It stands nowhere.
    package func secret(of partner: Partner) -> String {
        Hex.text(digest(of: "secret\n\(partner.id)\n\(partner.edition)", for: .partners))
    }

    /// Whether somebody says the secret of a partner; the comparison takes the same time whatever differs.
    package func isSecret(_ said: String, of partner: Partner) -> Bool { isSame(said, as: secret(of: partner)) }

    /// The token of a call: HMAC-SHA256 of the message under the caller's secret, in hexadecimal digits.
    package func sharingToken(of message: [UInt8], by caller: Subject, edition: Int) -> String {
        let secret = SymmetricKey(data: sharingSecret(of: caller, edition: edition))
        return Hex.text(HMAC<SHA256>.authenticationCode(for: message, using: secret))
    }

    /// Whether a token is that of a call; the comparison takes the same time whatever differs.
    package func isSharingToken(_ token: String, of message: [UInt8], by caller: Subject, edition: Int) -> Bool {
        guard let code = Hex.bytes(token, count: 32) else { return false }
        let secret = SymmetricKey(data: sharingSecret(of: caller, edition: edition))
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: secret)
    }

    /// The 32 bytes with which what is sent to a subscription is signed; each edition has another. They stand nowhere.
    package func subscriptionSecret(of subscription: Subject, edition: Int) -> [UInt8] {
        digest(of: "secret\n\(subscription)\n\(edition)", for: .subscriptions)
    }

    /// The mark of the link by which a visit or a case is judged: 16 hexadecimal digits that nobody can make without
    /// the key.
    package func evaluationMark(of subject: Subject) -> String {
        Hex.text(digest(of: "link\n\(subject)", for: .evaluations).prefix(8))
    }

    /// Whether a link bears its mark; the comparison takes the same time whatever differs.
    package func isEvaluationMark(_ mark: String, of subject: Subject) -> Bool {
        isSame(mark, as: evaluationMark(of: subject))
    }

    /// Under what the name of a relative of somebody of the staff stands in its table: another for each of them, so
    /// that nobody sees who have the same relative. `folded` is the name as names are compared.
    package func relativeDigest(of folded: String, to staff: StaffID) -> [UInt8] {
        digest(of: "\(staff)\n\(folded)", for: .relatives)
    }

    /// Under what a temporary link stands in its table.
    package func linkDigest(of secret: String) -> [UInt8] { digest(of: "link\n" + secret, for: .sharing) }

    /// Under which key a number stands in the second-way table.
    package func digest(of number: PersonNumber) -> [UInt8] {
        digest(of: number.kind + "\n" + number.text, for: .numbers)
    }
}

/// Hexadecimal digits in lower case, two a byte, as cookies and forms carry bytes.
enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// So many bytes; nil for a text of another length or with other characters.
    static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count == 2 * count else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let high = value(characters[index]), let low = value(characters[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
