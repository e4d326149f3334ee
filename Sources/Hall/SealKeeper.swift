import Certificates
import Synchronization
import Vocabulary

/// The seals that were used lately, ready for work. What the register says is asked again after a moment, because
/// another process may have suspended a seal.
final class SealKeeper: Sendable {
    /// Milliseconds for which the register's word counts.
    static let freshMilliseconds: Int64 = 500
    /// LIMIT: seals that are kept ready; beyond it all are made ready again.
    static let sealsMax = 1000

    private struct Kept {
        let seal: BodySeal
        var askedAt: Instant
    }

    private let kept = Mutex<[CreditCode: Kept]>([:])

    /// The seal, if the register was asked within the moment.
    func fresh(_ body: CreditCode, at now: Instant) -> BodySeal? {
        kept.withLock { kept in
            guard let entry = kept[body] else { return nil }
            let age = now.milliseconds - entry.askedAt.milliseconds
            return (0..<Self.freshMilliseconds).contains(age) ? entry.seal : nil
        }
    }

    /// The seal as it was made ready, if nothing has happened to it since.
    func ready(_ seal: Seal, at now: Instant) -> BodySeal? {
        kept.withLock { kept in
            guard let entry = kept[seal.body], entry.seal.seal == seal else { return nil }
            kept[seal.body]?.askedAt = now
            return entry.seal
        }
    }

    func keep(_ seal: BodySeal, at now: Instant) {
        kept.withLock { kept in
            if kept.count >= Self.sealsMax { kept = [:] }
            kept[seal.seal.body] = Kept(seal: seal, askedAt: now)
        }
    }

    func forget(_ body: CreditCode) {
        kept.withLock { $0[body] = nil }
    }
}
