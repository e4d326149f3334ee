import Vocabulary

/// What guides are composed and checked with: bodies and halls, departments, code tables, types of certificate.
package struct GuideComposer: Sendable {
    package let directory: Directory
    package let departments: Departments
    package let tables: CodeTables
    /// By code, with the ids of the face fields.
    let certificateTypes: [String: [String]]

    /// The demonstration directory, with a body of every department of the lists in the city and each of its units.
    package static func shipped() throws -> GuideComposer {
        let (types, departments) = (try CertificateTypeSpec.shipped(), try Departments.shipped())
        return GuideComposer(
            directory: departments.completing(try Directory.shipped()), departments: departments,
            tables: try CodeTables.shipped(),
            certificateTypes: Dictionary(types.map { ($0.code, $0.faceFields.map(\.id)) }) { first, _ in first })
    }

    /// The guides of a sheet for every body that holds one of its powers, city-wide items received in every hall.
    /// Throws `CatalogueRefusal` while an element is missing, for a power that nobody holds and for codes that cannot
    /// be composed.
    package func guides(of sheet: ItemSheet) throws -> [Guide] {
        let standard = try sheet.standard()
        return try sheet.powers.flatMap { power in
            let bodies = directory.bodies(of: standard.department, at: power.levels)
            guard !bodies.isEmpty else {
                throw CatalogueRefusal.unknown(file: sheet.slug, element: "department", value: standard.department)
            }
            return try bodies.map { try guide(standard, power, at: $0, own: sheet.own[$0.code.code]) }
        }
    }

    private func guide(
        _ standard: GuideStandard, _ power: ItemPower, at body: ImplementingBody, own: OwnParticulars?
    ) throws(CatalogueRefusal) -> Guide {
        let near = directory.halls.filter { $0.code == body.hall.code }
        let others =
            standard.crossRegionScope == .counties ? directory.halls.filter { $0.code != body.hall.code } : []
        guard let guide = Guide(standard, power, at: body, halls: near + others, own: own) else {
            throw .unknown(file: standard.slug, element: "catalogCode", value: power.catalogCode.code)
        }
        return guide
    }

    /// How many guides a sheet stands for.
    package func bodies(of sheet: ItemSheet) -> Int {
        sheet.powers.reduce(0) { $0 + directory.bodies(of: sheet.department, at: $1.levels).count }
    }

    /// What is wrong with a guide.
    package func defects(in guide: Guide) -> [GuideDefect] {
        CatalogueRules.defects(in: guide, certificateTypes: certificateTypes, tables: tables, directory: directory)
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
