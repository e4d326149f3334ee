import Certificates
import Signing
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

    private struct Trust {
        let list: TrustList
        let changes: [Int]
        var askedAt: Instant
    }

    private let kept = Mutex<[CreditCode: Kept]>([:])
    private let trust = Mutex<Trust?>(nil)

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
        forgetTrust()
    }

    /// Something was changed by this process.
    func forgetTrust() {
        trust.withLock { $0 = nil }
    }

    /// The list, if the registers were asked within the moment.
    func trust(at now: Instant) -> TrustList? {
        trust.withLock { trust in
            guard let trust, trust.list.isCurrent(at: now) else { return nil }
            let age = now.milliseconds - trust.askedAt.milliseconds
            return (0..<Self.freshMilliseconds).contains(age) ? trust.list : nil
        }
    }

    /// The list as it was read, if the registers have not changed since.
    func trust(after changes: [Int], at now: Instant) -> TrustList? {
        trust.withLock { trust in
            guard let kept = trust, kept.changes == changes, kept.list.isCurrent(at: now) else { return nil }
            trust?.askedAt = now
            return kept.list
        }
    }

    func keep(_ list: TrustList, after changes: [Int], at now: Instant) {
        trust.withLock { $0 = Trust(list: list, changes: changes, askedAt: now) }
    }
}
