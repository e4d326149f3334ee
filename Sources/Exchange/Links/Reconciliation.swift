package import Vocabulary

/// 对账: what both sides of a link have of the dossiers that were filed on one day, compared record by record.
package struct Reconciliation: Sendable {
    /// How a record differs.
    package enum Kind: String, Sendable, CaseIterable {
        /// It was or should have been sent, and is not there.
        case missingThere = "missing-there"
        /// It is there and says something else.
        case different
        /// It came from here, they say, and nothing here makes it due.
        case unknownHere = "unknown-here"
        /// They sent it, they say, and it never came.
        case missingHere = "missing-here"
        /// They sent it and it was refused here.
        case refusedHere = "refused-here"
        /// It was taken here as theirs, and they have it not, or it says something else there.
        case deniedThere = "denied-there"

        /// Whether one click mends it; else people must look at both sides.
        package var canBeHealed: Bool { self != .unknownHere && self != .deniedThere }
    }

    /// One record that differs.
    package struct Difference: Hashable, Sendable {
        package let kind: Kind
        package let key: LinkKey
        package let number: String

        package init(_ kind: Kind, _ key: LinkKey, number: String) {
            (self.kind, self.key, self.number) = (kind, key, number)
        }

        /// 事项: the implementation code, the first 31 characters of the dossier's number.
        package var item: String { String(number.prefix(31)) }
    }

    /// A record as this side has it.
    package struct Own: Sendable {
        let key: LinkKey
        let number: String
        let digest: String

        package init(_ key: LinkKey, number: String, digest: String) {
            (self.key, self.number, self.digest) = (key, number, digest)
        }
    }

    package let day: CivilDate
    /// Records that were compared.
    package let compared: Int
    /// By kind, family and key.
    package let differences: [Difference]

    /// Compares. `expected` is what is due there by now; `received` what came from there, with whether it was taken;
    /// what is `pending` is on its way, one way or the other, and counts as no difference yet.
    package init(
        of day: CivilDate, expected: [Own], received: [(own: Own, isTaken: Bool)], theirs: [LinkHoldings.Line],
        pending: Set<LinkKey>
    ) {
        var found: [Difference] = []
        let here = Dictionary(expected.map { ($0.key, $0) }) { first, _ in first }
        let there = Dictionary(theirs.filter { !$0.isTheirs }.map { ($0.key, $0) }) { first, _ in first }
        for own in expected where !pending.contains(own.key) {
            switch there[own.key] {
            case nil: found.append(Difference(.missingThere, own.key, number: own.number))
            case let line? where line.digest != own.digest:
                found.append(Difference(.different, own.key, number: own.number))
            default: break
            }
        }
        for line in there.values where here[line.key] == nil {
            found.append(Difference(.unknownHere, line.key, number: line.number))
        }
        let taken = Dictionary(received.filter(\.isTaken).map { ($0.own.key, $0.own) }) { first, _ in first }
        let refused = Set(received.filter { !$0.isTaken }.map(\.own.key))
        let said = Dictionary(theirs.filter(\.isTheirs).map { ($0.key, $0) }) { first, _ in first }
        for line in said.values where taken[line.key] == nil && !pending.contains(line.key) {
            let kind = refused.contains(line.key) ? Kind.refusedHere : .missingHere
            found.append(Difference(kind, line.key, number: line.number))
        }
        for own in taken.values where said[own.key]?.digest != own.digest {
            found.append(Difference(.deniedThere, own.key, number: own.number))
        }
        self.day = day
        compared = Set(here.keys).union(there.keys).count + Set(taken.keys).union(said.keys).union(refused).count
        differences = found.sorted {
            ($0.kind.rawValue, $0.key.family, $0.key.key) < ($1.kind.rawValue, $1.key.family, $1.key.key)
        }
    }
}
