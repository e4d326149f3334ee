import Accounts
package import Catalogue
import Store
import Vocabulary

/// The sheets of the catalogue, from the first word to the publication.
extension Hall {
    /// A sheet for an editor; throws `CatalogueRefusal.itemNotFound` when there is none.
    package func sheet(_ slug: String) async throws -> KeptSheet {
        try await store.read { tx in
            guard let kept = try SheetTable.sheet(slug, in: tx) else { throw CatalogueRefusal.itemNotFound }
            return kept
        }
    }

    /// The lines of sheets after one, in a state or in all.
    package func sheets(_ state: SheetState?, after slug: String = "") async throws -> [SheetLine] {
        try await store.read { tx in try SheetTable.lines(state, after: slug, in: tx) }
    }

    /// Begins a sheet for a new item: the program gives the code. Another item, by its name in addresses, may lend its
    /// elements. Throws `CatalogueRefusal.sheetExists` when there is an item of this name and type.
    package func beginSheet(
        _ item: CatalogueImport.Item, like template: String = "", by staff: Guest, _ composer: GuideComposer
    ) async throws -> String {
        let (editor, stamp, id) = (try editor(staff), stamp(of: staff.session.holder.actor), ids.next())
        return try await store.write { tx in
            var allotment = CodeAllotment(try SheetTable.codes(in: tx))
            if let known = allotment.code(of: item) { throw CatalogueRefusal.sheetExists(known.code) }
            if let known = try SheetTable.named(in: tx)[item.key] { throw CatalogueRefusal.sheetExists(known.slug) }
            let entries = try allotment.allot([item.entry])
            try SheetTable.give(entries, in: tx)
            var sheet = item.sheet(entries[0].code)
            if !template.isEmpty {
                guard let lender = try SheetTable.sheet(template, in: tx) else { throw CatalogueRefusal.itemNotFound }
                sheet.borrow(from: lender.sheet)
            }
            try require(staff, for: sheet, composer, today: stamp.now.day)
            try SheetTable.add(sheet, as: id, by: editor, now: stamp.now, in: tx)
            try Journal.append([SheetEvent(.save, on: sheet)], to: id, after: 0, stamp: stamp, in: tx)
            return sheet.slug
        }
    }

    /// Does something with a sheet, on the revision that the editor saw. Nothing is submitted or published that has an
    /// error; publishing makes a version of every guide that it changes.
    package func perform(
        _ deed: SheetDeed, on slug: String, revision: Int, by staff: Guest, _ composer: GuideComposer,
        change: @escaping @Sendable (inout ItemSheet) -> Void = { _ in }
    ) async throws {
        let (editor, stamp, id) = (try editor(staff), stamp(of: staff.session.holder.actor), ids.next())
        try await store.write { tx in
            guard let kept = try SheetTable.sheet(slug, in: tx) else { throw CatalogueRefusal.itemNotFound }
            guard kept.revision == revision else { throw CatalogueRefusal.sheetChanged }
            try require(staff, for: kept.sheet, composer, today: stamp.now.day)
            let standing = try standing(of: kept, in: tx)
            let state = try SheetRules.state(after: deed, on: kept, standing: standing, by: editor)
            var sheet = kept.sheet
            switch deed {
            case .save: change(&sheet)
            case .submit: _ = try composer.checkedGuides(of: sheet)
            case .publish(let day):
                let guides = try composer.checkedGuides(of: sheet)
                try ItemTable.publish(guides, effective: day, id: id, stamp: stamp, in: tx)
                try ItemTable.endOthers(than: guides, of: slug, effective: day, today: stamp.now.day, in: tx)
            case .suspend, .resume, .cancel: try ItemTable.perform(deed, on: slug, in: tx)
            case .approve, .giveBack: break
            }
            let last = try Journal.lastSequence(of: kept.id, in: tx)
            try Journal.append([SheetEvent(deed, on: sheet)], to: kept.id, after: last, stamp: stamp, in: tx)
            let isEdit = if case .save = deed { true } else { false }
            try SheetTable.replace(
                kept, with: sheet, state: state, by: isEdit ? editor : kept.editor, now: stamp.now, in: tx)
        }
    }

    /// Where the item of a sheet stands, and who stopped it last.
    private func standing(of kept: KeptSheet, in tx: Transaction) throws -> SheetStanding {
        let state = try ItemTable.standing(of: kept.sheet.slug, in: tx)?.state
        guard state == .suspended else { return SheetStanding(state) }
        let last = try Journal.entries(of: kept.id, in: tx).last { entry in
            try entry.kind == SheetEvent.kind && CanonicalJSON.value(SheetEvent.self, in: entry.body).deed == "suspend"
        }
        guard case .staff(let suspender)? = last?.actor else { return SheetStanding(state) }
        return SheetStanding(state, suspender: suspender)
    }

    /// Where the item of a sheet stands; nil before its first version came into force.
    package func standing(of slug: String) async throws -> ItemStanding? {
        try await store.read { tx in try ItemTable.standing(of: slug, in: tx) }
    }

    func editor(_ guest: Guest) throws -> StaffID {
        guard case .staff(let staff, _) = guest.who else { throw PerformerRefusal.notAllowed }
        return staff.id
    }

    /// A sheet is the whole city's: whoever works on it holds the power for the city's body of the department.
    func require(
        _ guest: Guest, for sheet: ItemSheet, _ composer: GuideComposer, today: CivilDate
    ) throws {
        guard let code = sheet.powers.first?.catalogCode else { throw PerformerRefusal.notAllowed }
        try require(guest, for: (sheet.department, code), composer, today: today)
    }

    /// The same for an item of a department that may have no sheet yet.
    func require(
        _ guest: Guest, for item: (department: String, code: CatalogCode), _ composer: GuideComposer, today: CivilDate
    ) throws {
        let (department, code) = item
        guard case .staff(_, let grants) = guest.who,
            let body = composer.directory.bodies.first(where: { $0.department == department })
        else { throw PerformerRefusal.notAllowed }
        let scope = Scope(department: body.code, itemCode: code.code, region: .fuzhou)
        try Permits.check(.editCatalogue, scope: scope, grants: grants, today: today)
    }
}
