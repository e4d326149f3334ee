import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// `GET /office/statistics/queues/visits`: the tickets behind a window's figures, in the order of their taking; each
/// leads to what happened to it. Nothing of it says whose it was.
struct QueueVisits {
    /// LIMIT: tickets of one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let hall = site.hall
        let today = hall.time.now().day
        let month = Month(of: today)
        let asked = QueuesAsked(request, counted: try await hall.queueMonths() ?? month...month)
        guard let code = asked.hall, let window = Int(request.asked("window")), window >= 0 else {
            throw DoorRefusal.noSuchPage
        }
        let regions = Hall.figureScopes(of: context.guest.places.flatMap(\.grants), today: today).map(\.regions)
        let visits = try await hall.queueVisits(
            asked.query(in: regions), window: window, after: Self.cursor(request.asked("after")), limit: Self.rowsMax)
        let visit = site.visit(context, .office)
        let words = visit.words
        let place = try await hall.serviceHall(code)
        let name = window == 0 ? words["queues.no-window"] : words("queues.window", ["n": words.number(window)])
        let title = words("queues.visits", ["hall": words.name(of: place), "window": name])
        let next = visits.count == Self.rowsMax ? visits.last.map(Self.text) : nil
        return .page(
            visit.page(
                words["queues.visits-title"],
                crumbs: [
                    PageLink(words["stat.title"], StatisticsAsked.path),
                    PageLink(words["queues.title"], asked.address()),
                ]
            ) { html in
                html.title(title, over: words["queues.visits-title"])
                html.visits(visits, of: code)
                html.pager(
                    previous: request.asked("after").isEmpty ? nil : asked.address("/visits", window: "\(window)"),
                    next: next.map { asked.address("/visits", window: "\(window)", after: $0) })
            })
    }

    private static func text(_ visit: CountedVisit) -> String {
        "\(visit.takenAt.milliseconds).\(TicketID(visit.ticket))"
    }

    private static func cursor(_ text: String) -> VisitTable.VisitCursor? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let at = Int64(parts[0]), let ticket = TicketID(String(parts[1])) else { return nil }
        return VisitTable.VisitCursor(takenAt: Instant(milliseconds: at), ticket: ticket.subject)
    }
}

extension HTML {
    fileprivate mutating func visits(_ visits: [CountedVisit], of hall: HallCode) {
        table(
            words["queues.visits-title"],
            [
                Column(words["queues.number"]), Column(words["queues.taken-at"]),
                Column(words["queues.waited"], isNumeric: true), Column(words["queues.handling"], isNumeric: true),
                Column(words["queues.ending"]), Column(words["queues.cases"], isNumeric: true),
                Column(words["queues.handed"], isNumeric: true),
            ], visits
        ) { html in
            html.empty(html.words["queues.none"], html.words["queues.none-help"])
        } row: { html, visit in
            let words = html.words
            html.row { html in
                html.headCell(visit.number, href: "/office/halls/\(hall)/tickets/\(TicketID(visit.ticket))")
                html.cell { $0.moment(visit.takenAt) }
                html.cell(words.minutes(visit.times.waited / 60), isNumeric: true)
                html.cell(words.minutes((visit.times.handled + 30) / 60), isNumeric: true)
                html.cell(words[visit.ending.word])
                html.cell(words.number(visit.deeds.intakes), isNumeric: true)
                html.cell(words.number(visit.deeds.handOvers), isNumeric: true)
            }
        }
    }
}

extension CountedVisit.Ending {
    fileprivate var word: Word {
        switch self {
        case .served: Word("queues.end-served")
        case .cancelled: Word("queues.end-cancelled")
        case .lapsed: Word("queues.end-lapsed")
        }
    }
}
