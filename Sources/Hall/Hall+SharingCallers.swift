package import Accounts
package import Certificates
package import Signing
import Store
package import Vocabulary

/// The callers of the sharing service, for whoever runs the house.
extension Hall {
    /// What a new caller is.
    package struct CallerTerms: Sendable {
        package let accessID: AccessID
        package let name: String
        package let body: CreditCode?
        package let network: SharingCaller.Network
        package let publicKey: SM2PublicKey?
        package let perMinute: Int

        package init(
            _ accessID: AccessID, name: String, body: CreditCode?, network: SharingCaller.Network,
            publicKey: SM2PublicKey?, perMinute: Int
        ) {
            (self.accessID, self.name, self.body) = (accessID, name, body)
            (self.network, self.publicKey, self.perMinute) = (network, publicKey, perMinute)
        }
    }

    /// Takes a caller in. Refuses an access id that another has, a name that is missing or too long, and a number of
    /// calls beyond `SharingCaller.callsPerMinute`.
    package func add(_ terms: CallerTerms) async throws -> SharingCaller {
        guard (1...SharingCaller.nameCharactersMax).contains(terms.name.count),
            SharingCaller.callsPerMinute.contains(terms.perMinute)
        else { throw SharingRefusal.malformed }
        let caller = SharingCaller(
            CallerID(ids.next()), accessID: terms.accessID, name: terms.name, body: terms.body, network: terms.network,
            publicKey: terms.publicKey, perMinute: terms.perMinute)
        let stamp = stamp(of: .platform)
        try await store.write { tx in try SharingTable.add(caller, stamp: stamp, in: tx) }
        return caller
    }

    /// The secret of a caller, in hexadecimal digits. It follows from the house's own key and stands nowhere.
    package func secret(of caller: SharingCaller, key: AccountKey) -> String {
        Hex.text(key.sharingSecret(of: caller.id.subject, edition: caller.edition))
    }

    /// One page of the callers, by access id, after one of them.
    package func sharingCallers(after accessID: String = "") async throws -> [SharingCaller] {
        try await store.read { tx in try SharingTable.callers(after: accessID, in: tx) }
    }

    /// One page of the types for which a caller has a permission, after one of them.
    package func sharedTypes(with caller: SharingCaller, after type: String = "") async throws -> [String] {
        try await store.read { tx in try SharingTable.types(of: caller, after: type, in: tx) }
    }

    /// Permits types to a caller, or takes them back. Refuses unknown callers and types.
    package func permit(_ types: [String], to accessID: AccessID, isTakenBack: Bool = false) async throws {
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            let caller = try caller(accessID, in: tx)
            if isTakenBack {
                try SharingTable.forbid(types, to: caller, stamp: stamp, in: tx)
            } else {
                try SharingTable.permit(types, to: caller, stamp: stamp, in: tx)
            }
        }
    }

    /// Gives a caller its next secret; the one before counts no more.
    package func renewSecret(of accessID: AccessID) async throws -> SharingCaller {
        let stamp = stamp(of: .platform)
        return try await store.write { tx in
            try SharingTable.renew(try caller(accessID, in: tx), stamp: stamp, in: tx)
        }
    }

    /// Shuts a caller out.
    package func revokeCaller(_ accessID: AccessID) async throws {
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            try SharingTable.revoke(try caller(accessID, in: tx), stamp: stamp, in: tx)
        }
    }

    private func caller(_ accessID: AccessID, in tx: Transaction) throws -> SharingCaller {
        guard let caller = try SharingTable.caller(accessID, in: tx) else { throw SharingRefusal.unknownCaller }
        return caller
    }
}
