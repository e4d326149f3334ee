package import Vocabulary

/// The files of one month, for everybody's programs. The same rows give the same bytes.
package struct OpenFile: Sendable {
    /// What a file is.
    package enum Kind: String, Sendable, CaseIterable {
        case csv
        /// One JSON object a line.
        case lines = "jsonl"
        /// The columns and where the numbers come from (CSV on the Web, W3C tabular metadata).
        case metadata = "csv-metadata.json"

        package var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8; header=present"
            case .lines: "application/x-ndjson"
            case .metadata: "application/csvm+json"
            }
        }
    }

    /// Under which anybody may use the files.
    package static let licence = "https://creativecommons.org/licenses/by/4.0/"
    /// The version of the columns; another one has another number.
    package static let version = "1"

    package let month: Month
    package let rows: [OpenRow]
    /// The names of the figures that are told; the cells of others are empty.
    private let telling: Set<String>
    /// Bodies and items by their codes, in Chinese.
    package let names: [String: String]
    /// How many entries of the sealed journal were counted.
    package let position: Int

    /// Tells what may be told of the rows of a month.
    package init(_ month: Month, _ rows: [OpenRow], names: [String: String], position: Int) {
        (self.month, self.names, self.position) = (month, names, position)
        telling = OpenRule.tellable(rows.map(\.sums).reduce(FigureSums(), +))
        self.rows = OpenRule.told(rows, telling: telling)
    }

    /// `figures-2018-03.csv`.
    package static func name(_ month: Month, _ kind: Kind) -> String { "figures-\(month).\(kind.rawValue)" }

    /// Which month and kind a name means; nil for no such file.
    package static func named(_ name: String) -> (month: Month, kind: Kind)? {
        for kind in Kind.allCases where name.hasPrefix("figures-") && name.hasSuffix(".\(kind.rawValue)") {
            let text = String(name.dropFirst(8).dropLast(kind.rawValue.utf8.count + 1))
            if let month = Month(text), Self.name(month, kind) == name { return (month, kind) }
        }
        return nil
    }

    package func bytes(_ kind: Kind, digest: (([UInt8]) -> String)) -> [UInt8] {
        switch kind {
        case .csv: csv
        case .lines: lines
        case .metadata: CanonicalJSON.bytes(writing: metadata(digest(csv))) + [0x0A]
        }
    }

    // MARK: columns

    private struct Column {
        let name: String
        let title: String
        let isNumber: Bool
    }

    private static let columns: [Column] =
        [
            Column(name: "month", title: "月份", isNumber: false),
            Column(name: "region", title: "行政区划代码", isNumber: false),
            Column(name: "body", title: "实施主体统一社会信用代码", isNumber: false),
            Column(name: "body_name", title: "实施主体", isNumber: false),
            Column(name: "item", title: "事项基本编码", isNumber: false),
            Column(name: "item_name", title: "事项", isNumber: false),
        ]
        + OpenRule.figures.map { Column(name: $0.id, title: titles[$0.id] ?? $0.id, isNumber: true) }

    private static let titles = [
        "filed": "申请件数", "online": "其中网上申请", "accepted": "受理件数", "decided": "决定件数", "granted": "其中准予",
        "on_time": "其中承诺时限内决定", "ended": "结束件数", "closed": "其中办结", "limited": "有法定时限的决定件数",
        "statutory_sum": "其法定时限合计（1工作日=10080）", "taken_sum": "其实际用时合计（1工作日=10080）",
    ]

    private func texts(_ row: OpenRow) -> [String] {
        ["\(month)", row.region, row.body, name(row.body), row.item, name(row.item)]
    }

    private func name(_ code: String) -> String { code == OpenRow.others ? "其他" : names[code] ?? "" }

    private var csv: [UInt8] {
        let lines =
            [Self.columns.map(\.name)]
            + rows.map { row in texts(row) + OpenRule.figures.map { telling.contains($0.id) ? "\(row.sums[$0])" : "" } }
        return lines.flatMap { line in Array((line.map(Self.quoted).joined(separator: ",") + "\r\n").utf8) }
    }

    /// A cell as RFC 4180 has it.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private var lines: [UInt8] {
        rows.flatMap { row -> [UInt8] in
            var members: [String: JSONValue] = [:]
            for (column, text) in zip(Self.columns, texts(row)) { members[column.name] = .text(text) }
            for figure in OpenRule.figures where telling.contains(figure.id) {
                members[figure.id] = .number(row.sums[figure])
            }
            return CanonicalJSON.bytes(writing: .record(members)) + [0x0A]
        }
    }

    private func metadata(_ digest: String) -> JSONValue {
        let columns = Self.columns.map { column in
            JSONValue.record([
                "name": .text(column.name), "titles": .text(column.name), "dc:description": .text(column.title),
                "datatype": .text(column.isNumber ? "integer" : "string"),
            ])
        }
        return .record([
            "@context": .list([.text("http://www.w3.org/ns/csvw"), .record(["@language": .text("zh")])]),
            "url": .text(Self.name(month, .csv)), "dc:title": .text("政务服务办件统计 \(month)"),
            "dc:license": .record(["@id": .text(Self.licence)]),
            "dc:hasVersion": .text(Self.version), "dc:temporal": .text("\(month)"),
            "dc:provenance": .text("sealed journal, \(position) entries"),
            "dc:identifier": .text("sha256:\(digest)"),
            "dc:description": .text("少于 \(OpenRule.least) 件的数字不公布：合并为“其他”（代码 *），各行互不重叠；全市合计仍过少的指标当月留空。"),
            "tableSchema": .record([
                "columns": .list(columns),
                "primaryKey": .list(["month", "region", "body", "item"].map(JSONValue.text)),
            ]),
        ])
    }
}
