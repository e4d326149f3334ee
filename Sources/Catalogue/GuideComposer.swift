import Vocabulary

/// What guides are composed and checked with: bodies and halls, code tables, the types of certificate that exist.
package struct GuideComposer: Sendable {
    package let directory: Directory
    package let tables: CodeTables
    /// By code, with the ids of the face fields.
    let certificateTypes: [String: [String]]

    /// The demonstration directory, with a body of every department of the lists in the city and each of its units.
    package static func shipped() throws -> GuideComposer {
        let types = try CertificateTypeSpec.shipped()
        return GuideComposer(
            directory: try Departments.shipped().completing(try Directory.shipped()), tables: try CodeTables.shipped(),
            certificateTypes: Dictionary(types.map { ($0.code, $0.faceFields.map(\.id)) }) { first, _ in first })
    }

    /// The guides of a sheet for every body that holds one of its powers, city-wide items received in every hall.
    /// Throws `CatalogueRefusal` while an element is missing and for a department without bodies.
    package func guides(of sheet: ItemSheet) throws -> [Guide] {
        let standard = try sheet.standard()
        let guides = try sheet.powers.flatMap { power in
            try directory.guides(of: standard, power, own: sheet.own)
        }
        guard !guides.isEmpty else {
            throw CatalogueRefusal.unknown(file: sheet.slug, element: "department", value: sheet.department)
        }
        return guides
    }

    /// What is wrong with a guide.
    package func defects(in guide: Guide) -> [GuideDefect] {
        CatalogueRules.defects(in: guide, certificateTypes: certificateTypes, tables: tables)
    }

    /// The guides of a sheet, when none of them has an error. Throws `CatalogueRefusal.defective` otherwise.
    package func checkedGuides(of sheet: ItemSheet) throws -> [Guide] {
        let guides = try guides(of: sheet)
        for guide in guides {
            let errors = defects(in: guide).filter { $0.severity == .error }
            guard errors.isEmpty else { throw CatalogueRefusal.defective(file: sheet.slug, defects: errors) }
        }
        return guides
    }
}

extension Directory {
    /// The guides of an item under one power, for every body of its department at the power's levels.
    func guides(
        of standard: GuideStandard, _ power: ItemPower, own: [String: OwnParticulars] = [:]
    ) throws(CatalogueRefusal) -> [Guide] {
        var guides: [Guide] = []
        for body in bodies(of: standard.department, at: power.levels) {
            let near = halls.filter { $0.code == body.hall.code }
            let others = standard.crossRegionScope == .counties ? halls.filter { $0.code != body.hall.code } : []
            let guide = Guide(standard, power, at: body, halls: near + others, own: own[body.code.code])
            guard let guide else {
                throw .unknown(file: standard.slug, element: "catalogCode", value: power.catalogCode.code)
            }
            guides.append(guide)
        }
        return guides
    }
}
