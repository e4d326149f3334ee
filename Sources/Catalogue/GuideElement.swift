/// One of the 46 elements of a guide (domain section 2.2), declared: editor, portal, papers and interface read this
/// list.
package struct GuideElement: Sendable, Identifiable {
    /// R, C and O of the list.
    package enum Requirement: String, Sendable, CaseIterable { case always = "R", conditional = "C", optional = "O" }

    /// 要素分组, A to H.
    package enum Group: String, Sendable, CaseIterable {
        case identity = "A"
        case authority = "B"
        case handling = "C"
        case limits = "D"
        case fees = "E"
        case result = "F"
        case channels = "G"
        case service = "H"

        /// 事项标识, 主体与权限, …
        package var label: Bilingual {
            switch self {
            case .identity: Bilingual("事项标识", "Identification")
            case .authority: Bilingual("主体与权限", "Body and power")
            case .handling: Bilingual("办理", "Handling")
            case .limits: Bilingual("时限", "Time limits")
            case .fees: Bilingual("收费", "Fees")
            case .result: Bilingual("结果", "Result")
            case .channels: Bilingual("渠道与便利", "Channels and convenience")
            case .service: Bilingual("服务与救济", "Service and remedies")
            }
        }
    }

    /// `E01` to `E46`.
    package let id: String
    package let group: Group
    /// The Swift name, which is also the key in guide files.
    package let key: String
    package let label: Bilingual
    package let requirement: Requirement
    /// The code tables it uses.
    package let codeTables: [String]
    /// The keys of a sheet that it is filled in from; empty for what follows from codes, powers and bodies.
    package let sheetKeys: [String]
    /// The shape of an element that guides keep among their further ones; nil for those with a type of their own.
    let furtherShape: ElementShape?
    private let render: @Sendable (Guide, CodeTables) -> [Bilingual]

    init(
        _ id: String, _ key: String, _ label: Bilingual, _ requirement: Requirement = .always, tables: [String] = [],
        from sheetKeys: [String]? = nil, render: @escaping @Sendable (Guide, CodeTables) -> [Bilingual]
    ) {
        let letters: [(upTo: String, group: Group)] = [
            ("E08", .identity), ("E15", .authority), ("E24", .handling), ("E28", .limits), ("E31", .fees),
            ("E35", .result), ("E42", .channels),
        ]
        self.id = id
        self.key = key
        self.label = label
        self.requirement = requirement
        self.render = render
        codeTables = tables
        self.sheetKeys = sheetKeys ?? [key]
        furtherShape = nil
        group = letters.first { id <= $0.upTo }?.group ?? .service
    }

    /// An element beside those that guides have types for: declared here and nowhere else, it is edited, checked, kept,
    /// shown, printed, imported and exported like the others.
    init(
        further id: String, _ key: String, _ label: Bilingual, _ requirement: Requirement, in group: Group,
        _ shape: ElementShape
    ) {
        (self.id, self.group, self.key, self.label, self.requirement) = (id, group, key, label, requirement)
        (codeTables, sheetKeys, furtherShape) = ([], [key], shape)
        render = { guide, tables in guide.standard.further?[key].map { shape.lines($0, tables) } ?? [] }
    }

    /// What the guide says of this element, line by line; empty when it says nothing.
    package func lines(of guide: Guide, tables: CodeTables) -> [Bilingual] { render(guide, tables) }

    /// The 46 elements in their order.
    package static let all = identity + authority + handling + limits + fees + result + channels + service

    /// The element with the id or the key; nil when there is none.
    package static func named(_ name: String) -> GuideElement? {
        all.first { $0.id == name || $0.key == name }
    }
}

extension Guide {
    /// Where the facts of an element come from: the parts that say so themselves, else what the guide notes for the
    /// element.
    func factSources(of key: String) -> [FactSource] {
        switch key {
        case "catalogCode", "implementationCode", "handlingItemCode":
            [power.catalogCodeSource] + (key == "catalogCode" ? [] : [body.source])
        case "implementingBody", "bodyNature", "exerciseLevel", "handlingLocations", "consultation", "supervision",
            "legalRemedies":
            [body.source]
        case "acceptanceConditions": standard.acceptanceConditions.map(\.source)
        case "acceptanceStandards", "materials": standard.materials.map(\.source)
        case "procedureSteps": standard.procedureSteps.map(\.source)
        case "specialProcedures": standard.specialProcedures.map(\.source)
        case "intermediaryServices": standard.intermediaryServices.map(\.source)
        case "feeItems": standard.feeItems.map(\.source)
        case "statutoryLimit": [statutoryLimit.source]
        case "promisedLimit": [promisedLimit.source]
        default: standard.sources[key].map { [$0] } ?? []
        }
    }

    /// The legal bases that an element cites.
    func basisIDs(of key: String) -> [String] {
        switch key {
        case "acceptanceConditions": standard.acceptanceConditions.compactMap(\.basis)
        case "materials": standard.materials.map(\.legalBasis)
        case "procedureSteps": standard.procedureSteps.compactMap(\.basis)
        case "specialProcedures": standard.specialProcedures.map(\.basis)
        case "intermediaryServices": standard.intermediaryServices.map(\.basis)
        case "quantityLimit": standard.quantityLimit.map { [$0.basis] } ?? []
        case "statutoryLimit": [statutoryLimit.basis, statutoryLimit.extension?.basis].compactMap { $0 }
        case "promisedLimit": [promisedLimit.basis].compactMap { $0 }
        case "feeItems": standard.feeItems.map(\.basis)
        default: []
        }
    }

    /// A basis as it is cited; the bare id when the guide does not list it (which the rules refuse).
    func citation(_ id: String) -> Bilingual { basis(id)?.citation ?? .same(id) }
}
