import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// How it is filed and how the result comes back: each way says how many trips it takes.
struct ApplyWay {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        show(try await desk.open(context), context, hasError: false)
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var application = try await desk.open(context)
        let parts = form["way"].split(separator: ".").map(String.init)
        let chosen = application.ways(site.hall).first { [$0.mode.id, $0.delivery.id] == parts }
        guard let chosen else { return show(application, context, hasError: true) }
        application.draft.contents.mode = chosen.mode
        application.draft.contents.delivery = chosen.delivery
        try await site.hall.save(application.draft)
        return .seeOther(Paths.draft(application.draft.id, application.after("way")))
    }

    private func show(_ application: Application, _ context: PortalContext, hasError: Bool) -> Response {
        let words = site.visit(context, .portal).words
        let errors = hasError ? [FieldError("way", words["apply.way-missing"])] : []
        return desk.page(application, "way", context, errors: errors) { html in
            let options = application.ways(site.hall).map { way in
                Option(
                    "\(way.mode.id).\(way.delivery.id)", words.pick(way.delivery.label, way.delivery.labelEnglish),
                    hint: words.way(way.mode, by: way.delivery))
            }
            let contents = application.draft.contents
            let chosen = contents.mode.flatMap { mode in contents.delivery.map { "\(mode.id).\($0.id)" } }
            html.field(
                Field(
                    "way", words["apply.way-question"], .choice(options),
                    answer: Answer(
                        chosen ?? (options.count == 1 ? options[0].value : ""), error: errors.first?.sentence)))
            let situation = AskedSituation(contents.situation, application.guide).query
            html.element("p", .class("links")) { html in
                html.link(PageLink(words["trips.link"], Paths.trips(application.item.itemCode, situation)))
            }
            html.button(words["apply.continue"])
        }
    }
}

extension Application {
    /// The ways that can be chosen: a mode online and a delivery that goes with it and that somebody carries here, the
    /// fewest trips first.
    func ways(_ hall: Hall) -> [(mode: ServiceMode, delivery: DeliveryMode)] {
        plan.ways.filter {
            $0.mode.submission == .online && hall.carries($0.mode) && hall.carries($0.delivery)
        }.map { ($0.mode, $0.delivery) }
    }
}

extension Words {
    /// A mode filed online, where nothing is decided on the spot, and its trips; the least until a delivery is chosen.
    func way(_ mode: ServiceMode, by delivery: DeliveryMode?) -> String {
        let trips = delivery.map { mode.trips(by: $0, isImmediate: false) } ?? mode.trips
        return pick(mode.label, mode.labelEnglish) + " · " + self.trips(trips)
    }
}
