package import Store
package import Vocabulary

/// One notice on one way out of the house.
package struct NoticeDelivery: Hashable, Sendable {
    /// How far it has come.
    package enum State: String, Sendable, CaseIterable {
        /// Not tried yet.
        case waiting
        /// In a gateway's hands, or it was when the program died: nobody knows yet whether it was taken.
        case sending
        /// The gateway has taken it.
        case sent
        /// The last try failed; there will be another.
        case failed
        /// It will not be tried again unless somebody says so.
        case givenUp
        /// Somebody told the person otherwise.
        case settled
    }

    package let notice: NoticeID
    package let addressee: Subject
    package let channel: NoticeChannel
    /// Nil once it was erased.
    package let address: NoticeAddress?
    package let state: State
    /// How often a gateway was asked to take it.
    package let attempts: Int
    /// The gateway's own name for it; empty until it was taken.
    package let message: String
    /// Why the last try failed (`GatewayFailure`); empty when none has.
    package let failure: String
    package let changedAt: Instant

    /// What the gateway knows the delivery by, whoever asks and however often: `notice-sms`.
    package var key: String { Self.key(notice, channel) }

    package static func key(_ notice: NoticeID, _ channel: NoticeChannel) -> String { "\(notice)-\(channel.rawValue)" }
}

/// The effect that brings a notice out of the house.
package struct NoticeErrand: Hashable, Sendable, Codable {
    package static let kind = "notice.deliver"

    package let addressee: Subject
    package let channel: NoticeChannel

    var effect: Effect {
        get throws { Effect(Self.kind, payload: try CanonicalJSON.bytes(of: self), lane: .world) }
    }

    /// Reads the payload of such an effect.
    package init(_ effect: Effect) throws {
        guard effect.kind == Self.kind else { throw Fault.corrupt("\(effect.kind) delivers no notice") }
        self = try CanonicalJSON.value(in: effect.payload)
    }

    init(addressee: Subject, channel: NoticeChannel) {
        self.addressee = addressee
        self.channel = channel
    }
}
