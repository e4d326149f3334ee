package import Signing
package import Vocabulary

/// A program of another organisation that may ask for certificates (共享服务调用方): a row.
package struct SharingCaller: Hashable, Sendable {
    /// Where it asks from: within the city's own network, or outside, where answers are encrypted for it.
    package enum Network: String, Sendable, CaseIterable { case local, outside }

    /// LIMIT: characters of a name.
    package static let nameCharactersMax = 100
    /// LIMIT: calls in a minute that one caller can be given.
    package static let callsPerMinute = 1...6000

    package let id: CallerID
    package let accessID: AccessID
    package let name: String
    /// The body that it belongs to; nil for what is no body of the state.
    package let body: CreditCode?
    package let network: Network
    /// The SM2 key for which answers are encrypted; an outside caller gets none without.
    package let publicKey: SM2PublicKey?
    /// LIMIT: calls in a minute.
    package let perMinute: Int
    /// Which secret counts: each renewal has the next.
    package let edition: Int
    package let revokedAt: Instant?

    package init(
        _ id: CallerID, accessID: AccessID, name: String, body: CreditCode?,
        network: Network, publicKey: SM2PublicKey?, perMinute: Int, edition: Int = 1, revokedAt: Instant? = nil
    ) {
        (self.id, self.accessID, self.name, self.body) = (id, accessID, name, body)
        (self.network, self.publicKey, self.perMinute) = (network, publicKey, perMinute)
        (self.edition, self.revokedAt) = (edition, revokedAt)
    }
}

/// The ten operations of the sharing interface (GB/T 36906 as deployed). The raw values stand in its addresses.
package enum SharingOperation: String, Sendable, CaseIterable {
    case queryCertInfo, queryCertInfoByHolderCode, queryCertInfoByQRcode
    case downloadUrl, downloadUrlsByHolderCode, downloadFile
    case verifyFile, verifyCertInfo, getCertRemarkInfo
    /// The one that is fetched, by a temporary link.
    case download
}

/// What a reply says by number.
package enum SharingStatus: Int, Sendable, CaseIterable {
    case ok = 0
    case authenticationFailed = 11
    /// The type is unknown or not published.
    case unknownType = 13
    /// Revoked, recalled, cancelled or superseded.
    case ended = 21
    case expired = 22
    case restricted = 23
    case other = 99
    case noPermission = 100
    /// The platform or the caller is not set up for what is asked.
    case misconfigured = 101
    case wrongHolderType = 103
}
