import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/halls/{hall}/appointments`: half hours of the next working days; booked under a real name, cancelled until two
/// hours before, redeemed for a ticket from half an hour before.
struct AppointmentsPage {
    /// LIMIT: items that somebody chooses from.
    private static let itemsMax = 20

    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(
            context, item: request.asked("item"), question: request.asked("q"), refused: nil)
    }

    /// Books a half hour.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let code = try context.hallOnPage()
        guard let attempt = Attempt(form: form["token"]), let item = try await site.item(form["item"]) else {
            throw DoorRefusal.malformedForm
        }
        let parts = form["slot"].split(separator: " ")
        guard parts.count == 2, let day = CivilDate(parts[0]), let minute = Int(parts[1]) else {
            throw DoorRefusal.malformedForm
        }
        return try await deed(context, item: item) {
            _ = try await site.hall.book(
                Slot(day, minute: minute), at: code, itemCode: item, for: context.citizen.id, attempt: attempt)
            return Paths.appointments(code)
        }
    }

    /// `POST …/{appointment}/cancellation`.
    func cancel(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let (code, id) = (try context.hallOnPage(), try context.appointmentOnPage())
        return try await deed(context, item: "") {
            try await site.hall.cancel(id, at: code, by: context.citizen.id)
            return Paths.appointments(code)
        }
    }

    /// `POST …/{appointment}/arrival`: she is there, and gets her ticket.
    func arrive(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (code, id) = (try context.hallOnPage(), try context.appointmentOnPage())
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        return try await deed(context, item: "") {
            let ticket = try await site.hall.arrive(for: id, at: code, by: context.citizen.id, attempt: attempt)
            return Paths.ticket(code, ticket)
        }
    }

    private func deed(
        _ context: PortalContext, item: String, _ work: () async throws -> String
    ) async throws -> Response {
        do {
            return .seeOther(try await work())
        } catch let refusal as any Refusal where refusal is AppointmentRefusal || refusal is QueueRefusal {
            guard refusal.kind != .notFound else { throw refusal }
            return try await show(context, item: item, question: "", refused: refusal)
        }
    }

    private func show(
        _ context: PortalContext, item code: String, question: String, refused: (any Refusal)?
    ) async throws -> Response {
        let wanted = try await site.hall.bookable(code)
        let (hall, days) = try await site.hall.slots(at: try context.hallOnPage(), for: wanted)
        let own = try await site.hall.appointments(of: context.citizen.id)
        let item = code.isEmpty ? nil : try await site.hall.item(code)
        let lines = try await found(question, near: hall.code.region)
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(
                words["appointment.title"], crumbs: [PageLink(words.name(of: hall), Paths.hall(hall.code))],
                hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(words["appointment.title"], over: words.name(of: hall))
                html.lead(words["appointment.rules"])
                booked(&html, own, context)
                if let item, wanted.isOffered {
                    slots(&html, hall, days, item, context)
                } else if let item {
                    html.notBookable(item, hall)
                } else {
                    choose(&html, hall, question, lines)
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func found(_ question: String, near region: Region) async throws -> [ItemLine] {
        guard !question.isEmpty else { return [] }
        var query = ItemQuery(question, in: [region, .fuzhou, .fujian], limit: Self.itemsMax)
        query.isOncePerItem = true
        return try await site.hall.items(query).found.map(\.line)
    }

    private func booked(
        _ html: inout HTML, _ own: [(appointment: Appointment, hall: ServiceHall)], _ context: PortalContext
    ) {
        let words = html.words
        let open = own.filter { $0.appointment.state == .booked }
        guard !open.isEmpty else { return }
        html.table(
            words["appointment.mine"],
            [Column(words["appointment.when"]), Column(words["hall.name"]), Column(words["column.deed"])], open
        ) { _ in
        } row: { html, line in
            let (appointment, hall) = line
            let path = "\(Paths.appointments(hall.code))/\(appointment.id)"
            html.row { html in
                html.headCell(html.words.time(of: appointment.slot))
                html.cell(html.words.name(of: hall))
                html.cell { html in
                    html.deed("\(path)/arrival", site.tokens(context)) {
                        $0.button($0.words["appointment.arrive"], .secondary)
                    }
                    html.deed("\(path)/cancellation", site.tokens(context)) {
                        $0.button($0.words["appointment.cancel"], .quiet)
                    }
                }
            }
        }
    }

    private func choose(_ html: inout HTML, _ hall: ServiceHall, _ question: String, _ lines: [ItemLine]) {
        let words = html.words
        html.heading(words["appointment.which-item"])
        var box = SearchBox(words["appointment.find-item"], action: Paths.appointments(hall.code))
        box.question = question
        html.search(box)
        guard !question.isEmpty else { return }
        html.table(
            words["appointment.which-item"], [Column(words["column.item"]), Column(words["column.body"])], lines
        ) { html in
            html.empty(html.words["intake.no-item"], html.words["appointment.no-item-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(
                    html.words.pick(line.title), href: "\(Paths.appointments(hall.code))?item=\(line.itemCode)")
                html.cell(html.words.pick(line.bodyName))
            }
        }
    }

    private func slots(
        _ html: inout HTML, _ hall: ServiceHall, _ days: [Hall.BookableDay], _ item: ItemVersion,
        _ context: PortalContext
    ) {
        let words = html.words
        html.heading(words.pick(item.guide.title))
        html.element("p") { html in
            html.link(PageLink(html.words["appointment.other-item"], Paths.appointments(hall.code)))
        }
        guard hall.slotPlaces > 0 else {
            return html.empty(words["appointment.not-here"], words["appointment.not-here-help"])
        }
        html.form(Paths.appointments(hall.code), site.tokens(context)) { html in
            html.hidden("item", item.itemCode)
            for day in days {
                html.element("fieldset", .class("slots")) { html in
                    html.element("legend", text: html.words.date(day.day))
                    if day.slots.isEmpty { html.note(html.words["appointment.closed"]) }
                    if let left = day.left { html.note(html.words.count("appointment.item-left", left)) }
                    for line in day.slots { slot(&html, line) }
                }
            }
            html.button(html.words["appointment.book"])
        }
    }

    private func slot(_ html: inout HTML, _ line: Hall.SlotLine) {
        let id = "slot-\(line.slot.day)-\(line.slot.minute)"
        html.element("div", .class("slot")) { html in
            html.void(
                "input", Attribute("type", "radio"), .id(id), Attribute("name", "slot"),
                .data("value", "\(line.slot.day) \(line.slot.minute)"), .flag("disabled", line.left == 0))
            html.element("label", .data("for", id)) { html in
                html.element("span", text: html.words.hours(of: line.slot))
                html.element(
                    "span", .class("note"),
                    text: line.left == 0
                        ? html.words["appointment.full"] : html.words.count("appointment.left", line.left))
            }
        }
    }
}

extension HTML {
    /// Writes that an item is not booked ahead, and what there is instead.
    fileprivate mutating func notBookable(_ item: ItemVersion, _ hall: ServiceHall) {
        heading(words.pick(item.guide.title))
        empty(words["appointment.not-offered"], words["appointment.not-offered-help"])
        element("p") { html in
            html.link(PageLink(html.words["appointment.other-item"], Paths.appointments(hall.code)))
        }
    }
}

extension RequestContext {
    func appointmentOnPage() throws -> AppointmentID {
        guard let id = AppointmentID(try parameters.require("appointment")) else { throw DoorRefusal.noSuchPage }
        return id
    }
}

extension Words {
    /// `09:00–09:30`.
    func hours(of slot: Slot) -> String {
        "\(OfficeHours.clock(slot.minute))–\(OfficeHours.clock(slot.minute + Slot.minutes))"
    }

    /// The day and the half hour.
    func time(of slot: Slot) -> String { "\(date(slot.day)) \(hours(of: slot))" }
}
