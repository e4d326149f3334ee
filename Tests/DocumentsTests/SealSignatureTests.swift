import DocumentsTestSupport
import Signing
import Testing
import Vocabulary

@testable import Documents

@Suite struct SealSignatureTests {
    @Test func `what was written is read again, byte for byte`() throws {
        let samples = try SealSamples()
        let der = try samples.signature(over: SM3.digest(of: [1]))
        let read = try SealSignature(der: der)
        #expect(read.der == der)
        #expect(read.seal == samples.seal)
        #expect(read.sealBytes == samples.seal.der)
        #expect(read.madeAt == SealSamples.day)
        #expect(read.dataHash == SM3.digest(of: [1]))
        #expect(read.propertyInfo == "/Doc_0/Signs/Sign_0/Signature.xml")
        #expect(read.certificate == SealSamples.certificate)
        #expect(read.algorithm == "1.2.156.10197.1.501")
        #expect(!read.hasTimeStamp)
        let facts = SealSamples.facts([1, 2, 3], .certificates([SealSamples.certificate]))
        #expect(read.seal.facts == facts)
        #expect(read.seal.name == "福州市人力资源和社会保障局")
        #expect(read.seal.version == 4)
    }

    @Test func `both signatures are over the bytes as they stand in the file`() throws {
        let samples = try SealSamples()
        let der = try samples.signature()
        let read = try SealSignature(der: der)
        #expect(try samples.sealer.publicKey.verifies(read.signature, of: read.signed))
        #expect(try samples.maker.publicKey.verifies(read.seal.signature, of: read.seal.info))
        // They are parts of the file itself.
        #expect(der.firstRange(of: read.signed) != nil)
        #expect(read.signed.firstRange(of: read.seal.info) != nil)
    }

    @Test func `the same seal at the same time is the same bytes outside the signature`() throws {
        let samples = try SealSamples()
        let (one, two) = (try SealSignature(der: samples.signature()), try SealSignature(der: samples.signature()))
        #expect(one.signed == two.signed)
        #expect(one.signature != two.signature)
    }

    @Test func `a list of digests and times before 1970 are kept`() throws {
        let list = SealCertificates.digests([.init(type: "SM3", value: SM3.digest(of: SealSamples.certificate))])
        #expect(try SealSamples(certificates: list).seal.certificates == list)
        let facts = SealFacts(
            id: "1", name: "章", certificates: list, createdAt: Instant(milliseconds: -1), validFrom: SealSamples.day,
            validUntil: SealSamples.day, picture: SealPicture(type: "png", data: [], width: 1, height: 1))
        let seal = try ElectronicSeal.made(of: facts, by: SM2Signer(key: SM2PrivateKey()), certificate: [1])
        #expect(seal.createdAt == Instant(milliseconds: -1000))
    }

    @Test func `the openssl command sees the structure of the standard`() throws {
        let bench = try Workbench()
        try bench.write(try SealSamples().signature(), to: "SignedValue.dat")
        let run = try bench.run("openssl", ["asn1parse", "-inform", "DER", "-in", "SignedValue.dat"])
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n").map { line in
            line.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
        }
        let fields = lines.map { line in
            let depth = line.firstMatch(of: /d=(\d+)/)?.1 ?? "?"
            let name = line.firstMatch(of: /(?:cons|prim): (.+)$/)?.1 ?? "?"
            return "\(depth) \(name.split(separator: ":").map { $0.filter { $0 != " " } }.joined(separator: " "))"
        }
        #expect(
            fields.map { $0.replacing(#/ [0-9A-F]{12,}$|\[HEX.*/#, with: "") } == [
                "0 SEQUENCE", "1 SEQUENCE", "2 INTEGER 04", "2 SEQUENCE", "3 SEQUENCE", "4 SEQUENCE", "5 IA5STRING ES",
                "5 INTEGER 04", "5 IA5STRING OneWindow", "4 IA5STRING 350100-0001", "4 SEQUENCE", "5 INTEGER 01",
                "5 UTF8STRING 福州市人力资源和社会保障局", "5 INTEGER 01", "5 SEQUENCE", "6 OCTETSTRING sealer",
                "5 GENERALIZEDTIME 20261124060504Z", "5 GENERALIZEDTIME 20261124060504Z",
                "5 GENERALIZEDTIME 20281123060504Z", "4 SEQUENCE", "5 IA5STRING png", "5 OCTETSTRING",
                "5 INTEGER 2A", "5 INTEGER 2A", "3 OCTETSTRING maker", "3 OBJECT SM2-with-SM3", "3 BITSTRING",
                "2 GENERALIZEDTIME 20261124060504Z", "2 BITSTRING",
                "2 IA5STRING /Doc_0/Signs/Sign_0/Signature.xml", "1 OCTETSTRING sealer", "1 OBJECT SM2-with-SM3",
                "1 BITSTRING",
            ])
    }

    @Test func `the openssl command verifies the signature over the first field`() throws {
        let samples = try SealSamples()
        let read = try SealSignature(der: samples.signature())
        let bench = try Workbench()
        try bench.write(read.signed, to: "toSign")
        try bench.write(read.signature, to: "signature")
        try bench.write(Array(samples.sealer.publicKey.pem.utf8), to: "public.pem")
        let run = try bench.run(
            "openssl",
            [
                "dgst", "-sm3", "-verify", "public.pem", "-signature", "signature", "-sigopt",
                "distid:\(SM2.userID)", "toSign",
            ])
        #expect(run.output.contains("Verified OK"))
    }

    @Test func `a text that is not ASCII where the standard wants it is not written`() throws {
        let samples = try SealSamples()
        #expect(throws: (any Error).self) {
            try SealSignature.made(
                with: samples.seal, by: samples.sealer, certificate: [1], over: [1], of: "/签章", at: SealSamples.day)
        }
        let long = SealSamples.facts([UInt8](repeating: 0, count: SealFacts.pictureBytesMax + 1), .certificates([[1]]))
        #expect(throws: SealDefect.tooLarge) { try ElectronicSeal.made(of: long, by: samples.maker, certificate: [1]) }
    }
}
