import Foundation
import Signing
import Testing
import Vocabulary

@testable import Documents

/// The files of six faces, part by part, as they were written before. `GOLDEN=record swift test --filter OFDGolden`
/// writes them anew; the difference is read like code. Signatures differ at every call, and the seal's picture is
/// cairo's: both are left out.
@Suite struct OFDGoldenTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().path + "/Resources/ofd.txt"

    @Test func `the same certificate is the same file as ever, outside the signature's value`() throws {
        let lines = try FaceTemplate.Name.allCases.flatMap(Self.lines)
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: Self.path))
        }
        let golden = String(decoding: try Data(contentsOf: URL(filePath: Self.path)), as: UTF8.self)
        #expect(golden.split(separator: "\n").map(String.init) == lines)
    }

    private static func lines(_ name: FaceTemplate.Name) throws -> [String] {
        let samples = try SealSamples()
        let sealer = OFDSealer(seal: samples.seal, signer: samples.sealer, certificate: SealSamples.certificate)
        let (text, typeface) = (FaceSamples.text(name), try FaceSamples.typeface())
        let face = try FaceTemplates().face(of: text, as: name, typeface: typeface)
        let about = OFDFile.About(
            title: text.title, author: text.issuer, createdAt: SealSamples.day, data: [("ZZBS", text.identifier)])
        let file = try OFDFile(
            about, face: face, attachments: [.init(name: "certificate.json", format: "json", bytes: Array("{}".utf8))])
        let zip = try ZipReader(try file.sealed(by: sealer, at: SealSamples.day))
        return try zip.names.filter { !$0.hasSuffix("Seal.esl") && !$0.hasSuffix("SignedValue.dat") }.map { part in
            var bytes = try #require(try zip.entry(part))
            if part.hasSuffix("Signature.xml") {
                let pattern = #/(Seal\.esl"><ofd:CheckValue>)[^<]+/#
                bytes = Array(String(decoding: bytes, as: UTF8.self).replacing(pattern) { "\($0.1)" }.utf8)
            }
            let digest = SM3.digest(of: bytes).prefix(8).map { String(format: "%02x", $0) }.joined()
            return "\(name.rawValue) \(part) \(bytes.count) \(digest)"
        }
    }
}
