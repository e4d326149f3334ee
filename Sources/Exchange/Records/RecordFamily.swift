import Foundation
import Vocabulary

/// A kind of record of the national exchange (政务服务数据交换), as `exchange_schema_fields.json` lists it.
package struct RecordFamily: Sendable {
    /// The name of its table, such as `up_pro_accept`.
    package let name: String
    /// What it is called in Chinese.
    package let title: String
    /// In the order of the table.
    package let fields: [Field]

    /// One column.
    package struct Field: Sendable {
        package let name: String
        /// What it is called in Chinese.
        package let title: String
        package let kind: Kind
        package let isRequired: Bool
    }

    /// What a column can hold.
    package enum Kind: Hashable, Sendable, CustomStringConvertible {
        /// LIMIT: characters, as the column has them.
        case text(max: Int)
        /// A whole number from 0, of so many digits.
        case whole(digits: Int)
        /// `2026-11-24 10:25:04`, in China's time.
        case moment

        package var description: String {
            switch self {
            case .text(let max): "text, \(max)"
            case .whole(let digits): "whole number, \(digits) digits"
            case .moment: "yyyy-MM-dd HH:mm:ss"
            }
        }

        /// Nil for a type that no family has.
        init?(_ type: String) {
            let parts = type.split(separator: "(")
            let number = parts.count == 2 ? Int(parts[1].dropLast()) : nil
            switch (parts.first, number) {
            case ("varchar", let number?): self = .text(max: number)
            case ("int", let number?): self = .whole(digits: number)
            case ("datetime", nil): self = .moment
            default: return nil
            }
        }

        /// Whether a value of the kind is one.
        func holds(_ value: JSONValue) -> Bool {
            switch (self, value) {
            case (.text(let max), .text(let text)):
                text.unicodeScalars.count <= max && !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
            case (.whole(let digits), .number(let number)): number >= 0 && "\(number)".utf8.count <= digits
            case (.moment, .text(let text)): RecordMoment.isMoment(text)
            default: false
            }
        }
    }

    /// 网上申请信息: the family of applications.
    package static let application = "ow_apply"

    /// 服务评价信息: the family of evaluations. Only whoever may read everything of a place is sent it, never the body that
    /// was judged.
    package static let evaluation = "ow_evaluation"

    /// Whether a family is of the catalogue (事项) and not of cases: its records change, and come again under the same
    /// key.
    package static func isOfCatalogue(_ family: String) -> Bool { family.hasPrefix("dn_task_") }

    /// The columns by which both sides keep records in step: they say when and with what a record was sent, and
    /// nothing of the matter.
    package static let envelope: Set<String> = ["cd_operation", "cd_time", "cd_batch"]

    /// The columns, of whatever family, that are about somebody, or hold what somebody wrote.
    static let personal: Set<String> = [
        "applyer_name", "applyer_page_code", "legal", "contact_name", "contact_code", "contact_mobile", "address",
        "project_name", "material_attach_name", "handle_explain", "special_reason", "special_explain", "result",
        "result_explain", "remark", "applyer_user_name", "certificate_holder", "certificate_holder_code", "form",
        "file_name", "place", "evaluate_content", "handle_user_name", "handle_user",
    ]

    /// Values, of every one that is about somebody, or that somebody wrote, the first character.
    static func masked(_ values: [String: JSONValue]) -> [String: JSONValue] {
        let shown = values.map { name, value in
            guard personal.contains(name) else { return (name, value) }
            return (name, JSONValue.text((value.text ?? "").prefix(1) + "***"))
        }
        return Dictionary(uniqueKeysWithValues: shown)
    }

    package subscript(field name: String) -> Field? { fields.first { $0.name == name } }

    /// The column that names a record for ever.
    package var key: String { fields.first?.name ?? "" }
}

/// The families there are.
package struct RecordFamilies: Sendable {
    private struct File: Decodable {
        struct Table: Decodable {
            let zh: String
            let columns: [Column]
        }
        struct Column: Decodable {
            let field: String
            let sqlType: String
            let zh: String
            let required: Bool
        }
        let tables: [String: Table]
    }

    /// The national exchange's, and those that it lacks.
    private static let resources = ["exchange_schema_fields.json", "own_record_families.json"]

    private let families: [String: RecordFamily]

    /// The families that ship.
    package static func shipped() throws -> RecordFamilies { try kept.get() }

    private static let kept = Result { try read() }

    private static func read() throws -> RecordFamilies {
        var families: [String: RecordFamily] = [:]
        for resource in resources {
            guard let url = Bundle.module.url(forResource: "Resources/\(resource)", withExtension: nil) else {
                throw Fault.misconfigured("resource \(resource) is missing beside the program")
            }
            let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
            for (name, table) in file.tables { families[name] = try family(name, table, resource) }
        }
        return RecordFamilies(families: families)
    }

    private static func family(_ name: String, _ table: File.Table, _ resource: String) throws -> RecordFamily {
        let fields = try table.columns.map { column in
            guard let kind = RecordFamily.Kind(column.sqlType) else {
                throw Fault.misconfigured("\(resource): \(name).\(column.field) has the type \(column.sqlType)")
            }
            return RecordFamily.Field(
                name: column.field, title: column.zh, kind: kind, isRequired: column.required)
        }
        return RecordFamily(name: name, title: table.zh, fields: fields)
    }

    /// By name.
    package var all: [RecordFamily] { families.values.sorted { $0.name < $1.name } }

    /// The family of a name; nil where there is none.
    package subscript(name: String) -> RecordFamily? { families[name] }

    /// Refuses a name that there is not.
    package func family(_ name: String) throws(RecordUnfit) -> RecordFamily {
        guard let family = families[name] else { throw RecordUnfit(.familyUnknown, name) }
        return family
    }
}
