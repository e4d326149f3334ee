package import Vocabulary

/// Somebody who was let in, until the house has fetched the token.
struct IdentityGrant: Sendable {
    let request: SignInRequest
    let person: SandboxPerson
    let level: AssuranceLevel
    /// The provider's own session.
    let sid: String
    let at: Instant
}

/// Somebody who is, or was, signed in.
struct IdentitySession: Sendable {
    let sid: String
    let person: SandboxPerson
    let level: AssuranceLevel
    let at: Instant
    /// How it ended; nil while it goes on.
    var ended: String?

    var json: JSONValue {
        .record([
            "sid": .text(sid), "sub": .text(person.subject), "name": .text(person.name),
            "level": .text(level.rawValue), "at": .text("\(at)"), "ended": ended.map(JSONValue.text) ?? .null,
        ])
    }
}

/// What the provider remembers while it runs: people, requests, codes, sessions.
package actor IdentityLedger {
    /// LIMIT: people, requests, codes and sessions that are remembered; the oldest are forgotten.
    private static let keptMax = 10_000
    /// LIMIT: seconds for which a code counts (RFC 6749 section 4.1.2 asks for ten minutes at most).
    static let codeSeconds: Int64 = 60

    private struct Code {
        let grant: IdentityGrant
        var isUsed = false
    }

    private var people: [SandboxPerson]
    private var waiting = Shelf<SignInRequest>()
    private var codes = Shelf<Code>()
    private var tokens = Shelf<IdentityGrant>()
    private var states = Shelf<[String]>()
    private var nonces = Shelf<[String]>()
    private(set) var sessions: [IdentitySession] = []
    private let time: TimeSource
    private let dice: Dice

    package init(people: [SandboxPerson], time: TimeSource, dice: Dice) {
        (self.people, self.time, self.dice) = (people, time, dice)
    }

    /// Texts and what stands under them, the newest so many.
    private struct Shelf<Value> {
        private var values: [String: Value] = [:]
        private var order: [String] = []

        subscript(name: String) -> Value? {
            get { values[name] }
            set {
                if newValue != nil, values[name] == nil { order.append(name) }
                values[name] = newValue
                if order.count > 2 * keptMax {
                    for old in order.prefix(keptMax) { values[old] = nil }
                    order.removeFirst(keptMax)
                }
            }
        }
    }

    private func random() -> String { PlainBase64.text(dice.bytes(24)) }

    var everybody: [SandboxPerson] { people }

    /// Registers somebody; false where there are too many. Who has the number already is replaced.
    package func register(_ person: SandboxPerson) -> Bool {
        people.removeAll { $0.number == person.number }
        guard people.count < Self.keptMax else { return false }
        people.append(person)
        return true
    }

    /// Whether a state, and a nonce, were in no other request; both are remembered. A request that comes whole again is
    /// somebody who has loaded the page anew.
    func areOwn(_ form: FormText) -> (state: Bool, nonce: Bool) {
        let (state, nonce) = (form["state"] ?? "", form["nonce"] ?? "")
        let whole = [state, nonce, form["code_challenge"] ?? ""]
        let isOwn = (states[state] ?? whole == whole, nonces[nonce] ?? whole == whole)
        (states[state], nonces[nonce]) = (whole, whole)
        return isOwn
    }

    /// Keeps a request while somebody looks at the page; answers its name there.
    func wait(_ request: SignInRequest) -> String {
        let name = random()
        waiting[name] = request
        return name
    }

    /// The request of a page, once.
    func take(_ name: String) -> SignInRequest? {
        defer { waiting[name] = nil }
        return waiting[name]
    }

    /// Somebody was let in, at a level of her choice or at her own; answers the code. Nil for nobody.
    func admit(_ subject: String, at level: AssuranceLevel?, for request: SignInRequest) -> String? {
        guard let person = people.first(where: { $0.subject == subject }) else { return nil }
        let grant = IdentityGrant(
            request: request, person: person, level: level ?? person.level, sid: random(), at: time.now())
        let code = random()
        codes[code] = Code(grant: grant)
        return code
    }

    /// What came of a code.
    enum Redeemed: Sendable {
        case grant(IdentityGrant)
        case unknown
        case usedBefore
        case tooLate
    }

    /// What stands behind a code, which is used from now on.
    func redeem(_ name: String) -> Redeemed {
        guard let code = codes[name] else { return .unknown }
        guard !code.isUsed else { return .usedBefore }
        codes[name] = Code(grant: code.grant, isUsed: true)
        guard time.now() <= code.grant.at.advanced(bySeconds: Self.codeSeconds) else { return .tooLate }
        return .grant(code.grant)
    }

    /// She is signed in; answers the token with which her particulars may be asked for.
    func begin(_ grant: IdentityGrant) -> String {
        let token = random()
        tokens[token] = grant
        sessions.append(IdentitySession(sid: grant.sid, person: grant.person, level: grant.level, at: grant.at))
        if sessions.count > Self.keptMax { sessions.removeFirst() }
        return token
    }

    /// Whose particulars a token opens; nil for none and for one that is over.
    func grant(of token: String) -> IdentityGrant? {
        let seconds = Self.codeSeconds + Int64(IdentityWords.tokenSeconds)
        return tokens[token].flatMap { time.now() <= $0.at.advanced(bySeconds: seconds) ? $0 : nil }
    }

    /// Ends a session that goes on; nil where there is none.
    func end(_ sid: String, as how: String) -> IdentitySession? {
        guard let place = sessions.lastIndex(where: { $0.sid == sid && $0.ended == nil }) else { return nil }
        sessions[place].ended = how
        return sessions[place]
    }

    /// A name for a message that no message had before.
    func message() -> String { random() }
}
