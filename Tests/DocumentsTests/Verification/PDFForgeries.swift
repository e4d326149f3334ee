import Documents
import DocumentsTestSupport
import Foundation
import Signing
import Testing
import Vocabulary

/// One thing done wrongly to a signed PDF, and what the verifier must say of it.
struct PDFForgery: Sendable, CustomTestStringConvertible {
    let name: String
    let verdict: FileVerdict
    let step: FileStep
    let defect: FileDefect
    let bytes: @Sendable (PDFHouse) throws -> [UInt8]

    init(
        _ name: String, _ step: FileStep, _ defect: FileDefect, verdict: FileVerdict = .invalid,
        _ bytes: @escaping @Sendable (PDFHouse) throws -> [UInt8]
    ) {
        (self.name, self.step, self.defect, self.verdict, self.bytes) = (name, step, defect, verdict, bytes)
    }

    /// Done to the finished file.
    static func afterwards(
        _ name: String, _ step: FileStep, _ defect: FileDefect, verdict: FileVerdict = .invalid,
        _ change: @escaping @Sendable (PDFBytes) throws -> PDFBytes
    ) -> PDFForgery {
        PDFForgery(name, step, defect, verdict: verdict) { try change(PDFBytes($0.bytes())).bytes }
    }

    var testDescription: String { name }

    static let all = containers + ranges + values + signers

    private static let containers: [Self] = [
        .afterwards("half a file", .container, .damagedContainer) { PDFBytes(Array($0.bytes.prefix(4000))) },
        .afterwards("bytes before the file", .container, .notADocument) { PDFBytes([0x0A] + $0.bytes) },
        .afterwards("a table of objects that points elsewhere", .container, .damagedContainer) {
            try $0.replacing("startxref\n", with: "startxrfe\n")
        },
        PDFForgery("an encrypted file", .container, .encrypted) { house in
            let bench = try Workbench()
            try bench.write(try house.bytes(), to: "in.pdf")
            let result = try bench.run("qpdf", ["--encrypt", "", "owner", "256", "--", "in.pdf", "out.pdf"])
            #expect(result.status == 0 || result.status == 3, "\(result.output)")
            return try bench.bytes(of: "out.pdf")
        },
    ]

    private static let ranges: [Self] = [
        .afterwards("white space behind the file", .coverage, .changedAfterwards) { PDFBytes($0.bytes + [0x0A]) },
        .afterwards("a second revision that changes the title", .coverage, .changedAfterwards) {
            try $0.adding(object: 3, "<< /Title (Another) >>")
        },
        .afterwards("a second revision that changes the page", .coverage, .changedAfterwards) {
            try $0.adding(object: 2, "<< /Type /Pages /Count 0 /Kids [] >>")
        },
        .afterwards("a range that ends too early", .coverage, .changedAfterwards) {
            try $0.range { [$0[0], $0[1], $0[2], $0[3] - 9] }
        },
        .afterwards("a gap wider than the value", .signatureParts, .malformedSignature) {
            try $0.range { [$0[0], $0[1] - 40, $0[2], $0[3]] }
        },
        .afterwards("a gap that ends later", .signatureParts, .malformedSignature) {
            try $0.range { [$0[0], $0[1], $0[2] + 20, $0[3] - 20] }
        },
        .afterwards("a range that begins later", .signatureParts, .malformedSignature) {
            try $0.replacing("/ByteRange [0 ", with: "/ByteRange [9 ")
        },
        .afterwards("a range beyond the file", .signatureParts, .malformedSignature) {
            try $0.range { [$0[0], $0[1], $0[2], 9_999_999_999] }
        },
        .afterwards("a range of two numbers", .signatureParts, .malformedSignature) { file in
            let text = "[0 \(PDFBytes.ten(file.ranges[1]))"
            return try file.replacing(
                text + " \(PDFBytes.ten(file.ranges[2])) \(PDFBytes.ten(file.ranges[3]))]",
                with: text + "]" + String(repeating: " ", count: 22))
        },
    ]

