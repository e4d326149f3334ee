package import Vocabulary

/// The demonstration catalogue: the sheets that ship, composed with the bodies that hold the powers, and checked.
package struct DemonstrationCatalogue: Sendable {
    package let sheets: [ItemSheet]
    /// The guides in the order of their names, then of their bodies.
    package let guides: [Guide]
    package let composer: GuideComposer
    package let certificateTypes: [CertificateTypeSpec]
    package let blankForms: [BlankForm]

    package var tables: CodeTables { composer.tables }

    private struct Powers: Decodable { let powers: [ItemPower] }

    /// Loads, composes and checks everything. Throws `CatalogueRefusal`, which names the file and the element, for a
    /// file that does not decode, a guide with defects, a power that nobody holds and a form that does not exist.
    package static func shipped() throws -> DemonstrationCatalogue {
        let (composer, forms) = (try GuideComposer.shipped(), try BlankForm.shipped())
        var (sheets, guides): ([ItemSheet], [Guide]) = ([], [])
        for file in try CatalogueResource.names(in: "guides") {
            let standard = try CatalogueResource.decoded(GuideStandard.self, file)
            let sheet = try ItemSheet(standard, powers: try CatalogueResource.decoded(Powers.self, file).powers)
            try requireName(of: sheet, file: file)
            let composed = try composer.guides(of: sheet)
            try requireSound(composed, composer, file: file)
            try checkForms(of: standard, forms, file: file)
            sheets.append(sheet)
            guides += composed
        }
        return DemonstrationCatalogue(
            sheets: sheets, guides: guides, composer: composer, certificateTypes: try CertificateTypeSpec.shipped(),
            blankForms: forms)
    }

    /// A file is called as its item is in addresses.
    static func requireName(of sheet: ItemSheet, file: String) throws(CatalogueRefusal) {
        guard file == "guides/\(sheet.slug).json" else {
            throw .unknown(file: file, element: "slug", value: sheet.slug)
        }
    }

    /// Guides of one file that ships have neither errors nor warnings, and do not differ in what the catalogue governs.
    static func requireSound(
        _ guides: [Guide], _ composer: GuideComposer, file: String
    ) throws(CatalogueRefusal) {
        for guide in guides {
            let defects = composer.defects(in: guide)
            guard defects.isEmpty else { throw .defective(file: file, defects: defects) }
        }
        let differences = DriftReport(comparing: guides).differences
        guard differences.isEmpty else { throw .defective(file: file, defects: differences.map(\.defect)) }
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
