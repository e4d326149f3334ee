import Foundation
import Vocabulary

/// 评查标准: the points by which a closed file is marked, a hundred marks in all. It is data, with its sources.
package struct ReviewChecklist: Hashable, Sendable {
    /// LIMIT: points of a checklist.
    package static let pointsMax = 60
    /// What all points together are worth.
    package static let whole = 100

    package let sections: [Section]
    /// SHA-256 of the file, in hexadecimal: by which checklist a campaign reviews.
    package let digest: String

    /// Points of one matter.
    package struct Section: Hashable, Sendable, Decodable {
        package let id: String
        package let name: String
        package let nameEnglish: String
        package let points: [Point]
    }

    /// One point.
    package struct Point: Hashable, Sendable, Decodable {
        /// Stands in events: never renamed.
        package let id: String
        package let name: String
        package let nameEnglish: String
        package let marks: Int
        /// 一票否决: whoever misses it does not pass, whatever else is right.
        package let isVeto: Bool
        /// What it rests on: an article, or that it is a parameter of this house (待核).
        package let basis: String
        package let basisEnglish: String
        /// The rule by which the house answers it first; nil for what people alone can judge.
        package let rule: PrefillRule?
    }

    private struct File: Decodable { let sections: [Section] }

    /// The checklist that ships. Throws `Fault.misconfigured` when it is not whole.
    package static func shipped() throws -> ReviewChecklist {
        guard let url = Bundle.module.url(forResource: "Resources/review_checklist", withExtension: "json") else {
            throw Fault.misconfigured("the checklist of file reviews is missing beside the program")
        }
        return try ReviewChecklist(Array(try Data(contentsOf: url)))
    }

    /// Reads a checklist; refuses one whose marks are not a hundred, or whose points are not apart.
    package init(_ bytes: [UInt8]) throws {
        let file = try JSONDecoder().decode(File.self, from: Data(bytes))
        let points = file.sections.flatMap(\.points)
        guard (1...Self.pointsMax).contains(points.count), points.allSatisfy({ $0.marks > 0 }),
            points.reduce(0, { $0 + $1.marks }) == Self.whole, Set(points.map(\.id)).count == points.count
        else { throw Fault.misconfigured("the points of the checklist are worth \(Self.whole) marks, each once") }
        (sections, digest) = (file.sections, FileDraw.digest(ofBytes: bytes))
    }

    package var points: [Point] { sections.flatMap(\.points) }

    /// The point with an id; nil when there is none.
    package subscript(id: String) -> Point? { points.first { $0.id == id } }
}

/// The rules by which the house answers points itself, from the entries of the case. They stand in the checklist.
package enum PrefillRule: String, Sendable, Codable, CaseIterable {
    /// 受理、不予受理 was given in writing (行政许可法 art. 32(2)).
    case acceptanceInWriting
    /// Within five working days (art. 32(1)(4)).
    case acceptanceInTime
    /// Everything missing was told at once, and once (art. 32(1)(4)).
    case correctionOnce
    /// Two looked where a place or a thing was looked at (arts 34(3), 55).
    case twoPeople
    /// What stopped the clock was told in writing and kept to its time (art. 45).
    case suspensionTold
    /// The hearing was told and held in time (art. 47).
    case hearingInTime
    /// Whoever took it in or examined it did not decide it.
    case handsApart
    /// Within the limit of the law (art. 42).
    case statutoryLimit
    /// Within the promise.
    case promisedLimit
    /// An extension was approved by whoever the law names (art. 42).
    case extensionApproved
    /// The decision was made in writing (art. 38).
    case decisionInWriting
    /// A refusal gives its reasons (art. 38(2)).
    case refusalReasons
    /// Delivered within ten days (art. 44).
    case deliveryInTime
    /// Who received it is on record.
    case deliveryProof
    /// A grant stands in the public list (art. 40).
    case publication
    /// Every paper has its number, and none was voided without another.
    case papersNumbered
    /// Every material of the guide is there.
    case fileComplete
    /// Originals are back where they belong.
    case custodyOver
    /// Nothing was tried that the law forbids.
    case nothingTried
}
