import DocumentsTestSupport
import Foundation
import Signing
import Testing
import Vocabulary

@testable import Documents

@Suite struct OFDFileTests {
    private let templates: FaceTemplates
    private let samples: SealSamples
    private let sealer: OFDSealer
    private let data = Array("{\"number\":\"JY23501020012345\"}".utf8)

    init() throws {
        templates = try FaceTemplates()
        let drawing = try SealDrawing(
            .official, name: "福州市鼓楼区市场监督管理局", isExample: true, typeface: FaceSamples.typeface())
        samples = try SealSamples(picture: drawing.png())
        sealer = OFDSealer(seal: samples.seal, signer: samples.sealer, certificate: SealSamples.certificate)
    }

    private func file(_ name: FaceTemplate.Name = .permit, _ text: FaceText? = nil) throws -> OFDFile {
        let text = text ?? FaceSamples.text(name)
        return try OFDFile(
            .init(
                title: text.title, author: text.issuer, createdAt: SealSamples.day,
                data: [("ZZMC", text.title), ("ZZBS", text.identifier), ("CZZT", "林&<\"晓\u{B}榕")]),
            face: templates.face(of: text, as: name, typeface: FaceSamples.typeface()),
            attachments: [.init(name: "certificate.json", format: "json", bytes: data)])
    }

