package import Vocabulary

/// The demonstration catalogue: the guides that ship, composed with the bodies that hold the powers, and checked.
package struct DemonstrationCatalogue: Sendable {
    /// The guides in the order of their names, then of their bodies.
    package let guides: [Guide]
    package let directory: Directory
    package let certificateTypes: [CertificateTypeSpec]
    package let blankForms: [BlankForm]
    package let tables: CodeTables

    private struct Powers: Decodable { let powers: [ItemPower] }

    /// Loads, composes and checks everything. Throws `CatalogueRefusal`, which names the file and the element, for a
    /// file that does not decode, a guide with defects, a power that nobody holds and a form that does not exist.
    package static func shipped() throws -> DemonstrationCatalogue {
        let (directory, types) = (try Directory.shipped(), try CertificateTypeSpec.shipped())
        let (forms, tables) = (try BlankForm.shipped(), try CodeTables.shipped())
        let faces = Dictionary(types.map { ($0.code, $0.faceFields.map(\.id)) }) { first, _ in first }
        var guides: [Guide] = []
        for file in try CatalogueResource.names(in: "guides") {
            let standard = try CatalogueResource.decoded(GuideStandard.self, file)
            let powers = try CatalogueResource.decoded(Powers.self, file).powers
            let composed = try compose(standard, powers, in: directory, file: file)
            try checkRules(of: composed, faces, tables, file: file)
            try checkForms(of: standard, forms, file: file)
            guides += composed
        }
        let variants = CatalogueRules.variantDefects(guides)
        guard variants.isEmpty else { throw CatalogueRefusal.defective(file: "guides", defects: variants) }
        return DemonstrationCatalogue(
            guides: guides, directory: directory, certificateTypes: types, blankForms: forms, tables: tables)
    }

    /// The guides of an item in its file, for every body that holds a power. City-wide items are received in every
    /// hall.
    static func compose(
        _ standard: GuideStandard, _ powers: [ItemPower], in directory: Directory, file: String
    ) throws -> [Guide] {
        guard file == "guides/\(standard.slug).json" else {
            throw CatalogueRefusal.unknown(file: file, element: "slug", value: standard.slug)
        }
        return try powers.flatMap { power in
            let guides = try directory.guides(of: standard, power)
            guard !guides.isEmpty else {
                throw CatalogueRefusal.unknown(file: file, element: "department", value: standard.department)
            }
            return guides
        }
    }

    /// Every guide of a file keeps the rules of the catalogue.
    static func checkRules(
        of guides: [Guide], _ faces: [String: [String]], _ tables: CodeTables, file: String
    ) throws(CatalogueRefusal) {
        for guide in guides {
            let defects = CatalogueRules.defects(in: guide, certificateTypes: faces, tables: tables)
            guard defects.isEmpty else { throw .defective(file: file, defects: defects) }
        }
    }

    /// Every form and letter that a material names can be rendered.
    private static func checkForms(of standard: GuideStandard, _ forms: [BlankForm], file: String) throws {
        let names = forms.map(\.id) + ["form/\(standard.slug)"]
        for material in standard.materials {
            for attachment in [material.blankForm, material.sample].compactMap({ $0 }) {
                let name = attachment.id.split(separator: "/").dropLast().joined(separator: "/")
                guard names.contains(name) else {
                    throw CatalogueRefusal.unknown(file: file, element: material.id, value: attachment.id)
                }
            }
        }
    }

    /// The sheets of the guides that ship, whole.
    package static func sheets() throws -> [ItemSheet] {
        try CatalogueResource.names(in: "guides").map { file in
            try ItemSheet(
                try CatalogueResource.decoded(GuideStandard.self, file),
                powers: try CatalogueResource.decoded(Powers.self, file).powers)
        }
    }

    /// The real list of a county's 1,133 items that ships (see `SOURCES.md`).
    package static func realList() throws -> ServiceItemList {
        try ServiceItemList(csv: try CatalogueResource.bytes("lists/guangan_service_items.csv"))
    }

    /// The guide of an item, by its name on the web and the region of the body; nil when that region's body has no
    /// such power.
    package func guide(_ slug: String, in region: Region) -> Guide? {
        guides.first { $0.standard.slug == slug && $0.body.region == region }
    }

    /// The letter with the id `letter/NAME`; nil when there is none.
    package func blankForm(_ id: String) -> BlankForm? { blankForms.first { $0.id == id } }
}
