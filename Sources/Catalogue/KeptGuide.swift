import Store
import Vocabulary

/// A guide as it is kept: the city's standard, the body and the halls are parts that many guides share, each kept once
/// under the digest of its bytes. The digest of these bytes pins all of them, so that a version never changes.
struct KeptGuide: Codable {
    let standardPart: BlobRef
    let power: ItemPower
    let bodyPart: BlobRef
    let hallParts: [BlobRef]
    let own: OwnParticulars?

    /// Versions of the catalogue's first form hold the whole guide and no parts.
    private struct Probe: Decodable { let standardPart: BlobRef? }

    /// Whether these are the bytes of a version of the first form.
    static func isWhole(_ bytes: [UInt8]) throws -> Bool {
        try CanonicalJSON.value(Probe.self, in: bytes).standardPart == nil
    }
}

/// Reads guides one after the other, and each part that they share once.
package struct GuideReader {
    /// LIMIT: standards that are held; a list of guides comes item by item, so that one would do.
    private static let standardsMax = 64

    private var standards: [BlobRef: GuideStandard] = [:]
    private var bodies: [BlobRef: ImplementingBody] = [:]
    private var halls: [BlobRef: ServiceCentre] = [:]

    package init() {}

    /// The guide in the bytes of a version.
    mutating func guide(from bytes: [UInt8], in tx: Transaction) throws -> Guide {
        if try KeptGuide.isWhole(bytes) { return try CanonicalJSON.value(in: bytes) }
        let kept: KeptGuide = try CanonicalJSON.value(in: bytes)
        if standards.count >= Self.standardsMax { standards = [:] }
        let guide = Guide(
            try Self.part(kept.standardPart, &standards, in: tx), kept.power,
            at: try Self.part(kept.bodyPart, &bodies, in: tx),
            halls: try kept.hallParts.map { try Self.part($0, &halls, in: tx) }, own: kept.own)
        guard let guide else { throw Fault.corrupt("the codes of a guide cannot be composed") }
        return guide
    }

    private static func part<Part: Decodable>(
        _ ref: BlobRef, _ known: inout [BlobRef: Part], in tx: Transaction
    ) throws -> Part {
        if let part = known[ref] { return part }
        guard let bytes = try Blobs.bytes(of: ref, in: tx) else {
            throw Fault.corrupt("part \(ref.digest) of a guide is missing")
        }
        let part: Part = try CanonicalJSON.value(in: bytes)
        known[ref] = part
        return part
    }
}

/// Writes guides of one item, and each part that they share once.
struct GuideKeeper {
    private let now: Instant
    private var standard: (value: GuideStandard, ref: BlobRef)?
    private var bodies: [CreditCode: BlobRef] = [:]
    private var halls: [CreditCode: BlobRef] = [:]

    init(now: Instant) {
        self.now = now
    }

    /// Keeps the parts of a guide and answers its bytes, which the caller keeps.
    mutating func bytes(of guide: Guide, in tx: Transaction) throws -> [UInt8] {
        if standard?.value != guide.standard {
            standard = (guide.standard, try put(guide.standard, in: tx))
        }
        guard let standard else { preconditionFailure("the standard was kept above") }
        let body = try bodies[guide.body.code] ?? put(guide.body, in: tx)
        bodies[guide.body.code] = body
        let hallParts = try guide.halls.map { hall in
            let part = try halls[hall.code] ?? put(hall, in: tx)
            halls[hall.code] = part
            return part
        }
        return try CanonicalJSON.bytes(
            of: KeptGuide(
                standardPart: standard.ref, power: guide.power, bodyPart: body, hallParts: hallParts, own: guide.own))
    }

    private func put(_ part: some Encodable, in tx: Transaction) throws -> BlobRef {
        try Blobs.put(try CanonicalJSON.bytes(of: part), now: now, in: tx)
    }
}
