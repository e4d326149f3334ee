import Synchronization

/// How a gateway misbehaves.
package enum SandboxFault: String, Codable, Sendable, CaseIterable {
    /// It behaves.
    case none
    /// It says that it cannot do anything now.
    case down
    /// It answers after `slowSeconds`.
    case slow
    /// It takes the message, and the answer gets lost.
    case lostAnswer = "lost-answer"
    /// It takes the message and answers as if it had it already (HTTP), or answers twice (SMTP).
    case duplicateAnswer = "duplicate-answer"
    /// It takes the message and answers what means nothing.
    case garbage
}

/// The switches of one gateway.
package struct FaultSetting: Codable, Sendable, Equatable {
    package var fault = SandboxFault.none
    /// For how many messages; nil until it is switched off.
    package var times: Int?
    /// Numbers or addresses that are refused for good.
    package var rejected: [String] = []
    /// Seconds before a slow answer.
    package var slowSeconds = 20

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        fault = try container.decodeIfPresent(SandboxFault.self, forKey: .fault) ?? .none
        times = try container.decodeIfPresent(Int.self, forKey: .times)
        rejected = try container.decodeIfPresent([String].self, forKey: .rejected) ?? []
        slowSeconds = try container.decodeIfPresent(Int.self, forKey: .slowSeconds) ?? 20
    }
}

/// The switches of both gateways, which may be turned while the sandbox runs.
package final class FaultSwitches: Sendable {
    private let settings = Mutex<[SandboxMessage.Way: FaultSetting]>([:])

    package init() {}

    /// How a gateway is switched now.
    package func setting(_ way: SandboxMessage.Way) -> FaultSetting {
        settings.withLock { $0[way] ?? FaultSetting() }
    }

    /// Turns the switches of a gateway.
    package func set(_ setting: FaultSetting, for way: SandboxMessage.Way) {
        settings.withLock { $0[way] = setting }
    }

    /// The fault for the next message; counts one that is for so many messages only.
    func next(_ way: SandboxMessage.Way) -> SandboxFault {
        settings.withLock { settings in
            var setting = settings[way] ?? FaultSetting()
            let fault = setting.fault
            if let times = setting.times {
                setting.times = times > 1 ? times - 1 : nil
                if times <= 1 { setting.fault = .none }
            }
            settings[way] = setting
            return fault
        }
    }
}
