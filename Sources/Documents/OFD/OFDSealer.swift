package import Signing
package import Vocabulary

/// Who seals: a body's seal, the key that uses it and its certificate. It is made once and seals any number of files;
/// may be used by any number of threads at once.
package struct OFDSealer: Sendable {
    package let seal: ElectronicSeal
    package let certificate: [UInt8]
    let signer: any Signer
    /// `Seal.esl`, packed once.
    let part: OFDPart

    /// A sealer. `certificate` is that of the signer's key, DER.
    package init(seal: ElectronicSeal, signer: any Signer, certificate: [UInt8]) {
        (self.seal, self.signer, self.certificate) = (seal, signer, certificate)
        part = OFDPart("Seal.esl", seal.der, ZipPacker(level: 9))
    }
}

/// One seal on a file: who, when, on which page and where.
package struct OFDStamp: Sendable {
    let sealer: OFDSealer
    let at: Instant
    /// The page, 0 for the first.
    let page: Int
    let box: Rectangle

    /// A seal on a page; `box` in points from the upper left corner of the page.
    package init(_ sealer: OFDSealer, at instant: Instant, page: Int = 0, box: Rectangle) {
        (self.sealer, at, self.page, self.box) = (sealer, instant, page, box)
    }
}
