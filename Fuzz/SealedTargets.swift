import Signing
import Vocabulary

@testable import Documents

/// A sealed file and a signed one, with the list that trusts those who signed.
enum Sealed {
    /// An hour after they were sealed.
    static let now = Instant(milliseconds: 1_795_489_200_000)
    static let ofd = Seeds.file("sealed.ofd")
    static let pdf = Seeds.file("signed.pdf")
    static let verifier: FileVerifier = {
        do {
            let verifier = FileVerifier(FileTrust(try TrustList(reading: Seeds.file("trust.json")), now: now))
            for file in [ofd, pdf] {
                let report = try verifier.report(on: file)
                Finding.unless(report.verdict == .valid, "what inputs start from is \(report.verdict)")
            }
            return verifier
        } catch {
            fatalError("the trust list: \(error)")
        }
    }()
    static let parts: [(name: String, bytes: [UInt8])] = {
        do {
            let zip = try ZipReader(ofd)
            return try zip.names.map { ($0, try zip.entry($0) ?? []) }
        } catch {
            fatalError("the sealed file: \(error)")
        }
    }()

    /// Whether an archive holds the files that were sealed, whatever else is different in it.
    static func hasSameFiles(_ bytes: [UInt8]) -> Bool {
        do {
            let zip = try ZipReader(bytes)
            guard zip.names == parts.map(\.name) else { return false }
            return try parts.allSatisfy { try zip.entry($0.name) == $0.bytes }
        } catch {
            return false
        }
    }

    /// Where the signature of the PDF stands: what it carries beside itself, the chain of its signer, nobody signed.
    static let contents: Range<Int> = {
        let head = Array("/Contents <".utf8)
        guard let start = pdf.indices.first(where: { pdf[$0...].starts(with: head) }),
            let end = pdf[start...].firstIndex(of: UInt8(ascii: ">"))
        else { fatalError("the signed file has no signature") }
        return start..<end
    }()

    /// Judges a file, which is valid only when it says what was sealed.
    static func judge(_ bytes: [UInt8], mayBeValid: Bool) throws {
        let report = try verifier.report(on: bytes)
        Finding.unless(!report.checks.isEmpty, "a file is judged without a check")
        Finding.unless(report.verdict != .valid || mayBeValid, "a changed file is valid")
        Finding.unless(report.verdict == .valid || report.verdict == .unsigned || report.deciding != nil, "no reason")
    }
}

extension FuzzTarget {
    /// The verifier and the readers of seals.
    static let sealedTargets = [
        FuzzTarget("ofd") { bytes in
            // Another archive with the same files is the same document.
            try Sealed.judge(bytes, mayBeValid: Sealed.hasSameFiles(bytes))
        },
        FuzzTarget("ofd-parts") { bytes in
            // The first byte says which part is another one, and the archive around it is sound.
            guard let first = bytes.first else { return }
            var parts = Sealed.parts
            let place = Int(first) % parts.count
            // The list of seals is sealed by none of them: further ones may come.
            let isSame = parts[place].bytes.elementsEqual(bytes.dropFirst())
            let isList = parts[place].name == "Doc_0/Signs/Signatures.xml"
            parts[place].bytes = Array(bytes.dropFirst())
            try Sealed.judge(ZipWriter.bytes(of: parts.map { ($0.name, [$0.bytes]) }), mayBeValid: isSame || isList)
        },
        FuzzTarget("pdf") { bytes in
            let (before, behind) = (
                Sealed.pdf[..<Sealed.contents.lowerBound], Sealed.pdf[Sealed.contents.upperBound...]
            )
            let isSame =
                bytes.count == Sealed.pdf.count && bytes.starts(with: before)
                && bytes.suffix(behind.count).elementsEqual(behind)
            try Sealed.judge(bytes, mayBeValid: isSame)
        },
        FuzzTarget("seal") { bytes in
            do {
                let seal = try ElectronicSeal(der: bytes)
                Finding.unless(seal.der == bytes, "a seal has two forms")
            } catch is SealDefect {}
            _ = try SealSignature(der: bytes)
        },
    ]
}
