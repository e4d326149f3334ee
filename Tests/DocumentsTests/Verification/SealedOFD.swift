import Documents
import Foundation
import Signing
import Vocabulary

/// A sealed OFD that is put together here, apart from the product's own writer, so that one thing at a time can be done
/// wrongly: before the digests are taken, in the signature, or afterwards.
struct SealedOFD {
    static let listPath = "Doc_0/Signs/Signatures.xml"
    static let signPath = "Doc_0/Signs/Sign_0/Signature.xml"
    static let valuePath = "Doc_0/Signs/Sign_0/SignedValue.dat"
    static let sealPath = "Doc_0/Signs/Sign_0/Seal.esl"

    let house: SealHouse
    /// The files before sealing, in the order of the archive.
    var files: [(name: String, bytes: [UInt8])]
    var seal: ElectronicSeal
    /// What lies beside the signature; nil for the seal itself.
    var sealFile: [UInt8]?
    var sealedAt = SealHouse.sealedAt
    var signer: any Signer
    var certificate: X509Certificate
    /// What stands in the place of the certificate; nil for the certificate itself.
    var certificateBytes: [UInt8]?
    /// Paths that no reference covers.
    var uncovered: Set<String> = []
    var checkMethod = "1.2.156.10197.1.401"
    var dateTime = "20261124020000Z"
    var stampPage = "1"
    var type: String? = "Seal"
    var propertyInfo = "/" + SealedOFD.signPath
    /// What is sealed in place of the digest of `Signature.xml`; nil for the digest itself.
    var dataHash: [UInt8]?
    /// Works on `Signature.xml` before it is sealed.
    var describe: (String) -> String = { $0 }

    init(_ house: SealHouse) throws {
        self.house = house
        seal = try house.seal()
        signer = SM2Signer(key: house.body.key)
        certificate = house.body.certificate
        files = Self.parts.map { ($0.0, Array($0.1.utf8)) }
    }

    private static let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\""

    private static let parts: [(String, String)] = [
        (
            "OFD.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?><ofd:OFD \(space) Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>\
            <ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
            <ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>
            """
        ),
        (
            "Doc_0/Document.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?><ofd:Document \(space)><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID>\
            <ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
            <ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>\
            <ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>\
            <ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>
            """
        ),
        ("Doc_0/Tpls/Tpl_0/Content.xml", "<ofd:Page \(space)/>"),
        ("Doc_0/Pages/Page_0/Content.xml", "<ofd:Page \(space)><ofd:Content/></ofd:Page>"),
        (
            "Doc_0/Attachs/Attachments.xml",
            """
            <ofd:Attachments \(space)><ofd:Attachment ID="8" Name="certificate.json" Format="json" Visible="false">\
            <ofd:FileLoc>certificate.json</ofd:FileLoc></ofd:Attachment></ofd:Attachments>
            """
        ),
        ("Doc_0/Attachs/certificate.json", "{\"certificate_number\":\"3501002026000001\"}"),
    ]

    /// The archive.
    func bytes() throws -> [UInt8] { Self.archive(try sealed()) }

    /// The files of the archive, sealed.
    func sealed() throws -> [(name: String, bytes: [UInt8])] {
        var all = files
        let kind = type.map { " Type=\"\($0)\"" } ?? ""
        all.append((Self.sealPath, sealFile ?? seal.der))
        let covered = all.filter { !uncovered.contains($0.name) }.map { name, bytes in
            """
            <ofd:Reference FileRef="/\(name)"><ofd:CheckValue>\(Data(SM3.digest(of: bytes)).base64EncodedString())\
            </ofd:CheckValue></ofd:Reference>
            """
        }
        let signature = describe(
            """
            <?xml version="1.0" encoding="UTF-8"?><ofd:Signature \(Self.space)><ofd:SignedInfo>\
            <ofd:Provider ProviderName="test" Version="1.0" Company="test"/>\
            <ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>\
            <ofd:SignatureDateTime>\(dateTime)</ofd:SignatureDateTime>\
            <ofd:References CheckMethod="\(checkMethod)">\(covered.joined())</ofd:References>\
            <ofd:StampAnnot ID="2" PageRef="\(stampPage)" Boundary="135 210 42 42"/>\
            <ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>\
            <ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>
            """)
        let value = try SealSignature.made(
            with: seal, by: signer, certificate: certificateBytes ?? certificate.der,
            over: dataHash ?? SM3.digest(of: Array(signature.utf8)), of: propertyInfo, at: sealedAt)
        all.append(
            (
                Self.listPath,
                Array(
                    """
                    <ofd:Signatures \(Self.space)><ofd:MaxSignId>2</ofd:MaxSignId><ofd:Signature ID="1"\(kind) \
                    BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>
                    """.utf8)
            ))
        all.append((Self.signPath, Array(signature.utf8)))
        all.append((Self.valuePath, value))
        return all
    }

    static func archive(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        ZipWriter.bytes(of: files.map { ($0.name, [$0.bytes]) })
    }
}

extension [(name: String, bytes: [UInt8])] {
    /// The same files with one of them changed; nil takes it out.
    func changing(_ name: String, _ change: ([UInt8]) -> [UInt8]?) -> Self {
        var result: Self = []
        for file in self {
            guard file.name == name else {
                result.append(file)
                continue
            }
            if let bytes = change(file.bytes) { result.append((name, bytes)) }
        }
        return result
    }

    /// The same files with a text in one of them replaced.
    func replacing(_ text: String, with other: String, in name: String) -> Self {
        changing(name) { bytes in [UInt8](String(decoding: bytes, as: UTF8.self).replacing(text, with: other).utf8) }
    }
}