    private static let values: [Self] = [
        .afterwards("a value that is no signature", .encoding, .malformedEncoding) {
            $0.value { [0] + $0.dropFirst() }
        },
        .afterwards("a signature that breaks off", .encoding, .malformedEncoding) { file in
            file.value { value in Array(value.prefix(400)) + [UInt8](repeating: 0, count: value.count - 400) }
        },
        .afterwards("something behind the signature", .encoding, .malformedEncoding) {
            $0.value { Array($0.dropLast()) + [1] }
        },
        .afterwards("a length longer than it need be", .encoding, .malformedEncoding) {
            $0.value { [$0[0], 0x83, 0x00] + Array($0.dropFirst(2).dropLast()) }
        },
        .afterwards("a form of signature that is not judged", .encoding, .unknownAlgorithm, verdict: .unsupported) {
            try $0.replacing("ETSI.CAdES.detached", with: "adbe.x509.rsa_sha1 ")
        },
        .afterwards("another text on the page", .digests, .wrongDigest) {
            try $0.flipping(after: "/FlateDecode  >>\nstream\n")
        },
        .afterwards("another name of the signer", .digests, .wrongDigest) { file in
            let name = "福州市示例局".utf16.map { String($0, radix: 16, uppercase: true) }.joined()
            return try file.replacing("/Name <FEFF\(name)>", with: "/Name <FEFF\(String(name.reversed()))>")
        },
        .afterwards("another time", .digests, .wrongDigest) {
            try $0.replacing("/M (D:20261124", with: "/M (D:20261123")
        },
        .afterwards("other data for machines", .digests, .wrongDigest) {
            try $0.replacing("3501002026000001", with: "3501002026000002")
        },
        .afterwards("another digest in the signature", .digests, .wrongDigest) { file in
            // The attribute messageDigest is an OCTET STRING of 32 bytes in a SET behind its name.
            file.value { value in
                let name: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04]
                var value = value
                guard let place = value.indices.first(where: { value[$0...].starts(with: name) }) else { return value }
                value[place + name.count + 6] ^= 1
                return value
            }
        },
        PDFForgery("a signature taken from another file", .digests, .wrongDigest) { house in
            let own = PDFBytes(try house.bytes())
            let other = PDFBytes(try house.bytes(at: SealHouse.sealedAt.advanced(bySeconds: 60)))
            return own.value { _ in other.currentValue }.bytes
        },
        .afterwards("a flipped bit in the signature", .signature, .wrongSignature) { file in
            file.value { value in
                let last = value.lastIndex { $0 != 0 } ?? 0
                return value.prefix(last) + [value[last] ^ 1] + value.suffix(from: last + 1)
            }
        },
    ]

    private static let signers: [Self] = [
        PDFForgery("a signer of an unknown authority", .signer, .unknownAuthority, verdict: .untrusted) { _ in
            try PDFHouse(name: "别处证书中心(示例)").bytes()
        },
        PDFForgery("signed before the certificate began", .signer, .certificateNotYetValid) {
            try $0.bytes(at: SealHouse.created.advanced(bySeconds: -60))
        },
        PDFForgery("signed after the certificate ended", .signer, .certificateExpired) {
            try $0.bytes(at: SealHouse.validUntil.advanced(bySeconds: 60))
        },
        PDFForgery("another certificate of the same key", .holder, .signerNotNamed) { house in
            let file = PDFBytes(try house.bytes())
            let other = try house.anotherCertificate(lengthOf: house.certificate)
            return file.value { value in
                let own = house.certificate.der
                guard let place = value.indices.first(where: { value[$0...].starts(with: own) }) else { return value }
                return value.prefix(place) + other.der + value.suffix(from: place + own.count)
            }.bytes
        },
    ]
}

/// The bytes of a signed PDF, for one change at a time that leaves everything else where it was.
struct PDFBytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func place(of text: String) throws -> Int {
        let sought = Array(text.utf8)
        return try #require(
            bytes.indices.first { bytes[$0] == sought[0] && bytes[$0...].starts(with: sought) }, "\(text)")
    }

    func replacing(_ text: String, with other: String) throws -> PDFBytes {
        #expect(text.utf8.count == other.utf8.count)
        let place = try place(of: text)
        var bytes = bytes
        bytes.replaceSubrange(place..<(place + text.utf8.count), with: Array(other.utf8))
        return PDFBytes(bytes)
    }

    /// Flips a bit of the byte that follows a text.
    func flipping(after text: String) throws -> PDFBytes {
        var bytes = bytes
        bytes[try place(of: text) + text.utf8.count + 10] ^= 1
        return PDFBytes(bytes)
    }

    /// The four numbers of the range.
    var ranges: [Int] {
        let text = String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        guard let match = text.firstMatch(of: /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/) else { return [] }
        return [match.1, match.2, match.3, match.4].map { Int($0) ?? 0 }
    }

    static func ten(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 10 - "\(number)".utf8.count)) + "\(number)"
    }

    func range(_ change: ([Int]) -> [Int]) throws -> PDFBytes {
        func text(_ numbers: [Int]) -> String { "[0 \(numbers.dropFirst().map(Self.ten).joined(separator: " "))]" }
        return try replacing(text(ranges), with: text(change(ranges)))
    }

    /// The value of the signature with what fills it up.
    var currentValue: [UInt8] {
        let digits = bytes[(ranges[1] + 1)..<(ranges[2] - 1)].map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    func value(_ change: ([UInt8]) -> [UInt8]) -> PDFBytes {
        let digits = change(currentValue).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        var bytes = bytes
        bytes.replaceSubrange((ranges[1] + 1)..<(ranges[2] - 1), with: Array(digits.utf8))
        return PDFBytes(bytes)
    }

    /// A second revision in which an object is another one (ISO 32000-1, 7.5.6).
    func adding(object number: Int, _ content: String) throws -> PDFBytes {
        let text = String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        let last = try #require(text.matches(of: /startxref\n(\d+)/).last).1
        let offset = bytes.count
        let object = "\(number) 0 obj\n\(content)\nendobj\n"
        let table = """
            xref
            \(number) 1
            \(Self.ten(offset)) 00000 n \ntrailer
            << /Size 99 /Root 1 0 R /Prev \(last) >>
            startxref
            \(offset + object.utf8.count)
            %%EOF\n
            """
        return PDFBytes(bytes + Array(object.utf8) + Array(table.utf8))
    }
}
