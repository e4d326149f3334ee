import Signing
import Vocabulary

/// The files of one seal in a package (GB/T 33190-2016, 18).
struct OFDSignature {
    static let listName = "Doc_0/Signs/Signatures.xml"

    private let stamp: OFDStamp
    private let number: Int
    private var folder: String { "Doc_0/Signs/Sign_\(number)/" }

    init(_ stamp: OFDStamp, number: Int) {
        (self.stamp, self.number) = (stamp, number)
    }

    /// The number of a signature in the list; that of its stamp is the next one.
    private static func id(_ number: Int) -> Int { 2 * number + 1 }

    /// Signature.xml, Seal.esl and SignedValue.dat over these files and Seal.esl itself. `Signatures.xml` stays open,
    /// so that further seals can be added.
    func parts(covering parts: [OFDPart], _ packer: ZipPacker) throws -> [OFDPart] {
        let seal = stamp.sealer.part.renamed(folder + "Seal.esl")
        let name = folder + "Signature.xml"
        let description = OFDPart(name, signature(over: parts + [seal]), packer)
        let value = try SealSignature.made(
            with: stamp.sealer.seal, by: stamp.sealer.signer, certificate: stamp.sealer.certificate,
            over: description.digest, of: "/" + name, at: stamp.at)
        // Most of it is the picture, which is packed already.
        return [description, seal, OFDPart(folder + "SignedValue.dat", value, packer, isStored: true)]
    }

    private func signature(over parts: [OFDPart]) -> [UInt8] {
        var xml = OFDText(capacity: 256 * parts.count)
        xml.raw("<ofd:Signature xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:SignedInfo>")
        xml.raw("<ofd:Provider ProviderName=\"OneWindow\" Version=\"1.0\" Company=\"OneWindow\"/><ofd:SignatureMethod>")
        xml.text(stamp.sealer.signer.algorithm.objectIdentifier)
        xml.raw("</ofd:SignatureMethod><ofd:SignatureDateTime>")
        xml.text(time)
        xml.raw("</ofd:SignatureDateTime><ofd:References CheckMethod=\"1.2.156.10197.1.401\">")
        for part in parts {
            xml.raw("<ofd:Reference FileRef=\"/")
            xml.text(part.name)
            xml.raw("\"><ofd:CheckValue>")
            xml.base64(part.digest)
            xml.raw("</ofd:CheckValue></ofd:Reference>")
        }
        xml.raw("</ofd:References><ofd:StampAnnot ID=\"")
        xml.number(Self.id(number) + 1)
        xml.raw("\" PageRef=\"")
        xml.number(stamp.page + 1)
        xml.raw("\"")
        xml.boundary(stamp.box)
        xml.raw("/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>")
        xml.raw("<ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>")
        return xml.bytes
    }

    /// `20261124102504Z`, the second of the seal's own time.
    private var time: String {
        let utc = Instant(milliseconds: stamp.at.milliseconds - Instant.offsetMilliseconds)
        return utc.description.prefix(19).filter(\.isNumber) + "Z"
    }

    /// Signatures.xml of so many seals.
    static func list(_ count: Int) -> [UInt8] {
        var xml = OFDText()
        xml.raw("<ofd:Signatures xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:MaxSignId>")
        xml.number(2 * count)
        xml.raw("</ofd:MaxSignId>")
        for number in 0..<count {
            xml.raw("<ofd:Signature ID=\"")
            xml.number(id(number))
            xml.raw("\" Type=\"Seal\" BaseLoc=\"/Doc_0/Signs/Sign_")
            xml.number(number)
            xml.raw("/Signature.xml\"/>")
        }
        xml.raw("</ofd:Signatures>")
        return xml.bytes
    }
}
