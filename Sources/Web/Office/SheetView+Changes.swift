import Catalogue
import Hall
import Vocabulary

/// What publishing a sheet would change.
extension SheetView {
    /// Element by element, now and then.
    func differences(_ html: inout HTML, _ inForce: ItemVersion?) {
        guard let inForce, let guide = guides.first, inForce.guide != guide else { return }
        let changed = GuideElement.all.filter {
            $0.lines(of: inForce.guide, tables: site.tables) != $0.lines(of: guide, tables: site.tables)
        }
        guard !changed.isEmpty else { return }
        html.heading(words("sheet.differences", ["n": words.number(inForce.version)]))
        html.table(
            words["sheet.differences-short"],
            [Column(words["sheet.element"]), Column(words["sheet.now"]), Column(words["sheet.then"])], changed
        ) { _ in
        } row: { html, element in
            html.row { html in
                html.headCell(words.pick(element.label))
                for side in [inForce.guide, guide] {
                    html.cell { html in
                        for line in element.lines(of: side, tables: site.tables) { html.paragraph(words.pick(line)) }
                    }
                }
            }
        }
    }

    /// For places and bodies, open cases, and guides on paper; nothing before the first version.
    func impact(_ html: inout HTML, _ impact: SheetImpact?, _ inForce: ItemVersion?) {
        guard let impact, let inForce, kept.state != .published else { return }
        html.card(words["sheet.impact"]) { html in
            html.paragraph(
                words(
                    "sheet.impact-bodies",
                    ["places": words.number(impact.places), "n": words.number(impact.implementations)]))
            if !impact.ending.isEmpty {
                let names = impact.ending.map { code in
                    site.composer.directory.bodies.first { $0.code == code }.map { words.pick($0.name, $0.nameEnglish) }
                        ?? code.description
                }
                html.paragraph(
                    words("sheet.impact-end", ["n": words.number(names.count), "names": words.list(names)]))
            }
            let open = impact.openDossiers
            let count = ["n": words.number(open.count)] as KeyValuePairs
            html.paragraph(
                open.isAtLeast ? words("sheet.impact-open-many", count) : words("sheet.impact-open", count))
            html.paragraph(words("sheet.impact-print", ["n": words.number(inForce.version)]))
        }
    }
}
