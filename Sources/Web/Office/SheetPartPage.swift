import Catalogue
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `/office/catalogue/{slug}/fields/{key}`: one element, a power, or what one body sets for itself,
/// filled in by a form made from its shape.
struct SheetPartPage {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        let (kept, field) = try await open(context)
        return show(context, kept, field, field.value(in: kept.sheet), revision: kept.revision)
    }

    func post(_ request: Request, _ context: EditorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (kept, field) = try await open(context)
        guard let revision = Int(form["revision"]) else { throw DoorRefusal.malformedForm }
        let value = ShapeForm.read(field.shape, at: field.key, form)
        // A button of a list was pressed: the form comes again, longer or shorter; nothing is kept yet.
        guard form["add"].isEmpty && form["remove"].isEmpty else {
            return show(context, kept, field, value, revision: revision)
        }
        let said = value.pruned
        let defects = said == .null ? [] : field.shape.defects(in: said, at: field.key, site.tables)
        guard defects.isEmpty else { return show(context, kept, field, said, revision: revision, defects) }
        // The deed is done on the revision that is named: the sheet is the one that was read.
        guard kept.revision == revision else { throw CatalogueRefusal.sheetChanged }
        let changed = try field.setting(said, in: kept.sheet)
        try await site.hall.perform(.save, on: kept.sheet.slug, revision: revision, by: context.guest, site.composer) {
            $0 = changed
        }
        return .seeOther(Paths.sheet(kept.sheet.slug) + "#" + Attribute.identifier(field.key))
    }

    private func open(_ context: EditorContext) async throws -> (KeptSheet, SheetPart) {
        let kept = try await site.hall.sheet(try context.parameters.require("slug"))
        let key = try context.parameters.require("key")
        guard let part = SheetPart(key, of: kept.sheet, site.composer) else { throw DoorRefusal.noSuchPage }
        return (kept, part)
    }

    private func show(
        _ context: EditorContext, _ kept: KeptSheet, _ field: SheetPart, _ value: JSONValue?, revision: Int,
        _ defects: [ShapeDefect] = []
    ) -> Response {
        let visit = site.visit(context, .office)
        let words = visit.words
        let label = words.pick(field.label)
        var form = ShapeForm(tables: site.tables, words: words)
        for defect in defects { form.errors[defect.path] = words.pick(defect.message) }
        let errors = defects.map { FieldError($0.path, words.pick($0.message)) }
        let sheet = Paths.sheet(kept.sheet.slug)
        return .page(
            visit.page(
                label,
                crumbs: [
                    PageLink(words["nav.catalogue"], "/office/catalogue"), PageLink(words.pick(kept.sheet.name), sheet),
                ], hasErrors: !errors.isEmpty
            ) { html in
                html.title(label, over: words.pick(kept.sheet.name))
                html.errorSummary(errors)
                html.reading { html in
                    html.form("\(sheet)/fields/\(field.key)", site.tokens(context)) { html in
                        // Enter presses the first button of a form: it must be the one that keeps.
                        html.element("div", Attribute("hidden", "")) { $0.button(words["sheet.save"]) }
                        html.hidden("revision", "\(revision)")
                        form.write(field.shape, value, at: field.key, label, isOptional: !field.isRequired, to: &html)
                        html.stay { $0.button(words["sheet.save"], key: "s") }
                    }
                }
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }
}
