import Accounts
package import Certificates
package import Hall
import Vocabulary

/// Records made up by number from a seed, as many as a province has: valid, fictitious, and the same for the same seed
/// and count, so that an import of them goes on where it was stopped.
package struct GeneratedRecords: RecordSource {
    /// How many a province has.
    package static let provinceCount = 12_900_000
    /// Records of one holder, about.
    private static let perHolder = 3
    /// The days of issue lie so many days before `newest`.
    private static let daysOfIssue: UInt64 = 1500
    private static let newest = CivilDate("2026-10-01") ?? CivilDate(daysSinceEpoch: 0)
    private static let bodies = 120

    package let name: String
    private let seed: UInt64
    private let count: Int
    private let kinds: [CertificateKind]
    private let issuers: [(code: CreditCode, name: String)]

    /// So many records of these types, which the library must know.
    package init(count: Int, seed: UInt64, kinds: [CertificateKind]) throws {
        (self.count, self.seed, self.kinds) = (count, seed, kinds)
        guard !kinds.isEmpty else { throw CertificateRefusal.unknownType }
        name = "generated \(seed) \(count) \(kinds.count)"
        guard let region = Region("350100") else { throw Fault.corrupt("a region is missing") }
        issuers = try (0..<Self.bodies).map { number in
            let own = "MADEM" + "\(1000 + number)".suffix(3)
            guard let code = CreditCode(authority: "11", region: region, organisation: own) else {
                throw Fault.corrupt("a made up body without a code")
            }
            return (code, "福州市示例机关第\(number + 1)局（示例）")
        }
    }

    package func batch(from place: Int, line: Int, limit: Int) async throws -> RecordBatch? {
        guard place < count else { return nil }
        let end = min(place + limit, count)
        var batch = RecordBatch(place: end, line: end + 1)
        batch.items = try (place..<end).map { .init(line: $0 + 1, record: try record($0)) }
        return batch
    }

    /// The identifier of the n-th record.
    package func identifier(_ number: Int) throws -> CertificateIdentifier {
        let dice = Dice.seeded(seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        return try identifier(number, dice.roll(), dice.roll()).identifier
    }

    private func identifier(
        _ number: Int, _ first: UInt64, _ second: UInt64
    ) throws -> (identifier: CertificateIdentifier, kind: CertificateKind, issuerName: String) {
        let kind = kinds[Int(first % UInt64(kinds.count))]
        let issuer = issuers[Int(second % UInt64(issuers.count))]
        // Eight digits that rise: the way by number grows at its end.
        let serial = "SL\("\(100_000_000 + number)".suffix(8))"
        guard
            let identifier = CertificateIdentifier(type: kind.code, issuer: issuer.code, serial: serial, version: 1)
        else { throw Fault.corrupt("a made up record without an identifier") }
        return (identifier, kind, issuer.name)
    }

    /// The n-th record.
    package func record(_ number: Int) throws -> NamedRecord {
        let dice = Dice.seeded(seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        let (identifier, kind, issuerName) = try identifier(number, dice.roll(), dice.roll())
        let holder = Int(dice.roll() % UInt64(max(count / Self.perHolder, 1)))
        let roll = dice.roll()
        let holderKind = kind.holderKind == .either ? (holder % 2 == 0 ? .person : .organisation) : kind.holderKind
        let who: (name: String, number: PersonNumber)
        if holderKind == .person {
            let person = try GeneratedHolders.person(holder % GeneratedHolders.peopleMax)
            who = (person.name, .citizen(person.number))
        } else {
            let organisation = try GeneratedHolders.organisation(holder % GeneratedHolders.organisationsMax)
            who = (organisation.name, .organisation(organisation.number))
        }
        let first = Self.newest.advanced(byDays: -Int(roll % Self.daysOfIssue))
        let face = face(kind, who, dice.roll(), first)
        let personal = Certificate.Personal(
            holder: (who.name, who.number.text, who.number.kind), names: (kind.name, issuerName), face: face)
        return NamedRecord(
            identifier, of: who.number, personal, from: first, until: try kind.validity.lastDay(from: first, face: face)
        )
    }

    private func face(
        _ kind: CertificateKind, _ who: (name: String, number: PersonNumber), _ roll: UInt64, _ first: CivilDate
    ) -> [String: String] {
        var face: [String: String] = [:]
        for field in kind.faceFields {
            face[field.id] =
                switch (field.id, field.type) {
                case ("name", _): who.name
                case (_, .code): who.number.text
                case (_, .choice): field.choices[Int(roll % UInt64(max(field.choices.count, 1)))]
                case (_, .number), (_, .money): "\(roll % 9000 + 100)"
                case (_, .date): first.advanced(byMonths: 36).description
                case ("address", _): "福州市示例路\(roll % 900 + 1)号"
                default: "示例范围\(roll % 90 + 10)"
                }
        }
        return face
    }
}
