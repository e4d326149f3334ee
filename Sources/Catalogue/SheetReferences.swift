import Vocabulary

/// What a sheet refers to and what is not there. A draft may be incomplete: as long as a list is missing that
/// something refers into, only lint says so (`CatalogueRules`); what a list that is there does not hold is wrong.
struct SheetReferences {
    private let record: [String: JSONValue]
    private let composer: GuideComposer
    private var found: [(path: String, refusal: SheetRowRefusal)] = []
    /// Ids of bases, and of answers by situation; nil while the sheet does not list them.
    private let bases: Set<String>?
    private let situations: [String: Set<String>]?

    private init(_ record: [String: JSONValue], _ composer: GuideComposer) {
        (self.record, self.composer) = (record, composer)
        if let legal = record["legalBases"]?.list, let others = record["referenceBases"]?.list {
            bases = Set((legal + others).compactMap { $0["id"]?.text })
        } else {
            bases = nil
        }
        situations = record["situations"]?.list.map { list in
            Dictionary(
                list.compactMap { one in
                    one["id"]?.text.map { ($0, Set(one["choices"]?.list?.compactMap { $0["id"]?.text } ?? [])) }
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// What the record refers to and what is not there, by path.
    static func dangling(
        in record: [String: JSONValue], _ composer: GuideComposer
    ) -> [(path: String, refusal: SheetRowRefusal)] {
        var references = SheetReferences(record, composer)
        for (key, value) in record.sorted(by: { $0.key < $1.key }) where key != "local" {
            references.look(at: value, key)
        }
        references.lookAtNames()
        return references.found
    }

    private mutating func look(at value: JSONValue, _ path: String) {
        switch value {
        case .list(let items):
            for (place, item) in items.enumerated() { look(at: item, "\(path).\(place)") }
        case .record(let members):
            lookAtBasis(value, path)
            if let id = value["situation"]?.text, let choices = value["choices"]?.list {
                answers(choices, to: id, path)
            }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let place = "\(path).\(SheetPath.part(name))"
                // The parts of the declared shapes that name a basis or a type are called so wherever they stand.
                switch (name, member) {
                case ("basis", .text(let id)), ("legalBasis", .text(let id)):
                    if let bases, !bases.contains(id) { found.append((place, .unknownBasis(id))) }
                case ("certificateTypeCode", .text(let code)): lookAtType(code, place)
                default: look(at: member, place)
                }
            }
        case .text(let code) where path == "certificateTypeCode": lookAtType(code, path)
        case .text, .flag, .number, .null: break
        }
    }

    /// A checked basis has its article; an unchecked one none, for no number of an article is made up.
    private mutating func lookAtBasis(_ basis: JSONValue, _ path: String) {
        guard ["legalBases", "referenceBases"].contains(path.prefix { $0 != "." }), basis["lawName"] != nil else {
            return
        }
        if basis["checked"] == .flag(true), basis["article"] == nil {
            found.append((path, .basisWithoutArticle(basis["id"]?.text ?? "")))
        }
    }

    private mutating func lookAtType(_ code: String, _ path: String) {
        if composer.certificateTypes[code] == nil { found.append((path, .unknownCertificateType(code))) }
    }

    private mutating func answers(_ choices: [JSONValue], to situation: String, _ path: String) {
        guard let situations else { return }
        guard let known = situations[situation] else { return found.append((path, .unknownSituation(situation))) }
        for choice in choices.compactMap(\.text) where !known.contains(choice) {
            found.append((path, .unknownSituation(choice)))
        }
    }

    /// What is kept by name: answers by their situation, and what bodies set by their codes.
    private mutating func lookAtNames() {
        for (place, power) in (record["powers"]?.list ?? []).enumerated() {
            guard case .record(let offered)? = power["situationChoices"] else { continue }
            for (situation, choices) in offered.sorted(by: { $0.key < $1.key }) {
                let path = "powers.\(place).situationChoices.\(SheetPath.part(situation))"
                answers(choices.list ?? [], to: situation, path)
            }
        }
        if case .record(let sample)? = record["form"]?["sampleSituation"] {
            for (situation, choice) in sample.sorted(by: { $0.key < $1.key }) {
                answers([choice], to: situation, "form.sampleSituation.\(SheetPath.part(situation))")
            }
        }
        guard case .record(let own)? = record["own"] else { return }
        for code in own.keys.sorted() where !composer.directory.bodies.contains(where: { $0.code.code == code }) {
            found.append(("own.\(SheetPath.part(code))", .unknownBody(code)))
        }
    }
}
