package import Vocabulary

/// What can go wrong at a provider of identities, each at every so many-th occasion.
package enum IdentityFault: String, SandboxSwitch {
    /// It is done, and the connection closed without an answer.
    case lostReply
    /// The token is signed with another key of the same name.
    case wrongSignature
    /// The token's times are `clockOffSeconds` from the clock.
    case clockOff
    /// The token was made for another sign-in.
    case wrongNonce
    /// The token was made for another house.
    case wrongAudience
    /// The same subject has another identity number.
    case otherNumber
    /// The token says one level less than what somebody picked.
    case lowerLevel
    /// Status 200 with an error in it, and nothing is done.
    case errorInside
    /// What is said is cut in the middle.
    case invalidBody
}

/// How the provider misbehaves. As JSON, one object: each `IdentityFault` with a count, and the members below.
package struct IdentityFaults: SandboxSwitchboard {
    /// Every connection is closed at once; nothing is read or written.
    package var isDown = false
    /// Seconds before each answer.
    package var slowSeconds = 0
    package var clockOffSeconds = 600
    package var every: [IdentityFault: Int] = [:]

    package init() {}

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "down": .flag(isDown), "slowSeconds": .number(slowSeconds), "clockOffSeconds": .number(clockOffSeconds),
        ]
        for fault in IdentityFault.allCases { members[fault.rawValue] = .number(every[fault] ?? 0) }
        return .record(members)
    }

    package mutating func set(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("down", .flag(let isOn)): isDown = isOn
        case ("slowSeconds", .number(let seconds)) where seconds >= 0: slowSeconds = seconds
        case ("clockOffSeconds", .number(let seconds)): clockOffSeconds = seconds
        case (_, .number(let count)) where count >= 0:
            guard let fault = IdentityFault(rawValue: name) else { return false }
            every[fault] = count
        default: return false
        }
        return true
    }
}

/// The switches of the provider.
package typealias IdentitySwitches = SandboxSwitches<IdentityFaults>

/// What the provider looks at in what the house does.
package enum IdentityCheck: String, SandboxCheck {
    case request = "a request as the protocol has it, of the client that is registered"
    case redirect = "the address back is a registered one, the same at both places"
    case pkce = "PKCE by S256, with the verifier of the challenge"
    case state = "a state of its own in each request"
    case nonce = "a nonce of its own in each request"
    case scopes = "scopes that there are, openid among them"
    case levels = "levels that there are"
    case client = "the house proves itself by its secret in the head"
    case codeOnce = "a code is used once, and in time"
    case bearer = "particulars are asked for with the token that was given"
    case hint = "signing out names whose: id_token_hint of this provider"
    case signedOut = "the address after signing out is a registered one"
    case ending = "the message that somebody signed out here is taken"
}

/// What was noticed about the house.
package typealias IdentityReport = SandboxReport<IdentityCheck>
