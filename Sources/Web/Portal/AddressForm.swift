import Delivery
import Hummingbird
import Vocabulary

/// The four questions of an address, as every form that needs one asks them.
struct AddressForm: Sendable {
    let site: Site
    /// Stands before the names of the fields, where a form has others of the same name.
    let prefix: String
    /// What was typed, by field; empty at first.
    var typed: [PostalAddress.Part: String] = [:]
    /// The parts that are none.
    var unfit: [PostalAddress.Part] = []

    init(_ site: Site, _ address: PostalAddress? = nil, prefix: String = "") {
        (self.site, self.prefix) = (site, prefix)
        guard let address else { return }
        typed = [
            .recipient: address.recipient, .mobile: address.mobile.number, .division: address.division.code,
            .street: address.street,
        ]
    }

    /// Reads the fields of a form.
    init(_ site: Site, _ form: PostedForm, prefix: String = "") {
        (self.site, self.prefix) = (site, prefix)
        typed = Dictionary(uniqueKeysWithValues: PostalAddress.Part.allCases.map { ($0, form[prefix + $0.rawValue]) })
    }

    /// The address; nil where a part is none, and then the form says which.
    mutating func address() -> PostalAddress? {
        func text(_ part: PostalAddress.Part) -> String { typed[part] ?? "" }
        do {
            let address = try PostalAddress(
                recipient: text(.recipient), mobile: text(.mobile), division: text(.division), street: text(.street))
            guard counties.contains(where: { $0.region == address.division.region }) else {
                unfit = [.division]
                return nil
            }
            return address
        } catch {
            unfit = error.parts
            return nil
        }
    }

    /// The places that can be chosen: the counties and districts of the city.
    private var counties: [Gazetteer.Entry] { site.regions.entries.filter { $0.region != .fuzhou } }

    func errors(_ words: Words) -> [FieldError] {
        unfit.map { FieldError(prefix + $0.rawValue, words[$0.wrong]) }
    }

    /// Writes the fields.
    func fields(_ html: inout HTML) {
        let words = html.words
        func answer(_ part: PostalAddress.Part) -> Answer {
            Answer(typed[part] ?? "", error: unfit.contains(part) ? words[part.wrong] : nil)
        }
        html.field(
            Field(
                prefix + "recipient", words["address.recipient"], .text(max: PostalAddress.recipientCharactersMax),
                answer: answer(.recipient)
            ).with { $0.autocomplete = "name" })
        html.field(
            Field(
                prefix + "mobile", words["address.mobile"], .phone, hint: words["address.mobile-hint"],
                answer: answer(.mobile))
        )
        html.field(
            Field(
                prefix + "division", words["address.division"],
                .list(counties.map { Option($0.region.code, words.pick($0.name, $0.nameEnglish)) }),
                hint: words["address.division-hint"], answer: answer(.division)))
        html.field(
            Field(
                prefix + "street", words["address.street"], .text(max: PostalAddress.streetCharacters.upperBound),
                hint: words["address.street-hint"], answer: answer(.street)
            ).with { $0.autocomplete = "street-address" })
    }
}

extension PostalAddress.Part {
    fileprivate var wrong: Word {
        switch self {
        case .recipient: Word("address.recipient-wrong")
        case .mobile: Word("address.mobile-wrong")
        case .division: Word("address.division-wrong")
        case .street: Word("address.street-wrong")
        }
    }
}

extension Site {
    /// An address in one line, for whoever may read it.
    func line(_ address: PostalAddress, _ words: Words) -> String {
        let place = regions.entry(address.division.region).map { words.pick($0.name, $0.nameEnglish) } ?? ""
        return [address.recipient, "\(address.mobile)", place, address.street].joined(separator: " · ")
    }
}
