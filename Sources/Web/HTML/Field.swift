import Vocabulary

/// One of the answers from which a field lets people choose.
package struct Option: Sendable, Hashable {
    package let value: String
    package let label: String
    /// A line under the label that helps to choose; empty when none is needed.
    package let hint: String
    /// What a list puts it under, with the others of the same name that follow each other; empty for none.
    package let group: String

    /// An answer that sends this value.
    package init(_ value: String, _ label: String, hint: String = "", group: String = "") {
        self.value = value
        self.label = label
        self.hint = hint
        self.group = group
    }
}

/// A file that was handed in before and is kept with the draft.
package struct KeptFile: Sendable, Hashable {
    package let id: String
    package let link: PageLink
    package let bytes: Int
    /// What the verifier says of it, and where the whole report is; nil for a scan.
    package var verdict: Verdict?

    /// What a verifier says of a file, in a word.
    package struct Verdict: Sendable, Hashable {
        let tag: Tag
        let href: String
    }

    /// A kept file; the button beside it sends `remove=id`.
    package init(id: String, link: PageLink, bytes: Int) {
        self.id = id
        self.link = link
        self.bytes = bytes
    }
}

/// What sort of answer a field takes. The browser only helps; the server checks.
package enum FieldKind: Sendable {
    /// One line of so many characters at most.
    case text(max: Int)
    /// Several lines of so many characters at most.
    case multiline(max: Int)
    /// A whole number within bounds.
    case integer(ClosedRange<Int>)
    /// A day, typed as `2026-11-24` or `20261124`.
    case date
    /// One of a few answers, all in sight.
    case choice([Option])
    /// One of many answers, in a list that opens.
    case list([Option])
    /// Any number of answers.
    case choices([Option])
    /// A mainland mobile number.
    case phone
    /// The number of a resident identity card.
    case citizenID
    /// A unified social credit code.
    case creditCode
    /// A postal address, from the district down to the door.
    case address
    /// Yes or no, with neither set beforehand.
    case yesNo
    /// A declaration that one ticks; the text is what is declared.
    case consent(String)
    /// An amount in yuan with two decimals.
    case money
    /// Files of these extensions (`.pdf`), so many at most, each of `Limits.uploadBytesMax` at most.
    case files([String], max: Int, kept: [KeptFile])
}

/// What was answered, and what is to be said about it.
package struct Answer: Sendable {
    /// The values as they were typed, even wrong ones; more than one for `choices`.
    package var values: [String]
    /// What is wrong and how to mend it; nil when nothing is.
    package var error: String?
    /// Where a value that nobody typed comes from: `电子证照库:营业执照`.
    package var origin: String?

    /// An answer of these values.
    package init(_ values: String..., error: String? = nil, origin: String? = nil) {
        self.values = values
        self.error = error
        self.origin = origin
    }

    /// Nothing answered yet.
    package static let none = Answer()
}

/// One question of a form: label, help, what was answered, what is wrong with it.
package struct Field: Sendable {
    /// The name under which the answer is sent.
    package let name: String
    package let label: String
    package let kind: FieldKind
    /// Help that stands between label and control; without one, the kind's own help stands there.
    package var hint: String?
    package var answer: Answer
    /// Whether it may stay empty; the label then says so.
    package var isOptional = false
    /// Whether the label is the page's main heading (one thing a page).
    package var isHeading = false
    /// What the browser may fill in by itself (an HTML autofill name).
    package var autocomplete: StaticString?
    /// What a list says while nothing is chosen; nil for "please choose".
    package var blank: String?
    /// Whether the answer comes from a register and can be read, not changed.
    package var isLocked = false
    /// The form that it stands in, where a page has several forms with fields of one name.
    package var form: String?

    /// A question.
    package init(
        _ name: String, _ label: String, _ kind: FieldKind, hint: String? = nil, answer: Answer = .none
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.hint = hint
        self.answer = answer
    }

    /// The same question, changed.
    package func with(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }

    /// The id of a field's (first) control, to which error summaries lead.
    package static func id(_ name: String) -> String { Attribute.identifier("field-" + name) }

    var id: String { Self.id(form.map { "\($0)-\(name)" } ?? name) }
    var hintID: String { id + "-hint" }
    var errorID: String { id + "-error" }
    var originID: String { id + "-origin" }

    /// The first value, for controls that hold one.
    var value: String { answer.values.first ?? "" }

    /// The help to show: the field's own or the kind's.
    func help(_ words: Words) -> String? {
        if let hint { return hint }
        switch kind {
        case .date: return words["field.date-hint"]
        case .phone: return words["field.phone-hint"]
        case .citizenID: return words["field.citizen-hint"]
        case .creditCode: return words["field.credit-hint"]
        case .address: return words["field.address-hint"]
        case .integer(let range):
            return words(
                "field.integer-hint",
                ["from": words.number(range.lowerBound), "to": words.number(range.upperBound)])
        case .multiline(let max): return words("field.length-hint", ["n": words.number(max)])
        case .choices: return words["field.choices-hint"]
        case .files(let kinds, let max, _):
            return words(
                "field.files-hint",
                [
                    "kinds": words.list(kinds.map { $0.dropFirst().uppercased() }), "n": words.number(max),
                    "size": words.size(bytes: Limits.uploadBytesMax),
                ])
        case .text, .choice, .list, .yesNo, .consent, .money: return nil
        }
    }

    /// The ids of everything that is said about the control, in reading order.
    func descriptions(_ words: Words) -> [String] {
        var ids: [String] = []
        if help(words) != nil { ids.append(hintID) }
        if answer.origin != nil { ids.append(originID) }
        if answer.error != nil { ids.append(errorID) }
        return ids
    }
}
