import HTTPTypes
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/open-data`: files with the figures of months that are over, for everybody's programs.
struct OpenDataPage {
    static let path = "/open-data"

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let months = try await site.hall.openMonths()
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["open.title"]) { html in
                html.title(words["open.title"])
                html.lead(words["open.lead"])
                html.table(
                    words["open.files"],
                    [Column(words["stat.month"])] + OpenFile.Kind.allCases.map { Column($0.title) }, months
                ) { html in
                    html.empty(words["open.none"], words["open.none-help"])
                } row: { html, month in
                    html.row { html in
                        html.headCell(words.month(month))
                        for kind in OpenFile.Kind.allCases {
                            let name = OpenFile.name(month, kind)
                            html.cell { $0.element("a", .href("\(Self.path)/\(name)"), text: name) }
                        }
                    }
                }
                html.paragraph(words("open.small", ["n": words.number(OpenRule.least)]))
                html.paragraph(words["open.licence"])
                html.element("p") { html in
                    html.element("a", .href(OpenFile.licence), text: "CC BY 4.0")
                }
            })
    }

    /// `GET /open-data/{file}`.
    func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let (month, kind) = OpenFile.named(context.parameters.get("file") ?? ""),
            let file = try await site.hall.openFile(of: month)
        else { throw DoorRefusal.noSuchPage }
        var headers: HTTPFields = [.contentType: kind.mediaType]
        if let described = HTTPField.Name("Link"), kind == .csv {
            headers[described] =
                "<\(OpenFile.name(month, .metadata))>; rel=\"describedby\"; type=\"application/csvm+json\""
        }
        return .tagged(Hall.bytes(of: file, kind), headers, for: request)
    }
}

extension OpenFile.Kind {
    fileprivate var title: String {
        switch self {
        case .csv: "CSV"
        case .lines: "JSON Lines"
        case .metadata: "CSV on the Web"
        }
    }
}
