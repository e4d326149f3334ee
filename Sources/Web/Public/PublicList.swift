import Catalogue
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

extension Month {
    /// LIMIT: months that a list offers to choose from.
    static let offeredMax = 24

    /// The months to choose from, the latest first.
    static func offered(today: CivilDate) -> [Month] {
        let last = Month(of: today)
        return (0..<offeredMax).map { last.advanced(by: -$0) }
    }

    /// Every day, where no month is chosen.
    static let always = CivilDate(daysSinceEpoch: -700_000)...CivilDate(daysSinceEpoch: 2_900_000)
}

extension Words {
    /// `2026年11月`, `Nov 2026`.
    func month(_ month: Month) -> String {
        self("public.month-of-year", ["month": monthName(month.days.lowerBound), "year": "\(month.year)"])
    }
}

/// One piece of an address: `name=value`.
typealias AddressField = (name: StaticString, value: String)

enum PublicAddress {
    /// A path with those fields that say something.
    static func of(_ path: String, _ fields: [AddressField]) -> String {
        let said = fields.filter { !$0.value.isEmpty }.map { "\($0.name)=\(Paths.query($0.value))" }
        return said.isEmpty ? path : path + "?" + said.joined(separator: "&")
    }
}

/// One column of a public list, the same for programs that read JSON and for people with a spreadsheet.
struct PublicColumn<Line> {
    let name: String
    /// Nil where a line says nothing: the member is missing, the cell empty.
    let value: (Line) -> JSONValue?

    init(_ name: String, _ value: @escaping (Line) -> JSONValue?) {
        (self.name, self.value) = (name, value)
    }

    /// A column of texts; an empty one says nothing.
    static func text(_ name: String, _ value: @escaping (Line) -> String?) -> PublicColumn {
        PublicColumn(name) { line in value(line).flatMap { $0.isEmpty ? nil : .text($0) } }
    }
}

/// A page of a public list, with the address of the rest of it; nil at its end.
struct PublicPage<Line> {
    let name: String
    let columns: [PublicColumn<Line>]
    let lines: [Line]
    let next: String?

    /// As JSON that any site's script may read: the lines under the list's name, and `next`.
    func json(to request: Request) throws -> Response {
        let records = lines.map { line in
            JSONValue.record(
                Dictionary(
                    uniqueKeysWithValues: columns.compactMap { column in column.value(line).map { (column.name, $0) } })
            )
        }
        var answer: [String: JSONValue] = [name: .list(records)]
        answer["next"] = next.map(JSONValue.text)
        return .open(try CanonicalJSON.bytes(of: JSONValue.record(answer)), "application/json", to: request)
    }

    /// As CSV, with the way to the rest in `Link` (RFC 8288).
    func csv(to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name).csv\"",
            .accessControlAllowOrigin: "*", .accessControlExposeHeaders: "ETag, Link",
        ]
        if let next, let link = HTTPField.Name("Link") { headers[link] = "<\(next)>; rel=\"next\"" }
        let rows = lines.map { line in columns.map { $0.value(line)?.cell ?? "" } }
        return .tagged(SheetRows.csv(of: [columns.map(\.name)] + rows), headers, for: request)
    }
}

extension JSONValue {
    /// A text or a number as it stands in a cell.
    fileprivate var cell: String {
        if case .number(let number) = self { return "\(number)" }
        return text ?? ""
    }
}

extension Site {
    /// The names of items and of the bodies that decide them in the reader's language; none in Chinese: rows have them.
    func publicNames(_ codes: [String], _ words: Words) async throws -> [String: (item: String, body: String)] {
        guard words.language != .zh else { return [:] }
        var names: [String: (item: String, body: String)] = [:]
        for code in codes where names[code] == nil {
            guard let guide = try await hall.item(code)?.guide else { continue }
            names[code] = (words.pick(guide.title), guide.body.nameEnglish)
        }
        return names
    }
}

extension HTML {
    /// Writes a public list as a table; on a phone its lines stand one below the other, each cell with its name.
    mutating func publicTable<Line>(
        _ caption: String, _ columns: [String], _ lines: [Line], empty: (inout HTML) -> Void,
        row: (inout HTML, Line) -> Void
    ) {
        element("div", .class("hits")) { html in
            html.table(caption, columns.map { Column($0) }, lines, empty: empty) { html, line in
                html.row { row(&$0, line) }
            }
        }
    }

    /// Writes a cell of a public list with the name of its column, which only a phone shows.
    mutating func cell(named name: String, content: (inout HTML) -> Void) {
        cell { html in
            html.element("span", .class("narrow"), text: html.words("public.cell", ["name": name]))
            content(&html)
        }
    }

    /// Writes the choice of a month.
    mutating func monthChoice(_ month: Month?, today: CivilDate) {
        let offered = Month.offered(today: today)
        let older = month.map { offered.contains($0) ? [] : [$0] } ?? []
        let options = (offered + older).map { Option("\($0)", words.month($0)) }
        field(
            Field(
                "month", words["public.month"], .list([Option("", words["public.any-month"])] + options),
                answer: Answer(month.map { "\($0)" } ?? "")
            ).with { $0.isOptional = true })
    }

    /// Writes where programs read the same.
    mutating func openData(json: String, csv: String) {
        element("p", .class("note")) { html in
            html.text(html.words["public.open-data"])
            html.raw(" ")
            html.element("a", .href(json), text: "JSON")
            html.raw(" · ")
            html.element("a", .href(csv), text: "CSV")
        }
    }
}
