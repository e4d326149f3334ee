package import Vocabulary

/// One correction that a clerk asked for, and why the applicant went wrong: what editors count to see where their
/// guides mislead. It holds no personal data: the words name nobody (`dossier.cause-words-personal`).
package struct Misguidance: Hashable, Sendable {
    /// The notice: a dossier, the number of its event, and the material that it names.
    package struct Notice: Hashable, Sendable {
        package let dossier: DossierID
        package let sequence: Int
        package let material: String

        package init(_ dossier: DossierID, _ sequence: Int, _ material: String) {
            (self.dossier, self.sequence, self.material) = (dossier, sequence, material)
        }
    }

    /// The version of the guide under which the dossier was filed, and at which body.
    package struct Source: Hashable, Sendable {
        /// 33 characters where there is a handling item, else 31.
        package let item: String
        /// 12 characters: the item wherever it is implemented.
        package let catalogCode: String
        package let version: Int
        package let body: CreditCode
        package let region: Region

        package init(item: String, catalogCode: String, version: Int, body: CreditCode, region: Region) {
            (self.item, self.catalogCode, self.version) = (item, catalogCode, version)
            (self.body, self.region) = (body, region)
        }
    }

    package let notice: Notice
    package let source: Source
    package let cause: CorrectionCause
    /// The clerk's own words; nil when there are none.
    package let words: String?
    /// The short number of the dossier.
    package let number: String
    /// The day of the notice.
    package let day: CivilDate

    package init(
        _ notice: Notice, of source: Source, _ cause: CorrectionCause, words: String?, number: String, day: CivilDate
    ) {
        (self.notice, self.source, self.cause) = (notice, source, cause)
        (self.words, self.number, self.day) = (words, number, day)
    }
}

/// How many corrections there were, by why.
package struct CauseCounts: Hashable, Sendable, Codable {
    package var guide = 0
    package var overlooked = 0
    package var other = 0

    package init() {}

    package var all: Int { guide + overlooked + other }
}

/// One place of one item's guide, and how many cases it misled.
package struct MisleadingPlace: Hashable, Sendable {
    package let catalogCode: String
    package let place: GuidePlace
    /// Cases that were misled, in the span that is looked at.
    package let cases: Int
    /// Of these, the ones filed under a version before the one that is in force at their body now.
    package let before: Int
    /// The newest version that is in force; 0 where the item is published nowhere.
    package let version: Int
    package let latest: CivilDate
}
