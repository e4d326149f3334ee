package import Vocabulary

/// The provincial unified identity that is not there, put together.
package struct SandboxProvider: Sendable {
    /// How it is set up.
    package struct Terms: Sendable {
        /// Its address, as it calls itself.
        let issuer: String
        /// Whether name, number and telephone are said at `/userinfo` alone.
        let keepsParticulars: Bool
        let faults: IdentityFaults
        /// Who is there beside those that are shipped.
        let people: [SandboxPerson]

        package init(
            issuer: String, keepsParticulars: Bool = false, faults: IdentityFaults = IdentityFaults(),
            people: [SandboxPerson] = []
        ) {
            (self.issuer, self.keepsParticulars) = (issuer, keepsParticulars)
            (self.faults, self.people) = (faults, people)
        }
    }

    package let report = IdentityReport()
    let switches: IdentitySwitches
    let ledger: IdentityLedger
    let client: SandboxClient
    let words: IdentityWords
    let key: SandboxKey
    let levels: [AssuranceLevel: String]
    let time: TimeSource

    /// `time` is what tokens carry.
    package init(_ client: SandboxClient, _ terms: Terms, key: SandboxKey, time: TimeSource) throws {
        let shipped = try ShippedPeople()
        (self.client, self.key, self.time, levels) = (client, key, time, shipped.words)
        switches = IdentitySwitches(terms.faults)
        words = IdentityWords(
            issuer: terms.issuer, client: client.id, keepsParticulars: terms.keepsParticulars)
        let numbers = Set(terms.people.map(\.number))
        ledger = IdentityLedger(
            people: terms.people + shipped.people.filter { !numbers.contains($0.number) }, time: time, dice: .system)
    }
}
