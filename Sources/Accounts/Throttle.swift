import Foundation

/// How many failures a way of signing in forgives, and how long it waits after more: pure arithmetic.
package struct Throttle: Hashable, Sendable {
    /// So many failures are free; with the last of them the first wait begins.
    package let failuresMax: Int
    /// The first wait; every further failure doubles it.
    package let firstWaitSeconds: Int64
    /// LIMIT: the longest wait.
    package let waitSecondsMax: Int64
    /// After so long without a failure all are forgotten.
    package let forgetSeconds: Int64

    /// For one login: five failures, then 30 s doubling to 30 min.
    package static let login = Throttle(
        failuresMax: 5, firstWaitSeconds: 30, waitSecondsMax: 1800, forgetSeconds: 86_400)

    /// For one network address. A hall, a firm or a mobile carrier stands behind one address with hundreds of people,
    /// so it forgives more than a login does; the waits are the same.
    package static let address = Throttle(
        failuresMax: 50, firstWaitSeconds: 30, waitSecondsMax: 1800, forgetSeconds: 86_400)

    /// How long to wait after so many failures in a row; 0 while they are free.
    package func waitSeconds(after failures: Int) -> Int64 {
        guard failures >= failuresMax else { return 0 }
        let doublings = min(failures - failuresMax, 32)
        return min(firstWaitSeconds << Int64(doublings), waitSecondsMax)
    }
}

/// Who tries: a login, known or not, and the network address it came from. Both are kept as digests only.
package struct LoginAttempt: Sendable {
    let ways: [(throttle: Throttle, key: [UInt8])]

    /// `address` is the peer's network address as text; of an IPv6 address the network (/64) counts, because a single
    /// subscriber has all of it. A text that is no login is counted all the same.
    package init(login: String, address: String, key: AccountKey) {
        let lowered = String(login.lowercased().prefix(128))
        ways = [
            (.login, key.digest(of: "login\n" + lowered, for: .addresses)),
            (.address, key.digest(of: "address\n" + Self.network(of: address), for: .addresses)),
        ]
    }

    /// The address as written, or the first 64 bits of an IPv6 address, or the IPv4 address that one carries.
    static func network(of address: String) -> String {
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        let bytes = withUnsafeBytes(of: parsed) { Array($0) }
        let mapped = Array(repeating: UInt8(0), count: 10) + [255, 255]
        if bytes.starts(with: mapped) { return bytes.suffix(4).map(String.init).joined(separator: ".") }
        return Hex.text(bytes.prefix(8))
    }
}
