import Foundation
package import Vocabulary

/// To whom one may turn against what a body decided: who reconsiders it within 60 days (行政复议法 arts 20, 24) and which
/// court hears it within 6 months (行政诉讼法 arts 18, 46).
package struct Remedies: Hashable, Sendable {
    /// A name in both languages.
    package struct Name: Hashable, Sendable, Codable {
        package let zh: String
        package let en: String

        /// A name.
        package init(zh: String, en: String) {
            (self.zh, self.en) = (zh, en)
        }
    }

    /// Calendar days to ask for reconsideration, from knowing the act (行政复议法 art. 20).
    package static let reconsiderationDays = 60
    /// Months to go to court, from knowing it (行政诉讼法 art. 46).
    package static let courtMonths = 6

    package let reconsideration: Name
    package let court: Name

    /// Remedies that somebody knows of a body.
    package init(reconsideration: Name, court: Name) {
        (self.reconsideration, self.court) = (reconsideration, court)
    }

    /// The particulars of an adverse paper that name them. `channel` is where one may file online when the paper was
    /// served so (行政复议法 art. 22).
    package func values(channel: String) -> [String: PaperValue] {
        [
            "reconsideration": .text(reconsideration.zh), "reconsiderationEnglish": .text(reconsideration.en),
            "court": .text(court.zh), "courtEnglish": .text(court.en), "onlineChannel": .text(channel),
        ]
    }
}

/// Governments and courts by region, and the rule who is above whom.
package struct RemedyTable: Sendable {
    private struct Place: Decodable {
        let region: Region
        let government: Remedies.Name
        /// The government above it.
        let above: Remedies.Name
        /// The court of the seat of its departments, and the one that hears cases against the government itself
        /// (行政诉讼法 art. 15(1)).
        let court: Remedies.Name
        let higherCourt: Remedies.Name
    }

    private struct Exception: Decodable {
        /// What a vertically led body's name ends with (行政复议法 art. 27): its own superior reconsiders.
        let suffix: String
        let reconsideration: Remedies.Name
    }

    private struct File: Decodable {
        let places: [Place]
        let vertical: [Exception]
        let governmentSuffixes: [String]
    }

    private let file: File

    /// The table that ships: Fuzhou and its 13 counties and districts.
    package static func shipped() throws -> RemedyTable {
        guard let url = Bundle.module.url(forResource: "Resources/remedies", withExtension: "json") else {
            throw Fault.misconfigured("no table of remedies")
        }
        return RemedyTable(file: try CanonicalJSON.value(in: [UInt8](Data(contentsOf: url))))
    }

    /// The regions of the table, in its order.
    package var regions: [Region] { file.places.map(\.region) }

    /// The remedies against a body of a region; nil for a region that the table does not have. A department: the
    /// government of its level, and the court of its seat. A government: the one above, and the higher court. A
    /// vertically led body: its superior.
    package func remedies(against body: String, in region: Region) -> Remedies? {
        guard let place = file.places.first(where: { $0.region == region }) else { return nil }
        if let exception = file.vertical.first(where: { body.hasSuffix($0.suffix) }) {
            return Remedies(reconsideration: exception.reconsideration, court: place.court)
        }
        if file.governmentSuffixes.contains(where: body.hasSuffix) {
            return Remedies(reconsideration: place.above, court: place.higherCourt)
        }
        return Remedies(reconsideration: place.government, court: place.court)
    }
}
