/// 指南位置: one place of a guide at which somebody who reads it can go wrong: an element, one particular of a
/// material, or a question of the application form.
package enum GuidePlace: Hashable, Sendable {
    /// By the element's id, `E01` to `E46`.
    case element(String)
    /// By the material's id.
    case material(String, MaterialPart)
    /// By the field's id.
    case field(String)

    /// What a guide says of one material.
    package enum MaterialPart: String, Sendable, CaseIterable {
        case name, sample, acceptanceStandard, copies, source, form, blankForm, fillingNote, appliesWhen

        package var label: Bilingual {
            switch self {
            case .name: Bilingual("材料名称", "name")
            case .sample: Bilingual("样表或样本", "sample")
            case .acceptanceStandard: Bilingual("受理标准", "acceptance standard")
            case .copies: Bilingual("份数", "copies")
            case .source: Bilingual("来源渠道", "where to get it")
            case .form: Bilingual("材料形式和规格", "form and format")
            case .blankForm: Bilingual("空白表格", "blank form")
            case .fillingNote: Bilingual("填报须知", "how to fill it in")
            case .appliesWhen: Bilingual("何种情形需要提交", "when it is needed")
            }
        }
    }

    /// LIMIT: characters of a code.
    package static let codeCharactersMax = 160

    /// Reads a code; nil for what has not the form of one. A guide says whether it has the place.
    package init?(_ code: String) {
        guard code.count <= Self.codeCharactersMax else { return nil }
        let parts = code.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.count, parts[0]) {
        case (1, let id) where id.count == 3 && id.first == "E" && Int(id.dropFirst()) != nil: self = .element(id)
        case (2, "form") where !parts[1].isEmpty: self = .field(parts[1])
        case (3, "material") where !parts[1].isEmpty:
            guard let part = MaterialPart(rawValue: parts[2]) else { return nil }
            self = .material(parts[1], part)
        default: return nil
        }
    }

    /// `E17`, `material/restPlan/sample` or `form/headcount`: how interfaces and rows call it.
    package var code: String {
        switch self {
        case .element(let id): id
        case .material(let id, let part): "material/\(id)/\(part.rawValue)"
        case .field(let id): "form/\(id)"
        }
    }

    /// The field of a sheet in which an editor mends it; nil for what follows from powers and bodies.
    package var sheetKey: String? {
        switch self {
        case .element(let id): GuideElement.named(id)?.sheetKeys.first { SheetField.named($0) != nil }
        case .material: "materials"
        case .field: "form"
        }
    }
}

extension Guide {
    /// Whether it has the place: the element says something, the material or the question is there. What it does not
    /// say of a material that it has (a sample that is missing) is a place all the same.
    package func has(_ place: GuidePlace, tables: CodeTables) -> Bool {
        switch place {
        case .element(let id): GuideElement.named(id).map { !$0.lines(of: self, tables: tables).isEmpty } ?? false
        case .material(let id, _): materials.contains { $0.id == id }
        case .field(let id): form.fields.contains { $0.id == id }
        }
    }

    /// What readers call the place: `申请材料`, `休息安排方案·样表或样本`, `申请表·用工人数`.
    package func label(of place: GuidePlace) -> Bilingual {
        switch place {
        case .element: return place.plainLabel
        case .material(let id, let part):
            let name = materials.first { $0.id == id }?.name ?? .same(id)
            return Bilingual("\(name.zh)·\(part.label.zh)", "\(name.en): \(part.label.en)")
        case .field(let id):
            let name = form.fields.first { $0.id == id }?.label ?? .same(id)
            return Bilingual("申请表·\(name.zh)", "application form: \(name.en)")
        }
    }
}

extension GuidePlace {
    /// What it is called where the guide is not at hand.
    package var plainLabel: Bilingual {
        switch self {
        case .element(let id): GuideElement.named(id)?.label ?? .same(id)
        case .material(let id, let part): Bilingual("\(id)·\(part.label.zh)", "\(id): \(part.label.en)")
        case .field(let id): Bilingual("申请表·\(id)", "application form: \(id)")
        }
    }
}

/// 补正原因: why an applicant went wrong, as the clerk says it with a notice of corrections.
package enum CorrectionCause: Hashable, Sendable {
    /// The guide misled at this place.
    case guide(GuidePlace)
    /// The guide was clear, and the applicant overlooked it.
    case overlooked
    /// Something else, in a few words.
    case other

    /// Reads a code; nil for what is none.
    package init?(_ code: String) {
        switch code {
        case "overlooked": self = .overlooked
        case "other": self = .other
        default:
            guard let place = GuidePlace(code) else { return nil }
            self = .guide(place)
        }
    }

    /// `overlooked`, `other`, or the code of the place.
    package var code: String {
        switch self {
        case .guide(let place): place.code
        case .overlooked: "overlooked"
        case .other: "other"
        }
    }

    /// The place that misled; nil where the guide did not.
    package var place: GuidePlace? {
        if case .guide(let place) = self { return place }
        return nil
    }
}

extension CorrectionCause: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let cause = CorrectionCause(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no cause of a correction")
        }
        self = cause
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
