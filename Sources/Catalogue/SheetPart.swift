package import Vocabulary

/// What an editor fills in on one page: an element of the standard, a power, or what one body sets for itself.
package struct SheetPart: Sendable {
    private enum Place: Sendable {
        case value(String)
        case power(Int)
        case body(CreditCode)
    }

    /// The part in addresses and forms: `materials`, `power-0`, `body-` and a credit code.
    package let key: String
    package let label: Bilingual
    package let shape: ElementShape
    package let isRequired: Bool
    private let place: Place

    /// The part with a key; nil when the sheet has none: no such element, power or body.
    package init?(_ key: String, of sheet: ItemSheet, _ composer: GuideComposer) {
        if let field = SheetField.named(key) {
            self.init(field)
            return
        }
        let parts = Self.powers(of: sheet) + Self.bodies(of: sheet, composer)
        guard let part = parts.first(where: { $0.key == key }) else { return nil }
        self = part
    }

    /// An element of the standard.
    package init(_ field: SheetField) {
        (key, label, shape, isRequired) = (field.key, field.label, field.shape, field.isRequired)
        place = .value(field.key)
    }

    private init(_ key: String, _ label: Bilingual, _ shape: ElementShape, isRequired: Bool, at place: Place) {
        (self.key, self.label, self.shape, self.isRequired, self.place) = (key, label, shape, isRequired, place)
    }

    /// The powers of a sheet, each under its basic code.
    package static func powers(of sheet: ItemSheet) -> [SheetPart] {
        sheet.powers.enumerated().map { index, power in
            let label = Bilingual("权力 ", "Power ") + .same(power.catalogCode.code)
            return SheetPart("power-\(index)", label, SheetField.editedPower, isRequired: true, at: .power(index))
        }
    }

    /// What each body that holds one of the powers may set for itself.
    package static func bodies(of sheet: ItemSheet, _ composer: GuideComposer) -> [SheetPart] {
        var seen: Set<CreditCode> = []
        return sheet.powers.flatMap { composer.directory.bodies(of: sheet.department, at: $0.levels) }
            .filter { seen.insert($0.code).inserted }
            .map { body in
                SheetPart(
                    "body-\(body.code.code)", Bilingual(body.name, body.nameEnglish), SheetField.own,
                    isRequired: false, at: .body(body.code))
            }
    }

    /// What the sheet says there; null when it says nothing.
    package func value(in sheet: ItemSheet) -> JSONValue {
        switch place {
        case .value(let key): sheet.values[key] ?? .null
        case .power(let index): Self.json(sheet.powers[index])
        case .body(let code): sheet.own[code.code].map(Self.json) ?? .null
        }
    }

    private static func json(_ value: some Encodable) -> JSONValue {
        do {
            return try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: value))
        } catch {
            preconditionFailure("a part of a sheet is no JSON: \(error)")
        }
    }

    /// The sheet with another value there, which has its shape. A power keeps its code and what nobody edits.
    package func setting(_ value: JSONValue, in sheet: ItemSheet) throws -> ItemSheet {
        var changed = sheet
        switch place {
        case .value(let key):
            changed.values[key] = value
            if key == "form" { changed.fillSample() }
        case .power(let index):
            guard case .record(var members) = self.value(in: sheet), case .record(let said) = value else {
                return sheet
            }
            for key in SheetField.editedPowerKeys { members[key] = said[key] }
            changed.powers[index] = try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: JSONValue.record(members)))
        case .body(let code):
            let own: OwnParticulars =
                value == .null
                ? OwnParticulars() : try CanonicalJSON.value(in: try CanonicalJSON.bytes(of: value))
            changed.own[code.code] = own.isEmpty ? nil : own
        }
        return changed
    }
}
