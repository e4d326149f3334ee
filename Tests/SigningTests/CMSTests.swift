import Foundation
import Signing
import Testing
import Vocabulary

@Suite("CMS signatures")
struct CMSTests {
    private let content = Array("%PDF-1.5 的其余部分".utf8)
    private var digest: [UInt8] { Digests.sha256(content) }

    @Test func `what was signed is read and verified`() throws {
        let chain = try Chain(.es256)
        let der = try CMS.signed(digest: digest, by: chain.signer, certificates: [chain.certificate, chain.root])
        let read = try CMS(der: der)
        #expect(read.digest == digest && read.signer == chain.certificate)
        #expect(Set(read.certificates) == [chain.certificate, chain.root])
        #expect(read.attributes.count == 3 && read.signingTime == nil && !read.hasTimeStamp)
        #expect(read.namesSigner == true)
        #expect(try read.verdict() == .valid)
        let padded = try CMS(padded: der + [UInt8](repeating: 0, count: 500))
        #expect(try padded.digest == digest && padded.verdict() == .valid)
        #expect(throws: CMSRefusal.malformed) { try CMS(padded: der + [0, 1, 0]) }
        #expect(throws: CMSRefusal.malformed) { try CMS(der: der + [0]) }
    }

    @Test func `everything but the signature is the same each time`() throws {
        let chain = try Chain(.es256)
        // Two whose signatures are equally long: at most 72 bytes at the end of the file.
        let many = try (0..<20).map { _ in
            try CMS.signed(digest: digest, by: chain.signer, certificates: [chain.certificate, chain.root])
        }
        let pair = Dictionary(grouping: many, by: \.count).values.first { $0.count > 1 }
        let (one, other) = (try #require(pair?.first), try #require(pair?.last))
        #expect(one != other && one.dropLast(72) == other.dropLast(72))
    }

    @Test func `only the signer's own certificate on P-256 signs`() throws {
        let (chain, other, sm2) = (try Chain(.es256), try Chain(.es256), try Chain(.sm2))
        for (signer, certificates) in [
            (chain.signer, [other.certificate]), (chain.signer, [chain.root, chain.certificate]), (chain.signer, []),
            (sm2.signer, [sm2.certificate]),
        ] {
            #expect(throws: KeyRefusal.unfitIssuer) {
                try CMS.signed(digest: digest, by: signer, certificates: certificates)
            }
        }
    }

    @Test func `a changed bit is refused or not valid, unless the signature does not cover it`() throws {
        let chain = try Chain(.es256)
        let der = try CMS.signed(digest: digest, by: chain.signer, certificates: [chain.certificate])
        var (refused, wrong) = (0, 0)
        for bit in stride(from: 0, to: der.count * 8, by: 29) {
            do {
                let other = try CMS(der: der.flipping(bit: bit))
                if try other.verdict() != .valid || other.namesSigner != true || other.digest != digest {
                    wrong += 1
                }
            } catch is CMSRefusal {
                refused += 1
            }
        }
        #expect(refused > 10 && wrong > 10)
        // The attributes and the signature itself stand at the end, and every bit of them counts.
        for bit in stride(from: (der.count - 60) * 8, to: der.count * 8, by: 7) {
            do {
                #expect(try CMS(der: der.flipping(bit: bit)).verdict() != .valid, "bit \(bit)")
            } catch is CMSRefusal { continue }
        }
    }

    @Test func `a signature without its signer's certificate is refused by name`() throws {
        let folder = try TemporaryFolder()
        let chain = try Chain(.es256)
        try write(chain, to: folder)
        _ = try openssl(signing + ["-nocerts", "-cades"], in: folder)
        #expect(throws: CMSRefusal.missingSigner) { try CMS(der: try folder.bytes(of: "s.der")) }
        _ = try openssl(signing + ["-noattr"], in: folder)
        #expect(throws: CMSRefusal.unsupported) { try CMS(der: try folder.bytes(of: "s.der")) }
        _ = try openssl(signing + ["-nodetach"], in: folder)
        #expect(throws: CMSRefusal.unsupported) { try CMS(der: try folder.bytes(of: "s.der")) }
    }

    private let signing = [
        "cms", "-sign", "-binary", "-in", "content", "-signer", "own.pem", "-inkey", "own.key", "-outform", "DER",
        "-md",
        "sha256", "-out", "s.der",
    ]

    /// A chain of the command's, because ours gives no private key away.
    private func write(_ chain: Chain, to folder: TemporaryFolder, rsa: Bool = false) throws {
        try folder.write(content, to: "content")
        let kind = rsa ? ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"] : ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        for step in [
            ["genpkey", "-algorithm"] + kind + ["-out", "own.key"],
            ["req", "-new", "-x509", "-key", "own.key", "-subj", "/CN=own", "-days", "10", "-out", "own.pem"],
        ] {
            let run = try openssl(step, in: folder)
            #expect(run.status == 0, "\(run.output)")
        }
    }

    @Test(arguments: [false, true])
    func `we verify what the openssl command signed`(rsa: Bool) throws {
        let folder = try TemporaryFolder()
        try write(try Chain(.es256), to: folder, rsa: rsa)
        let run = try openssl(signing + ["-cades"], in: folder)
        #expect(run.status == 0, "\(run.output)")
        let read = try CMS(der: try folder.bytes(of: "s.der"))
        #expect(try read.verdict() == .valid && read.digest == digest && read.namesSigner == true)
        #expect(read.signingTime != nil && read.signer.commonName == "own")
        let changed = try folder.bytes(of: "s.der")
        #expect(try CMS(der: changed.flipping(bit: (changed.count - 3) * 8)).verdict() == .wrongSignature)
        _ = try openssl(signing.map { $0 == "sha256" ? "sha512" : $0 }, in: folder)
        #expect(try CMS(der: try folder.bytes(of: "s.der")).verdict() == .unsupported)
    }

    @Test func `the openssl command verifies what we signed, and refuses another content`() throws {
        let folder = try TemporaryFolder()
        let chain = try Chain(.es256)
        try folder.write(content, to: "content")
        try folder.write(content + [10], to: "other")
        try folder.write(chain.root.pem, to: "ca.pem")
        let der = try CMS.signed(digest: digest, by: chain.signer, certificates: [chain.certificate, chain.root])
        try folder.write(der, to: "s.der")
        let time = "\(Chain.start.milliseconds / 1000 + 60)"
        let check = [
            "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", "s.der", "-CAfile", "ca.pem", "-purpose",
            "any",
            "-attime", time, "-out", "/dev/null", "-content",
        ]
        let right = try openssl(check + ["content"], in: folder)
        #expect(right.status == 0 && right.output.contains("Verification successful"), "\(right.output)")
        #expect(try openssl(check + ["other"], in: folder).status != 0)
    }
}
