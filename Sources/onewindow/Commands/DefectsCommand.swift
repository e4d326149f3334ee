import ArgumentParser
import Catalogue
import Hall
import Store
import Vocabulary

/// `onewindow defects`: where guides mislead, the places that misled most cases first.
struct DefectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "defects",
        abstract: "Rank the places of guides that misled applicants, by what notices of corrections say.")

    @OptionGroup var options: DataOptions

    @Option(help: "One item, by its basic code of 12 characters.")
    var item: String?

    @Option(help: "How many days back: 1 to 3660.")
    var days = 90

    @Flag(help: "As JSON, one object.")
    var json = false

    @Flag(help: "Before that, write the table anew from the journal.")
    var rebuild = false

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("--days is 1 to 3660") }
        if let item, CatalogCode(item) == nil { throw ValidationError("\(item) is no basic code of 12 characters") }
    }

    func run() async throws {
        _ = try options.existingFolder()
        let house = try await Wiring.open(options)
        let hall = house.hall
        if rebuild {
            let dossiers = try await hall.rebuildMisguidance()
            Wiring.say("rebuilt from \(dossiers) cases")
        }
        let since = hall.time.now().day.advanced(byDays: 1 - days)
        let report = try await hall.misguidance(of: item.map { [$0] }, since: since)
        await house.store.close()
        if json {
            print(String(decoding: try CanonicalJSON.bytes(of: Report(report)), as: UTF8.self))
        } else {
            for line in Report(report).lines { print(line) }
        }
    }

    /// The ranking for programs: `schema` 1, shares as counts.
    private struct Report: Encodable {
        let schema = 1
        let since: CivilDate
        let corrections: CauseCounts
        let isCapped: Bool
        let places: [Place]

        struct Place: Encodable {
            let catalogCode: String
            let item: Bilingual
            let place: String
            let label: Bilingual
            let cases: MisguidanceReport.Share
            let version: Int
            let before: MisguidanceReport.Share?
            let after: MisguidanceReport.Share?
            let examples: [Example]
        }

        struct Example: Encodable {
            let number: String
            let day: CivilDate
            let words: String?
        }

        private enum CodingKeys: String, CodingKey { case schema, since, corrections, isCapped, places }

        init(_ report: MisguidanceReport) {
            (since, corrections, isCapped) = (report.since, report.counts, report.isCapped)
            places = report.lines.map { line in
                Place(
                    catalogCode: line.catalogCode, item: line.item, place: line.place.code, label: line.label,
                    cases: line.all, version: line.version, before: line.mend?.before, after: line.mend?.after,
                    examples: line.examples.map { Example(number: $0.number, day: $0.day, words: $0.words) })
            }
        }

        /// The same for people.
        var lines: [String] {
            let counts = corrections
            let head =
                "since \(since): \(counts.all) corrections; guide \(counts.guide), overlooked \(counts.overlooked), "
                + "other \(counts.other)"
            return [head]
                + places.enumerated().map { index, place in
                    let mend = place.before.flatMap { before in
                        place.after.map { after in
                            "; since version \(place.version) \(before.misled)/\(before.filed) before, "
                                + "\(after.misled)/\(after.filed) after"
                        }
                    }
                    return "\(index + 1). \(place.item.zh) \(place.label.zh) (\(place.catalogCode) \(place.place)): "
                        + "\(place.cases.misled) of \(place.cases.filed) cases" + (mend ?? "")
                }
        }
    }
}
