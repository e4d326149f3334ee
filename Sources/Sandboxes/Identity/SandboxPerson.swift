import Crypto
import Foundation
package import Vocabulary

/// Somebody with an account at the provider of the sandbox; a person that there is not.
package struct SandboxPerson: Sendable, Equatable {
    /// LIMIT: characters of a name.
    private static let nameCharactersMax = 50

    package let name: String
    package let number: CitizenID
    package let level: AssuranceLevel
    let mobile: MobileNumber?

    /// Nil for no name, a number with a wrong check character, another level, or a telephone that is none.
    package init?(name: String, number: String, level: String, mobile: String? = nil) {
        let called = name.trimmingCharacters(in: .whitespaces)
        guard !called.isEmpty, called.count <= Self.nameCharactersMax, let card = CitizenID(number),
            let sure = AssuranceLevel(rawValue: level)
        else { return nil }
        if let mobile, MobileNumber(mobile) == nil { return nil }
        (self.name, self.number, self.level) = (called, card, sure)
        self.mobile = mobile.flatMap(MobileNumber.init)
    }

    /// Reads `NAME,NUMBER,LEVEL` of the command line; the level is `registered`, `realName` or `certificate`.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 3 else { return nil }
        self.init(name: parts[0], number: parts[1], level: parts[2])
    }

    /// Reads an object with `name`, `number`, `level` and perhaps `mobile`.
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.text, let number = json["number"]?.text, let level = json["level"]?.text
        else { return nil }
        self.init(name: name, number: number, level: level, mobile: json["mobile"]?.text)
    }

    /// What the provider calls her: the same whenever it is started, and not her number.
    var subject: String {
        let digest = SHA256.hash(data: Array("sandbox identity\n\(number.number)".utf8))
        return "sandbox-" + digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// A valid number that is not hers: born on the same day in the same place.
    var otherNumber: String {
        let digits = number.number
        let serial = ((Int(digits.dropFirst(14).prefix(3)) ?? 0) + 500) % 1000
        let text = "\(serial)"
        let other = String(digits.prefix(14)) + String(repeating: "0", count: 3 - text.count) + text
        return other + (CitizenID.checkCharacter(for: other).map(String.init) ?? "")
    }

    var json: JSONValue {
        .record([
            "sub": .text(subject), "name": .text(name), "number": .text(number.number),
            "level": .text(level.rawValue), "mobile": mobile.map { .text($0.number) } ?? .null,
        ])
    }
}

/// Who is there at the start, and what the levels are called on the pages: a resource.
struct ShippedPeople: Sendable {
    let people: [SandboxPerson]
    let words: [AssuranceLevel: String]

    init() throws {
        let json: JSONValue = try CanonicalJSON.value(in: Array(try SandboxPage.resource("people.json")))
        let (said, levels) = (json["people"]?.list ?? [], json["levels"])
        people = said.compactMap(SandboxPerson.init)
        words = Dictionary(
            uniqueKeysWithValues: AssuranceLevel.allCases.map { ($0, levels?[$0.rawValue]?.text ?? $0.rawValue) })
        guard people.count == said.count, !people.isEmpty else {
            throw Fault.misconfigured("people.json of the sandbox is not what it should be")
        }
    }
}

extension AssuranceLevel {
    /// How the provider calls its levels (`acr`).
    var acr: String {
        switch self {
        case .registered: "1"
        case .realName: "2"
        case .certificate: "3"
        }
    }

    /// One level less; the lowest stays.
    var lower: AssuranceLevel { self == .certificate ? .realName : .registered }
}