    private func part(_ name: String, _ bytes: [UInt8]) throws -> String {
        String(decoding: try #require(try ZipReader(bytes).entry(name)), as: UTF8.self)
    }

    @Test func `the package holds what the standard asks for, each file once`() throws {
        let bytes = try file().sealed(by: sealer, at: SealSamples.day)
        #expect(
            try ZipReader(bytes).names == [
                "OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml", "Doc_0/DocumentRes.xml", "Doc_0/Res/code.png",
                "Doc_0/Res/font_101.ttf", "Doc_0/Tpls/Tpl_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml",
                "Doc_0/Attachs/Attachments.xml", "Doc_0/Attachs/certificate.json", "Doc_0/Signs/Sign_0/Signature.xml",
                "Doc_0/Signs/Sign_0/Seal.esl", "Doc_0/Signs/Sign_0/SignedValue.dat", "Doc_0/Signs/Signatures.xml",
            ])
        #expect(try part("Doc_0/Attachs/certificate.json", bytes) == String(decoding: data, as: UTF8.self))
        let root = try part("OFD.xml", bytes)
        #expect(root.contains("<ofd:CustomData Name=\"CZZT\">林&amp;&lt;&quot;晓 榕</ofd:CustomData>"))
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `every number of the document is its own, and none is beyond the greatest`(_ name: FaceTemplate.Name) throws {
        var text = FaceSamples.text(name)
        text.fields += (1...60).map { FaceText.Field("附注\($0)", String(repeating: "经营", count: 30)) }
        let bytes = try file(name, text).sealed(by: sealer, at: SealSamples.day)
        var ids: [Int] = []
        for part in try ZipReader(bytes).names where part.hasSuffix(".xml") && !part.contains("Sign") {
            let xml = try self.part(part, bytes)
            guard !part.contains("Attach"), part != "Doc_0/Document.xml" else { continue }
            ids += xml.matches(of: #/ ID="(\d+)"/#).compactMap { Int($0.1) }
        }
        let document = try part("Doc_0/Document.xml", bytes)
        ids += document.matches(of: #/ ID="(\d+)"/#).compactMap { Int($0.1) }
        #expect(Set(ids).count == ids.count)
        let most = try #require(document.firstMatch(of: /<ofd:MaxUnitID>(\d+)</)).1
        #expect(try #require(ids.max()) <= Int(most) ?? 0)
    }

    @Test func `equal input and time are equal bytes outside the signature's value`() throws {
        func masked(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
            let zip = try ZipReader(bytes)
            var parts: [String: [UInt8]] = [:]
            for name in zip.names where !name.hasSuffix("SignedValue.dat") { parts[name] = try zip.entry(name) }
            return parts
        }
        let (one, two) = (
            try file().sealed(by: sealer, at: SealSamples.day), try file().sealed(by: sealer, at: SealSamples.day)
        )
        #expect(try masked(one) == masked(two))
        #expect(try part("Doc_0/Signs/Signatures.xml", one) == part("Doc_0/Signs/Signatures.xml", two))
        let later = try file().sealed(by: sealer, at: SealSamples.day.advanced(bySeconds: 1))
        #expect(try masked(one) != masked(later))
    }

    @Test func `every file but the signature's own is covered by its digest, as openssl computes it`() throws {
        let bytes = try file().sealed(by: sealer, at: SealSamples.day)
        let zip = try ZipReader(bytes)
        let xml = try part("Doc_0/Signs/Sign_0/Signature.xml", bytes)
        let references = xml.matches(of: /FileRef="\/([^"]+)"><ofd:CheckValue>([^<]+)</)
        let own = ["Signatures.xml", "Sign_0/Signature.xml", "Sign_0/SignedValue.dat"].map { "Doc_0/Signs/" + $0 }
        #expect(Set(references.map { String($0.1) }) == Set(zip.names).subtracting(own))
        let bench = try Workbench()
        for reference in references {
            try bench.write(try #require(try zip.entry(String(reference.1))), to: "part")
            let run = try bench.run("openssl", ["dgst", "-sm3", "-binary", "-out", "digest", "part"])
            #expect(run.status == 0)
            #expect(Data(try bench.bytes(of: "digest")).base64EncodedString() == reference.2)
        }
    }

    @Test func `the seal signs the description of what it covers, at the second that it says`() throws {
        let bytes = try file().sealed(by: sealer, at: SealSamples.day)
        let zip = try ZipReader(bytes)
        let value = try SealSignature(der: #require(try zip.entry("Doc_0/Signs/Sign_0/SignedValue.dat")))
        let xml = try #require(try zip.entry("Doc_0/Signs/Sign_0/Signature.xml"))
        #expect(value.dataHash == SM3.digest(of: xml))
        #expect(value.propertyInfo == "/Doc_0/Signs/Sign_0/Signature.xml")
        #expect(try zip.entry("Doc_0/Signs/Sign_0/Seal.esl") == value.sealBytes)
        #expect(try samples.sealer.publicKey.verifies(value.signature, of: value.signed))
        let text = String(decoding: xml, as: UTF8.self)
        #expect(text.contains("<ofd:SignatureDateTime>20261124060504Z</ofd:SignatureDateTime>"))
        #expect(value.madeAt == SealSamples.day)
        #expect(text.contains("<ofd:StampAnnot ID=\"2\" PageRef=\"1\" Boundary=\"125 217 42 42\"/>"))
    }

    @Test func `a second seal covers the first, which stays as it was`() throws {
        let face = try file().face
        let box = Rectangle(at: face.seal.corner + Point(-150, 0), width: face.seal.width, height: face.seal.height)
        let stamps = [
            OFDStamp(sealer, at: SealSamples.day, box: face.seal),
            OFDStamp(sealer, at: SealSamples.day.advanced(bySeconds: 60), box: box),
        ]
        let (one, two) = (
            try file().sealed(with: [stamps[0]]), try file().sealed(with: stamps)
        )
        for name in ["Signature.xml", "Seal.esl"] {
            let path = "Doc_0/Signs/Sign_0/\(name)"
            #expect(try ZipReader(one).entry(path) == ZipReader(two).entry(path))
        }
        let second = try part("Doc_0/Signs/Sign_1/Signature.xml", two)
        for name in ["Signature.xml", "Seal.esl", "SignedValue.dat"] {
            #expect(second.contains("\"/Doc_0/Signs/Sign_0/\(name)\""))
        }
        let list = try part("Doc_0/Signs/Signatures.xml", two)
        #expect(list.contains("<ofd:MaxSignId>4</ofd:MaxSignId>"))
        #expect(list.contains("ID=\"3\" Type=\"Seal\" BaseLoc=\"/Doc_0/Signs/Sign_1/Signature.xml\""))
        #expect(throws: DocumentRefusal.tooLong) {
            try file().sealed(with: [OFDStamp](repeating: stamps[0], count: OFDFile.stampsMax + 1))
        }
    }

    @Test func `as many advances as characters less one, and rare characters apart`() throws {
        var text = FaceSamples.text(.card)
        text.fields[0] = .init("姓名", "林\u{20B9F}\u{2CE93}晓")
        let bytes = try file(.card, text).sealed(by: sealer, at: SealSamples.day)
        let page = try part("Doc_0/Pages/Page_0/Content.xml", bytes)
        var (texts, fonts): ([String], Set<Substring>) = ([], [])
        for match in page.matches(of: /<ofd:TextObject [^>]*Font="(\d+)".*?<\/ofd:TextObject>/) {
            let pattern = /<ofd:TextCode X="[^"]+" Y="[^"]+"(?: DeltaX="([^"]+)")?>([^<]*)</
            let code = try #require(match.0.firstMatch(of: pattern))
            let count = code.2.unicodeScalars.count
            var advances = 0
            var words = (code.1 ?? "").split(separator: " ")[...]
            while let word = words.popFirst() {
                if word == "g" {
                    advances += Int(words.removeFirst()) ?? 0
                    words.removeFirst()
                } else {
                    advances += 1
                }
            }
            #expect(advances == count - 1, "\(code.2)")
            texts.append(String(code.2))
            fonts.insert(match.1)
        }
        for piece in ["林", "\u{20B9F}", "\u{2CE93}", "晓"] { #expect(texts.contains(piece)) }
        #expect(fonts.count >= 2)
        for font in fonts { #expect(try ZipReader(bytes).names.contains("Doc_0/Res/font_\(font).ttf")) }
    }

    @Test func `attachments beyond the limit are refused`() throws {
        let face = try file().face
        let many = [OFDFile.Attachment](
            repeating: .init(name: "a", format: "x", bytes: []), count: OFDFile.attachmentsMax + 1)
        let about = OFDFile.About(title: "", author: "", createdAt: SealSamples.day)
        #expect(throws: DocumentRefusal.tooLong) { try OFDFile(about, face: face, attachments: many) }
    }

    /// `PAPERS=folder swift test --filter OFDFileTests` leaves sealed files and their pictures there.
    @Test func `the files can be looked at`() throws {
        guard let folder = ProcessInfo.processInfo.environment["PAPERS"] else { return }
        for name in FaceTemplate.Name.allCases {
            let (text, base) = (FaceSamples.text(name), "\(folder)/\(name.rawValue)")
            let level = name == .permit || name == .card ? 1 : 6
            try Data(file(name).sealed(by: sealer, at: SealSamples.day, level: level)).write(
                to: URL(filePath: base + ".ofd"))
            let known = Known(
                title: text.title, identifier: text.identifier,
                texts: [text.title, text.number, text.issuer, text.identifier]
                    + text.fields.map { String($0.value.prefix(8)) },
                code: FaceSamples.code, sealer: hex(samples.sealer.publicKey), maker: hex(samples.maker.publicKey))
            try JSONEncoder().encode(known).write(to: URL(filePath: base + ".json"))
            try Data(file(name).face.png(dotsPerInch: 150)).write(to: URL(filePath: base + ".png"))
        }
    }

    /// What the file says, for programs of others that are to find it there.
    private struct Known: Encodable {
        let title: String
        let identifier: String
        let texts: [String]
        let code: String
        let sealer: String
        let maker: String
    }

    private func hex(_ key: SM2PublicKey) -> String {
        key.point.dropFirst().map { String(format: "%02x", $0) }.joined()
    }
}
