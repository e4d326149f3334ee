import Vocabulary

/// The departments of an imported list: their bodies in the city and its units, and the number that codes carry.
package struct Departments: Sendable {
    /// One department.
    package struct Department: Sendable, Decodable {
        /// As lists name it, without the unit: 交通运输局.
        let source: String
        /// The key of the catalogue's directory.
        package let key: String
        /// The central department's number, two digits; empty when each item's subject says it.
        let number: String
        /// What follows the unit's name in the body's.
        package let name: String
        package let nameEnglish: String
        /// What it is called by itself, where that is something else.
        let label: String?
        /// What follows the unit's mark in the numbers of papers.
        let mark: String
    }

    private struct Subject: Decodable {
        let number: String
        let words: [String]
    }

    private struct File: Decodable {
        let departments: [Department]
        let subjects: [Subject]
        let marks: [String: String]
    }

    /// The number of items that belong to no department of the table (domain section 1.2).
    static let otherNumber = "99"

    private let file: File

    /// The table that ships.
    package static func shipped() throws -> Departments {
        Departments(file: try CatalogueResource.decoded(File.self, "lists/departments.json"))
    }

    /// The department of a row; nil when the table does not list it. The unit before the name is left out: 区 and
    /// 广安区 stand for any unit.
    package func department(_ text: String) -> Department? {
        let bare = text.hasPrefix("广安区") ? text.dropFirst(3) : text.hasPrefix("区") ? text.dropFirst(1) : text[...]
        return file.departments.first { $0.source == bare }
    }

    /// All departments in the order of the table.
    package var all: [Department] { file.departments }

    /// What a department's bodies are called after the unit's name; the bare key for one that is not listed.
    func label(_ key: String) -> Bilingual {
        file.departments.first { $0.key == key }.map { Bilingual($0.label ?? $0.name, $0.nameEnglish) }
            ?? .same(key)
    }

    /// The two digits that codes of an item carry.
    func number(of department: Department, item name: String) -> String {
        guard department.number.isEmpty else { return department.number }
        return file.subjects.first { $0.words.contains(where: name.contains) }?.number ?? Self.otherNumber
    }

    /// The directory with a body of every department in the city and each of its units: those that are listed already,
    /// and demonstration bodies for the others, with synthetic codes and telephone numbers.
    package func completing(_ directory: Directory) -> Directory {
        let models = directory.bodies.filter { $0.department == "hrss" }
        var bodies = directory.bodies
        for (number, department) in file.departments.enumerated() {
            for (place, model) in models.enumerated() {
                let isListed = directory.bodies.contains {
                    $0.department == department.key && $0.region == model.region
                }
                guard !isListed else { continue }
                if let body = body(department, like: model, serial: number * models.count + place) {
                    bodies.append(body)
                }
            }
        }
        return Directory(bodies: bodies, halls: directory.halls)
    }

    /// A body beside another of the same unit; nil only when its code cannot be composed.
    private func body(_ department: Department, like model: ImplementingBody, serial: Int) -> ImplementingBody? {
        let digits = String(serial + 1000).suffix(3)
        guard let code = CreditCode(authority: "11", region: model.region, organisation: "MADEN" + digits) else {
            return nil
        }
        let unit = model.name.prefix { $0 != "人" }
        let unitEnglish = model.nameEnglish.replacing(
            " Human Resources and Social Security Bureau (demonstration)", with: "")
        return ImplementingBody(
            code: code, name: "\(unit)\(department.name)(示例)",
            nameEnglish: "\(unitEnglish) \(department.nameEnglish) (demonstration)", department: department.key,
            region: model.region, level: model.level, nature: model.nature, office: model.office,
            officeEnglish: model.officeEnglish,
            documentMark: (file.marks[model.region.code] ?? "") + department.mark, hall: model.hall,
            consultationPhone: "0591-03000\(digits)", supervisionPhone: "0591-03990\(digits)",
            reviewAuthority: model.reviewAuthority, reviewAuthorityEnglish: model.reviewAuthorityEnglish,
            court: model.court, courtEnglish: model.courtEnglish, source: .demonstration)
    }
}
