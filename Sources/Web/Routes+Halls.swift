import Accounts
import Hummingbird
import Vocabulary

/// The addresses of halls, windows and queues.
extension Routes {
    /// What everybody in a hall sees and does, and whoever follows it from afar.
    static func halls(_ router: Router<SiteContext>, _ site: Site) {
        router.get("/halls", use: HallsPage(site: site).get)
        router.get("/halls/{hall}", use: HallPage(site: site).get)
        router.get("/halls/{hall}/board", use: BoardScreen(site: site).get)
        router.get("/halls/{hall}/board/events", use: LiveStream(site: site).board)
        router.get("/halls/{hall}/windows/{window}", use: BoardScreen(site: site).display)
        router.get("/halls/{hall}/windows/{window}/events", use: LiveStream(site: site).display)
        router.get("/halls/{hall}/kiosk", use: Kiosk(site: site).get)
        router.get("/halls/{hall}/kiosk/items", use: Kiosk(site: site).items)
        router.get("/halls/{hall}/kiosk/ticket", use: Kiosk(site: site).ask)
        router.post("/halls/{hall}/kiosk/ticket", use: Kiosk(site: site).take)
        router.get("/halls/{hall}/kiosk/tickets/{ticket}", use: Kiosk(site: site).slip)
        router.get("/halls/{hall}/tickets/{ticket}", use: TicketPage(site: site).get)
        router.post("/halls/{hall}/tickets/{ticket}/cancellation", use: TicketPage(site: site).cancel)
        router.post("/halls/{hall}/tickets/{ticket}/return", use: TicketPage(site: site).rejoin)
    }

    /// A ticket by phone, and appointments: under a real name.
    static func booking(_ group: RouterGroup<PortalContext>, _ site: Site) {
        group.post("/halls/{hall}/tickets", use: HallPage(site: site).take)
        let page = AppointmentsPage(site: site)
        group.get("/halls/{hall}/appointments", use: page.get)
        group.post("/halls/{hall}/appointments", use: page.post)
        group.post("/halls/{hall}/appointments/{appointment}/cancellation", use: page.cancel)
        group.post("/halls/{hall}/appointments/{appointment}/arrival", use: page.arrive)
    }

    /// Those who sit at windows.
    static func queue(_ group: RouterGroup<SeatContext>, _ site: Site) {
        let desk = QueueDesk(site: site)
        group.get("/window/queue", use: desk.get)
        group.get("/window/queue/applicant", use: desk.applicant)
        group.post("/window/queue/{deed}", use: desk.post)
        group.post("/window/seat", use: desk.open)
        group.post("/window/seat/pause", use: desk.pause)
        group.post("/window/seat/closing", use: desk.close)
        group.get("/window/triage", use: TriageDesk(site: site).get)
        group.post("/window/triage", use: TriageDesk(site: site).post)
        group.get("/window/triage/{hall}/{ticket}", use: TriageDesk(site: site).slip)
    }

    /// Those who set halls up.
    static func hallDesk(_ group: RouterGroup<AdministratorContext>, _ site: Site) {
        group.get("/office/halls", use: HallsDesk(site: site).get)
        group.post("/office/halls", use: HallsDesk(site: site).post)
        group.get("/office/halls/{hall}", use: HallsDesk(site: site).show)
        group.get("/office/halls/{hall}/minutes", use: MinutesPage(site: site).get)
        group.post("/office/halls/{hall}/{deed}", use: HallsDesk(site: site).deed)
    }
    /// What happened to a ticket.
    static func traces(_ group: RouterGroup<TraceContext>, _ site: Site) {
        group.get("/office/halls/{hall}/tickets/{ticket}", use: TracePage(site: site).get)
    }
}

/// Whoever sets halls up or sees the figures of their queues.
typealias TraceContext = RoleContext<TraceRoles>
enum TraceRoles: DoorRoles { static let roles: [Role] = AdministratorRoles.roles + OverseerRoles.roles }
