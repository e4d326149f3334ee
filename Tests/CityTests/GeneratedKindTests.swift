import Catalogue
import Certificates
import City
import Testing
import Vocabulary

@Suite struct GeneratedKindTests {
    @Test func `as many types as a province has are made from a seed, each with a code and a name of its own`() throws {
        let kinds = try GeneratedKinds.kinds(GeneratedKinds.provinceCount, seed: 7)
        #expect(kinds.count == 4567)
        #expect(Set(kinds.map(\.code)).count == kinds.count && Set(kinds.map(\.name)).count == kinds.count)
        #expect(try GeneratedKinds.kinds(GeneratedKinds.provinceCount, seed: 7) == kinds)
        #expect(try GeneratedKinds.kinds(100, seed: 8) != Array(kinds.prefix(100)))
        #expect(Set(kinds.map(\.handling.template)).count >= 5 && Set(kinds.map(\.handling.group)).count == 5)
        let file = try KindFile(try CanonicalJSON.bytes(of: kinds))
        #expect(file.refused == [] && file.kinds == kinds, "they are taken in as any file is")
        #expect(throws: Fault.self) { try GeneratedKinds.kinds(1_000_000, seed: 1) }
    }

    @Test func `every type that ships is taken: more than forty, of every template and group, marked as made up`()
        throws
    {
        let file = try KindFile(try CertificateTypeSpec.shippedFile())
        #expect(file.refused == [])
        #expect(file.kinds.count >= 70)
        #expect(Set(file.kinds.map(\.handling.template)) == Set(CertificateKind.Template.allCases))
        #expect(Set(file.kinds.map(\.handling.group)) == Set(CertificateKind.Group.allCases))
        #expect(Set(file.kinds.flatMap(\.faceFields).map(\.type)) == Set(FaceField.Kind.allCases))
        #expect(Set(file.kinds.map(\.holderKind)) == Set(CertificateKind.HolderKind.allCases))
        let validities = file.kinds.map(\.validity)
        #expect(validities.contains { if case .until = $0 { true } else { false } })
        #expect(validities.contains { if case .field = $0 { true } else { false } })
        let specs = try CertificateTypeSpec.shipped()
        #expect(specs.map(\.code) == file.kinds.map(\.code) && specs.allSatisfy { $0.source == .demonstration })
        let published = ["001", "009", "011", "032", "050"].map { "11100000000013338W" + $0 }
        #expect(file.kinds.filter { $0.code.hasPrefix("11100000000013338W") }.map(\.code).sorted() == published)
        for kind in file.kinds { #expect(kind.definingBody?.code.code == String(kind.code.prefix(18)), "\(kind.name)") }
    }
}
