import Catalogue
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /figures`: what the catalogue promises, counted: trips, stars, immediate items and how much shorter the
/// promises are than the law, for the city, each place, department and item; and of what was closed, the trips promised
/// and made.
struct FiguresPage {
    /// LIMIT: items on one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let figures = try await site.hall.catalogueFigures()
        let departments = try await site.hall.departments()
        let visit = site.visit(context, .portal)
        let asked = FiguresAsked(request, site.regions, departments.map(\.code))
        let view = FiguresView(
            figures: figures, asked: asked, departments: departments, regions: site.regions, words: visit.words)
        let words = visit.words
        let made = try await site.hall.tripFigures(in: asked.place)
        return .page(
            visit.page(words["figures.title"]) { html in
                html.title(words["figures.title"], over: view.scope)
                html.lead(words("figures.lead", ["day": words.plainDate(site.hall.time.now().day)]))
                view.filters(&html)
                guard view.chosen.implementations > 0 else {
                    return html.empty(words["figures.none"], words["figures.none-help"])
                }
                view.headline(&html)
                view.trips(&html)
                view.stars(&html)
                if asked.department == nil { view.made(&html, made) }
                if asked.place == nil { view.places(&html) }
                if asked.department == nil { view.offices(&html) }
                view.items(&html)
                html.note(words["figures.rules"])
            })
    }
}

/// What the address of the figures asks for: `place`, `department` and, for the list of items, `after`.
struct FiguresAsked {
    let place: Region?
    let department: String?
    let after: String

    init(_ request: Request, _ regions: Gazetteer, _ departments: [String]) {
        let places = [Region.fujian] + regions.entries.map(\.region)
        place = Region(request.asked("place")).flatMap { places.contains($0) ? $0 : nil }
        department = departments.first { $0 == request.asked("department") }
        after = request.asked("after")
    }

    /// The figures of another place or department, the rest as it is asked.
    func address(place: Region?, department: String?, after: String = "") -> String {
        let fields = [("place", place?.code ?? ""), ("department", department ?? ""), ("after", after)]
        let query = fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\(Paths.query($0.1))" }.joined(separator: "&")
        return query.isEmpty ? "/figures" : "/figures?\(query)"
    }
}
