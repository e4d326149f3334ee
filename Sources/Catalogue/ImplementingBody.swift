package import Vocabulary

/// 行政服务中心: a service centre.
package struct ServiceCentre: Hashable, Sendable, Codable {
    package let code: CreditCode
    package let name: String
    package let nameEnglish: String
    package let region: Region
    package let address: String
    package let addressEnglish: String
    package let hours: String
    package let hoursEnglish: String
    package let transport: String
    package let transportEnglish: String
    package let consultationPhone: String
    package let source: FactSource
}

/// 实施主体: a body that exercises powers, with what every guide of it says about place, contact and remedies.
package struct ImplementingBody: Hashable, Sendable, Codable {
    /// The hall at which it is found; the full hall is found by its code.
    package struct HallRef: Hashable, Sendable, Codable {
        package let code: CreditCode
    }

    package let code: CreditCode
    package let name: String
    package let nameEnglish: String
    /// A short English key: `hrss`, `housing`, `market`, `health`, `education`, `transport`, `urban`.
    package let department: String
    package let region: Region
    package let level: ExerciseLevel
    package let nature: BodyNature
    /// 主办处室.
    package let office: String
    package let officeEnglish: String
    /// 机关代字, as it stands in the numbers of papers: 榕人社.
    package let documentMark: String
    package let hall: HallRef
    package let consultationPhone: String
    package let supervisionPhone: String
    /// The government that hears reconsideration (行政复议法 art. 24).
    package let reviewAuthority: String
    package let reviewAuthorityEnglish: String
    /// The court of the body's seat (行政诉讼法 art. 18).
    package let court: String
    package let courtEnglish: String
    package let source: FactSource
}

/// The bodies and halls of an installation.
package struct Directory: Sendable {
    package let bodies: [ImplementingBody]
    package let halls: [ServiceCentre]

    private struct BodyFile: Decodable { let bodies: [ImplementingBody] }
    private struct HallFile: Decodable { let halls: [ServiceCentre] }

    /// The demonstration directory that ships; throws `CatalogueRefusal` when a body stands in a hall that is not
    /// listed.
    package static func shipped() throws -> Directory {
        let directory = Directory(
            bodies: try CatalogueResource.decoded(BodyFile.self, "bodies.json").bodies,
            halls: try CatalogueResource.decoded(HallFile.self, "halls.json").halls)
        for body in directory.bodies where directory.hall(of: body) == nil {
            throw CatalogueRefusal.unknown(file: "bodies.json", element: body.name, value: body.hall.code.code)
        }
        return directory
    }

    /// The body with the code; nil when it is not listed.
    package func body(_ code: CreditCode) -> ImplementingBody? { bodies.first { $0.code == code } }

    /// The bodies of a department at some levels, in the order of the directory.
    package func bodies(of department: String, at levels: [ExerciseLevel]) -> [ImplementingBody] {
        bodies.filter { $0.department == department && levels.contains($0.level) }
    }

    /// The hall of a region; nil when the region has none.
    package func hall(in region: Region) -> ServiceCentre? { halls.first { $0.region == region } }

    func hall(of body: ImplementingBody) -> ServiceCentre? { halls.first { $0.code == body.hall.code } }
}
