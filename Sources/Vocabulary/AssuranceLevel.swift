/// How surely it is known who is signed in, the surest last: the three kinds of account of an online hall (domain
/// section 3.3).
package enum AssuranceLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// 注册: somebody has an account, and nothing more is known of her in this sign-in.
    case registered
    /// 实名: name and identity number were held against the register or the card.
    case realName
    /// 数字证书: the key of a certificate proved it.
    case certificate

    private var rank: Int {
        switch self {
        case .registered: 1
        case .realName: 2
        case .certificate: 3
        }
    }

    package static func < (left: AssuranceLevel, right: AssuranceLevel) -> Bool { left.rank < right.rank }
}

/// Which level an application demands of whoever files it online.
///
/// Guides have no element for it, so it is a rule by the service mode, which a house sets otherwise where its own law
/// asks for more.
package struct LevelDemands: Sendable, Hashable, CustomStringConvertible {
    private let own: [String: AssuranceLevel]

    /// Nothing set otherwise.
    package static let usual = LevelDemands(own: [:])

    private init(own: [String: AssuranceLevel]) {
        self.own = own
    }

    /// Reads `O1=certificate;O2=realName`; nil for a mode or a level that there is not, and for a mode twice.
    package init?(_ text: String) {
        var own: [String: AssuranceLevel] = [:]
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, let mode = ServiceMode.named(pair[0]), let level = AssuranceLevel(rawValue: pair[1]),
                own.updateValue(level, forKey: mode.id) == nil
            else { return nil }
        }
        self.init(own: own)
    }

    /// What is demanded of a filing in the mode. Where the paper is handed in at a counter before anything counts, the
    /// clerk sees who it is, and any account will do; everywhere else the filing itself counts, under a real name.
    package func level(for mode: ServiceMode) -> AssuranceLevel {
        own[mode.id] ?? (mode.receipt == .originals && mode.originals == .counter ? .registered : .realName)
    }

    /// What is set otherwise, as it is read.
    package var description: String {
        own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }.joined(separator: ";")
    }
}
