package import Store
package import Vocabulary

/// 帮办代办授权: somebody who cannot do it alone lets a named member of staff file and follow for her, in writing, in
/// certain items for a certain time, free of charge (民法典 art. 165: items, term and signature stand in the letter).
package struct Assistance: Hashable, Sendable {
    /// LIMIT: items that one letter names.
    package static let itemsMax = 20
    /// LIMIT: days of one letter. The house's own bound: whoever needs help for longer signs again.
    package static let daysMax = 366
    /// LIMIT: letters that one principal ever gave, and that one member of staff ever got.
    package static let lettersMax = 1000

    package let id: AssistanceID
    /// Who is helped.
    package let principal: PersonID
    /// Who helps, by name; nobody else at her desk may.
    package let staff: StaffID
    /// Catalogue codes of 12 characters, each whole.
    package let items: [ItemCodePrefix]
    package let term: Term
    /// The letter as it was signed, scanned.
    package let letter: BlobRef
    /// When it ended before its term; nil while it stands.
    package let endedAt: Instant?

    /// Refuses a letter that lacks items, an end or a signature, or that reaches too far.
    package init(
        _ id: AssistanceID, principal: PersonID, staff: StaffID, scope: (items: [ItemCodePrefix], term: Term),
        letter: BlobRef?
    ) throws(AssistanceRefusal) {
        guard !scope.items.isEmpty else { throw .withoutItems }
        guard scope.items.count <= Self.itemsMax else { throw .tooManyItems }
        guard let until = scope.term.until, until < scope.term.from.advanced(byDays: Self.daysMax) else {
            throw .termTooLong
        }
        guard let letter, letter.size > 0 else { throw .signatureMissing }
        (self.id, self.principal, self.staff) = (id, principal, staff)
        (items, term, self.letter, endedAt) = (scope.items, scope.term, letter, nil)
    }

    init(_ standing: Assistance, endedAt: Instant?) {
        (id, principal, staff) = (standing.id, standing.principal, standing.staff)
        (items, term, letter) = (standing.items, standing.term, standing.letter)
        self.endedAt = endedAt
    }

    /// The same letter, ended.
    package func ended(at instant: Instant) -> Assistance { Assistance(self, endedAt: instant) }

    /// Whether it stands on the day.
    package func stands(on day: CivilDate) -> Bool { endedAt == nil && term.contains(day) }

    /// Whether it names the item.
    package func names(_ itemCode: String) -> Bool { items.contains { $0.text == itemCode } }

    /// Refuses what the letter does not cover on the day: it ended, its term is over, or it does not name the item.
    package func check(_ itemCode: String, on day: CivilDate) throws(AssistanceRefusal) {
        if endedAt != nil { throw .ended }
        guard term.contains(day) else { throw .notInTerm }
        guard names(itemCode) else { throw .itemNotNamed }
    }

    /// Refuses an assistant who would help herself, or the firm that she represents: that is her own business, not her
    /// desk's. Where nobody entered her own number, it cannot be seen.
    package static func checkApart(_ staff: Staff, from principal: Person) throws(AssistanceRefusal) {
        guard let own = staff.citizenID else { return }
        let number =
            switch principal {
            case .citizen(let citizen): citizen.number
            case .legalPerson(let legal): legal.representative.number
            }
        if number == own { throw .forOneself }
    }
}

/// Why nobody may assist here, or why a letter of authority for it cannot be taken.
package enum AssistanceRefusal: String, Refusal, CaseIterable {
    /// No letter of this principal's to this member of staff.
    case notFound = "assistance.not-found"
    case ended = "assistance.ended"
    case notInTerm = "assistance.not-in-term"
    case itemNotNamed = "assistance.item-not-named"
    case forOneself = "assistance.for-oneself"
    case withoutItems = "assistance.without-items"
    case tooManyItems = "assistance.too-many-items"
    case termTooLong = "assistance.term-too-long"
    case signatureMissing = "assistance.signature-missing"
    case tooManyLetters = "assistance.too-many-letters"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notInTerm, .itemNotNamed, .forOneself: .forbidden
        case .withoutItems, .tooManyItems, .termTooLong, .signatureMissing: .invalid
        case .ended, .tooManyLetters: .conflict
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
