package import Catalogue
import Dossiers
import Store
package import Vocabulary

/// Where guides mislead: what every notice says of it, ranked for those who write the guides.
package struct MisguidanceReport: Sendable {
    /// How many cases of how many that were filed; `isAtLeast` when more were filed than a count looks at.
    package struct Share: Hashable, Sendable, Codable {
        package let misled: Int
        package let filed: Int
        package let isAtLeast: Bool
    }

    /// One place of one item's guide.
    package struct Line: Sendable {
        package let catalogCode: String
        /// The item's name in addresses; nil where it is published nowhere.
        package let slug: String?
        package let item: Bilingual
        package let place: GuidePlace
        package let label: Bilingual
        package let all: Share
        /// The version in force; 0 where the item is published nowhere.
        package let version: Int
        /// Cases filed under earlier versions, and under the one in force; nil while there was no newer version.
        package let mend: (before: Share, after: Share)?
        /// The latest, without personal data.
        package let examples: [Misguidance]
    }

    package let since: CivilDate
    package let counts: CauseCounts
    package let lines: [Line]
    /// Whether there were more corrections than a ranking looks at: then it counts the latest.
    package var isCapped: Bool { counts.all >= MisguidanceTable.lookedMax }
}

extension Hall {
    /// The places that misled most cases since a day, of the items with these basic codes or of all.
    package func misguidance(of codes: [String]? = nil, since day: CivilDate) async throws -> MisguidanceReport {
        try await store.read { tx in
            var counts = CauseCounts()
            var places: [MisleadingPlace] = []
            for code in codes.map({ $0.map(Optional.some) }) ?? [nil] {
                let own = try MisguidanceTable.counts(of: code, since: day, in: tx)
                counts.guide += own.guide
                counts.overlooked += own.overlooked
                counts.other += own.other
                places += try MisguidanceTable.ranking(of: code, since: day, in: tx)
            }
            places.sort { left, right in
                (-left.cases, left.catalogCode, left.place.code) < (-right.cases, right.catalogCode, right.place.code)
            }
            var filings: [String: Filings] = [:]
            let lines = try places.prefix(MisguidanceTable.placesMax).map { place in
                let known = try filings[place.catalogCode] ?? Filings(place.catalogCode, since: day, in: tx)
                filings[place.catalogCode] = known
                return try line(place, known, since: day, in: tx)
            }
            return MisguidanceReport(since: day, counts: counts, lines: lines)
        }
    }

    private func line(
        _ place: MisleadingPlace, _ filings: Filings, since day: CivilDate, in tx: Transaction
    ) throws -> MisguidanceReport.Line {
        // A case that was misled twice is one example.
        var seen: Set<DossierID> = []
        let examples = try MisguidanceTable.examples(
            of: place.catalogCode, .guide(place.place), since: day, in: tx
        ).filter { seen.insert($0.notice.dossier).inserted }
        let guide = try examples.first.flatMap {
            try papers.guides.guide($0.source.item, version: $0.source.version, in: tx)
        }
        let share = { (misled: Int, filed: Int) in
            MisguidanceReport.Share(misled: misled, filed: max(filed, misled), isAtLeast: filings.isAtLeast)
        }
        return MisguidanceReport.Line(
            catalogCode: place.catalogCode, slug: filings.slug,
            item: filings.name ?? guide?.title ?? Bilingual(place.catalogCode, place.catalogCode), place: place.place,
            label: guide?.label(of: place.place) ?? place.place.plainLabel,
            all: share(place.cases, filings.before + filings.after), version: place.version,
            mend: place.before == 0
                ? nil
                : (share(place.before, filings.before), share(place.cases - place.before, filings.after)),
            examples: examples)
    }

    /// How many cases of an item were filed, by whether under the version that is in force at their body now.
    private struct Filings {
        let slug: String?
        let name: Bilingual?
        private(set) var before = 0
        private(set) var after = 0
        var isAtLeast: Bool { before + after >= FiledTable.countedMax }

        init(_ catalogCode: String, since day: CivilDate, in tx: Transaction) throws {
            let item = try MisguidanceTable.item(of: catalogCode, in: tx)
            (slug, name) = (item?.slug, item?.name)
            for count in try FiledTable.counts(of: catalogCode, since: day, in: tx) {
                let inForce = item?.versions[count.item] ?? 0
                if count.version < inForce { before += count.dossiers } else { after += count.dossiers }
            }
        }
    }

    /// Keeps why the applicant went wrong, as a notice says it; nothing of notices from before it was asked.
    func noteCauses(
        of event: DossierEvent, numbered sequence: Int, on dossier: Dossier, at now: Instant, in tx: Transaction
    ) throws {
        let defects: [MaterialDefect]
        switch event {
        case .preReviewReturned(let named, _), .correctionRequested(let named, _): defects = named
        default: return
        }
        let submitted = dossier.submitted
        let source = Misguidance.Source(
            item: submitted.terms.itemCode, catalogCode: submitted.terms.catalogCode, version: submitted.terms.version,
            body: submitted.terms.body, region: submitted.terms.region)
        for defect in defects {
            guard let cause = defect.cause else { continue }
            try MisguidanceTable.put(
                Misguidance(
                    Misguidance.Notice(dossier.id, sequence, defect.material), of: source, cause, words: defect.words,
                    number: submitted.numbers.short, day: now.day),
                in: tx)
        }
    }

    /// Refuses, by `DossierRefusal.placeNotInGuide`, a notice that blames what the pinned guide does not have.
    func requirePlaces(_ command: DossierCommand, _ dossier: Dossier, in tx: Transaction) throws {
        let defects: [MaterialDefect]
        switch command {
        case .returnForPreReview(let named, _), .requestCorrection(let named, _): defects = named
        default: return
        }
        let terms = dossier.submitted.terms
        // Simulations file under guides that nobody published.
        guard let guide = try papers.guides.guide(terms.itemCode, version: terms.version, in: tx) else { return }
        for place in defects.compactMap({ $0.cause?.place }) where !guide.has(place, tables: papers.tables) {
            throw DossierRefusal.placeNotInGuide
        }
    }

    /// Writes the causes of all notices anew from the journal, `batch` dossiers a transaction; answers how many
    /// dossiers it went through.
    package func rebuildMisguidance(batch: Int = rebuiltAtOnceMax) async throws -> Int {
        try await eachDossier(batch: batch) { id, tx in try rebuildMisguidance(of: id, in: tx) }
    }

    private func rebuildMisguidance(of id: DossierID, in tx: Transaction) throws {
        guard let dossier = try DossierTable.load(id, in: tx) else { return }
        try MisguidanceTable.clear(id, in: tx)
        for line in try DossierTable.history(of: id, in: tx) {
            try noteCauses(of: line.event, numbered: line.sequence, on: dossier, at: line.at, in: tx)
        }
    }
}
