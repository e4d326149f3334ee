package import Catalogue
import Store
import Vocabulary

/// What the catalogue's editors do.
extension Hall {
    /// Takes a list of items in as sheets of the city's catalogue: gives each its code, and says what it lacks. All of
    /// it or nothing; rows that are wrong, and items of a department that nobody knows, are refused one by one.
    package func importItems(_ list: ServiceItemList, _ composer: GuideComposer) async throws -> ImportReport {
        let draft = CatalogueImport(list, composer.departments)
        let (stamp, id, sheetIDs) = (stamp(of: .platform), ids.next(), draft.items.map { _ in ids.next() })
        return try await store.write { tx in
            var allotment = CodeAllotment(try SheetTable.codes(in: tx))
            let named = try SheetTable.named(in: tx)
            let entries = try allotment.allot(draft.items.filter { named[$0.key] == nil }.map(\.entry))
            try SheetTable.give(entries, in: tx)
            var report = ImportReport(refused: draft.refused, codes: entries.count)
            for (item, sheetID) in zip(draft.items, sheetIDs) {
                if let sheet = named[item.key] {
                    report.note(sheet, bodies: composer.bodies(of: sheet), isNew: false)
                    continue
                }
                guard let sheet = allotment.code(of: item).map(item.sheet) else { continue }
                let isNew = try SheetTable.sheet(sheet.slug, in: tx) == nil
                if isNew { try SheetTable.add(sheet, as: sheetID, by: nil, now: stamp.now, in: tx) }
                report.note(sheet, bodies: composer.bodies(of: sheet), isNew: isNew)
            }
            if report.sheets > 0 {
                try Journal.append([ItemsImported(report)], to: id, after: 0, stamp: stamp, in: tx)
            }
            return report
        }
    }

    /// Fills what the sheets lack by the declared rules and publishes them, for the demonstration. Answers how many
    /// guides; `onProgress` is told of each hundred sheets.
    package func completeForDemonstration(
        _ completion: Completion, _ composer: GuideComposer, onProgress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        var (count, last) = (0, "")
        while true {
            let after = last
            let slugs = try await store.read { tx in try SheetTable.lines(.draft, after: after, in: tx) }.map(\.slug)
            guard let next = slugs.last else { return count }
            last = next
            let stamp = stamp(of: .platform)
            let subjects = slugs.map { _ in ids.next() }
            count += try await store.write { tx in
                var published = 0
                for (slug, id) in zip(slugs, subjects) {
                    guard let kept = try SheetTable.sheet(slug, in: tx) else { continue }
                    let sheet = completion.complete(kept.sheet)
                    let guides = try composer.checkedGuides(of: sheet)
                    try ItemTable.publish(guides, effective: stamp.now.day, id: id, stamp: stamp, in: tx)
                    try SheetTable.replace(
                        kept, with: sheet, state: .published, by: nil, now: stamp.now, in: tx)
                    published += guides.count
                }
                return published
            }
            onProgress(count)
        }
    }

    /// Looks at every guide in force and at every sheet that is not published.
    package func lint(_ composer: GuideComposer) async throws -> LintReport {
        var report = LintReport()
        try await eachGuide { report.note($0.guide, composer.defects(in: $0.guide)) }
        var last = ""
        while true {
            let after = last
            let sheets = try await store.read { tx in
                try SheetTable.lines(.draft, after: after, in: tx).compactMap { try SheetTable.sheet($0.slug, in: tx) }
            }
            guard let next = sheets.last else { return report }
            last = next.sheet.slug
            for kept in sheets { report.note(kept.sheet, bodies: composer.bodies(of: kept.sheet)) }
        }
    }

    /// Compares the guides of each basic code across the city and its units.
    package func drift() async throws -> DriftReport {
        var report = DriftReport()
        var variants: [Guide] = []
        try await eachGuide { version in
            if let first = variants.first, first.catalogCode != version.guide.catalogCode {
                report.compare(variants)
                variants = []
            }
            variants.append(version.guide)
        }
        if !variants.isEmpty { report.compare(variants) }
        return report
    }

    /// Every guide in force, in the order of basic codes.
    private func eachGuide(_ look: (ItemVersion) throws -> Void) async throws {
        var reader = GuideReader()
        var last: Guide?
        while true {
            let (before, from) = (reader, last)
            let page = try await store.read { tx in
                var reader = before
                return (try ItemTable.guides(after: from, with: &reader, in: tx), reader)
            }
            guard let next = page.0.last else { return }
            (last, reader) = (next.guide, page.1)
            for version in page.0 { try look(version) }
        }
    }
}
