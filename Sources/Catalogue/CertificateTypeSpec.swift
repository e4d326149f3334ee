package import Vocabulary

/// A certificate type as the catalogue ships it: what guides ask for and what they make. The library keeps the rows.
package struct CertificateTypeSpec: Hashable, Sendable, Codable {
    /// Who can hold one.
    package enum HolderKind: String, Sendable, Codable { case person, organisation, either }

    /// The body that defines the type; its credit code begins the type's code.
    package struct DefiningBody: Hashable, Sendable, Codable {
        package let code: CreditCode
        package let name: String
        package let nameEnglish: String
    }

    /// One field of the face.
    package struct FaceField: Hashable, Sendable, Codable {
        package let id: String
        package let label: String
        package let labelEnglish: String
    }

    /// 21 characters: credit code of the defining body and a serial of three digits.
    package let code: String
    package let name: String
    package let nameEnglish: String
    package let definingBody: DefiningBody
    package let holderKind: HolderKind
    /// Nil for long-term.
    package let validityMonths: Int?
    package let faceFields: [FaceField]
    package let source: FactSource

    /// The bytes of the file that ships, with everything that the library keeps of a type.
    package static func shippedFile() throws -> [UInt8] { try CatalogueResource.bytes("certificate_types.json") }

    private struct File: Decodable { let certificateTypes: [CertificateTypeSpec] }

    /// The types that ship; throws `CatalogueRefusal.unknown` for a code that is not its defining body's.
    package static func shipped() throws -> [CertificateTypeSpec] {
        let types = try CatalogueResource.decoded(File.self, "certificate_types.json").certificateTypes
        for type in types {
            let serial = type.code.utf8.suffix(3)
            guard type.code.utf8.count == 21, type.code.hasPrefix(type.definingBody.code.code),
                serial.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            else {
                throw CatalogueRefusal.unknown(file: "certificate_types.json", element: type.name, value: type.code)
            }
        }
        return types
    }
}
