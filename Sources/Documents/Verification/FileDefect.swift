/// Why a check did not pass. Stable; each has a sentence for people in the words of the pages.
package enum FileDefect: String, Sendable, Codable, CaseIterable {
    // The container.
    case notADocument = "not-a-document"
    case damagedContainer = "damaged-container"
    case trailingBytes = "trailing-bytes"
    case ambiguousContainer = "ambiguous-container"
    case encrypted
    case unsafeName = "unsafe-name"
    case nameTwice = "name-twice"
    case tooManyEntries = "too-many-entries"
    case unpacksTooLarge = "unpacks-too-large"
    // Documents and pages.
    case malformedXML = "malformed-xml"
    case documentType = "document-type"
    case missingPart = "missing-part"
    case tooManyPages = "too-many-pages"
    case severalDocuments = "several-documents"
    // The parts of a signature.
    case missingSignaturePart = "missing-signature-part"
    case malformedSignature = "malformed-signature"
    case tooManySignatures = "too-many-signatures"
    // Digests and coverage.
    case missingCoveredFile = "missing-covered-file"
    case wrongDigest = "wrong-digest"
    case coveredTwice = "covered-twice"
    case unknownDigest = "unknown-digest"
    case uncoveredFile = "uncovered-file"
    case changedAfterwards = "changed-afterwards"
    // The signature's encoding and what it speaks of.
    case malformedEncoding = "malformed-encoding"
    case olderSeal = "older-seal"
    case newerSeal = "newer-seal"
    case signedData = "signed-data"
    case unknownAlgorithm = "unknown-algorithm"
    case unknownExtension = "unknown-extension"
    case wrongFileDigest = "wrong-file-digest"
    case wrongPath = "wrong-path"
    // Signatures and certificates.
    case wrongSignature = "wrong-signature"
    case malformedCertificate = "malformed-certificate"
    case unknownAuthority = "unknown-authority"
    case certificateNotYetValid = "certificate-not-yet-valid"
    case certificateExpired = "certificate-expired"
    case certificateRevoked = "certificate-revoked"
    case notForSigning = "not-for-signing"
    case wrongCertificateSignature = "wrong-certificate-signature"
    case statusUnknown = "status-unknown"
    case signerNotNamed = "signer-not-named"
    // The seal.
    case sealFileDiffers = "seal-file-differs"
    case wrongMakerSignature = "wrong-maker-signature"
    case sealNotYetValid = "seal-not-yet-valid"
    case sealExpired = "seal-expired"
    case sealSuspended = "seal-suspended"
    case sealRevoked = "seal-revoked"
    case signerNotListed = "signer-not-listed"
    case missingStampPage = "missing-stamp-page"
    // The register.
    case notRegistered = "not-registered"
    case registeredOtherwise = "registered-otherwise"
    case certificateEnded = "certificate-ended"
    case registerUnreachable = "register-unreachable"
}
