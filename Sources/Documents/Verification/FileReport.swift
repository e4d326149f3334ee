package import Vocabulary

/// What a verifier says of a file, every check with its outcome: the answer to "why?".
package struct FileReport: Hashable, Sendable, Codable {
    /// Which format the file has; decided by its bytes, never by its name.
    package enum Format: String, Sendable, Codable, CaseIterable { case ofd, pdf, other }

    package let format: Format
    /// The checks of the file as a whole, in the order in which they were made.
    package internal(set) var checks: [FileFinding]
    /// What was found of each seal or signature, in the order of the file.
    package internal(set) var signatures: [SignatureReport]
    /// The machine-readable data that the file carries; nil when it carries none or they could not be reached.
    package internal(set) var certificateData: [UInt8]?

    /// The report on what is no document at all and carries no signature: a picture.
    package static let picture = FileReport(format: .other, checks: [], signatures: [], certificateData: nil)

    /// The report without the data that the file carries.
    package var withoutData: FileReport {
        var report = self
        report.certificateData = nil
        return report
    }

    /// The report with one more check of the file as a whole: what a register says.
    package func adding(_ check: FileFinding) -> FileReport {
        var report = self
        report.checks.append(check)
        return report
    }

    /// The worst that any check says: a file is valid when all of them passed.
    package var verdict: FileVerdict {
        let outcomes = (checks + signatures.flatMap(\.checks)).map(\.outcome.verdict)
        if let worst = outcomes.min(), worst != .valid { return worst }
        return signatures.isEmpty ? .unsigned : .valid
    }

    /// The first check that decided the verdict; nil for a valid file and an unsigned one.
    package var deciding: FileFinding? {
        let verdict = verdict
        return (checks + signatures.flatMap(\.checks)).first { $0.outcome.verdict == verdict && verdict != .valid }
    }
}

/// The verdicts, the worst first.
package enum FileVerdict: String, Sendable, Codable, CaseIterable, Comparable {
    /// Something in the file is not what was signed, or the signature could not be made at its time.
    case invalid
    /// The file or its signature is of a form that this verifier does not judge: neither valid nor invalid.
    case unsupported
    /// The signatures fit, and nobody whom this verifier trusts vouches for the signer.
    case untrusted
    /// Everything that can be known fits; a status could not be had.
    case undetermined
    /// Nobody signed the file.
    case unsigned
    case valid

    package static func < (left: FileVerdict, right: FileVerdict) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .invalid: 0
        case .unsupported: 1
        case .untrusted: 2
        case .undetermined: 3
        case .unsigned: 4
        case .valid: 5
        }
    }
}

/// The checks, in the order in which they are made. The first thirteen are those of an OFD; a PDF takes the ones that
/// have their like there.
package enum FileStep: String, Sendable, Codable, CaseIterable {
    /// The archive, or the PDF's tables, can be read in one way only.
    case container
    /// The documents and their pages are there.
    case documents
    /// The parts of each signature are there.
    case signatureParts = "signature-parts"
    /// Every covered file has the digest that was signed.
    case digests
    /// Nothing in the file is left uncovered.
    case coverage
    /// The signature's own encoding.
    case encoding
    /// The signature speaks of this file.
    case binding
    /// The signer's signature.
    case signature
    /// The signer's certificate: its authority, its days, its purpose, its status.
    case signer
    /// The seal: its maker's signature, its days, its status.
    case seal
    /// The signer is one of those to whom the seal was given.
    case holder
    /// The pages on which the seal stands.
    case stamps
    /// What the library of the issuing body says.
    case register
}

/// One check with its outcome.
package struct FileFinding: Hashable, Sendable, Codable {
    package let step: FileStep
    package let outcome: Outcome
    /// What the check looked at or tripped over: a path, a name, a day; empty when there is nothing to name.
    package let detail: String

    /// How a check ended.
    package enum Outcome: Hashable, Sendable {
        case passed
        /// The file is not what it says, for this reason.
        case failed(FileDefect)
        /// A form that is not judged.
        case unsupported(FileDefect)
        case untrusted(FileDefect)
        case undetermined(FileDefect)
        /// An earlier check left nothing to look at.
        case skipped

        /// What the outcome makes of the file; `skipped` makes nothing of it.
        package var verdict: FileVerdict {
            switch self {
            case .passed, .skipped: .valid
            case .failed: .invalid
            case .unsupported: .unsupported
            case .untrusted: .untrusted
            case .undetermined: .undetermined
            }
        }

        /// Why it did not pass; nil where it did, and where it was not made.
        package var defect: FileDefect? {
            switch self {
            case .passed, .skipped: nil
            case .failed(let defect), .unsupported(let defect), .untrusted(let defect), .undetermined(let defect):
                defect
            }
        }
    }

    package init(_ step: FileStep, _ outcome: Outcome, detail: String = "") {
        self.step = step
        self.outcome = outcome
        self.detail = detail
    }
}

/// What was found of one seal or signature.
package struct SignatureReport: Hashable, Sendable, Codable {
    /// Where it lies: the path of `Signature.xml`, or the name of the PDF's field.
    package let place: String
    package internal(set) var checks: [FileFinding] = []
    /// When the signer says that it was made; nil where it cannot be read.
    package internal(set) var madeAt: Instant?
    /// The signer's certificate in words, and the authority's.
    package internal(set) var signer: String?
    package internal(set) var authority: String?
    /// Name and number of the seal; nil for a signature without one.
    package internal(set) var sealName: String?
    package internal(set) var sealNumber: String?

    init(at place: String) {
        self.place = place
    }

    /// What this signature makes of the file.
    package var verdict: FileVerdict { checks.map(\.outcome.verdict).min() ?? .valid }
}

extension FileFinding.Outcome: Codable {
    private enum Key: String, CodingKey { case result, reason }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(word, forKey: .result)
        try container.encodeIfPresent(defect, forKey: .reason)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let defect = try container.decodeIfPresent(FileDefect.self, forKey: .reason)
        switch (try container.decode(String.self, forKey: .result), defect) {
        case ("passed", nil): self = .passed
        case ("skipped", nil): self = .skipped
        case ("failed", .some(let defect)): self = .failed(defect)
        case ("unsupported", .some(let defect)): self = .unsupported(defect)
        case ("untrusted", .some(let defect)): self = .untrusted(defect)
        case ("undetermined", .some(let defect)): self = .undetermined(defect)
        default:
            throw DecodingError.dataCorruptedError(forKey: .result, in: container, debugDescription: "no such outcome")
        }
    }

    /// `passed`, `failed`, `unsupported`, `untrusted`, `undetermined`, `skipped`.
    package var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .unsupported: "unsupported"
        case .untrusted: "untrusted"
        case .undetermined: "undetermined"
        case .skipped: "skipped"
        }
    }
}

/// Why the checks end here: the outcome of the one that was being made, and what it tripped over.
struct FileObstacle: Error, Equatable {
    let outcome: FileFinding.Outcome
    let detail: String

    init(_ outcome: FileFinding.Outcome, _ detail: String = "") {
        (self.outcome, self.detail) = (outcome, detail)
    }
}
