import Accounts
import Hummingbird

/// The addresses of electronic supervision.
extension Routes {
    /// Lights, findings and orders, for those who supervise, govern or lead.
    static func supervision(_ group: RouterGroup<OverseerContext>, _ site: Site) {
        group.get("/office/supervision", use: SupervisionPage(site: site).get)
        group.get("/office/supervision/{view}/events", use: SupervisionPage(site: site).events)
        group.get("/office/supervision/findings", use: FindingsPage(site: site).get)
        group.get("/office/supervision/cases/{dossier}", use: SupervisedCasePage(site: site).get)
        group.post("/office/supervision/cases/{dossier}/{deed}", use: SupervisedCasePage(site: site).post)
    }

    /// From when lights are yellow.
    static func lightTerms(_ group: RouterGroup<SupervisorContext>, _ site: Site) {
        group.get("/office/supervision/lights", use: LightTermsPage(site: site).get)
        group.post("/office/supervision/lights", use: LightTermsPage(site: site).post)
    }

    /// Orders, for those who give them and those who answer them.
    static func orders(_ group: RouterGroup<OrderContext>, _ site: Site) {
        group.get("/office/orders", use: OrdersPage(site: site).get)
        group.get("/office/orders/{order}", use: OrderPage(site: site).get)
        group.post("/office/orders/{order}/{deed}", use: OrderPage(site: site).post)
    }

    /// The figures of the city, for those who supervise, govern or lead.
    static func statistics(_ group: RouterGroup<OverseerContext>, _ site: Site) {
        let page = StatisticsPage(site: site)
        group.get("/office/statistics", use: page.get)
        group.get("/office/statistics.csv", use: page.csv)
        group.get("/office/statistics.xlsx", use: page.workbook)
        group.get("/office/statistics/report", use: page.report)
        group.get("/office/statistics/cases", use: StatisticsCases(site: site).get)
        let queues = QueuesPage(site: site)
        group.get("/office/statistics/queues", use: queues.get)
        group.get("/office/statistics/queues.csv", use: queues.csv)
        group.get("/office/statistics/queues.xlsx", use: queues.workbook)
        group.get("/office/statistics/queues/visits", use: QueueVisits(site: site).get)
        let time = BottlenecksPage(site: site)
        group.get("/office/bottlenecks", use: time.get)
        group.get("/office/bottlenecks.csv", use: time.csv)
        group.get("/office/bottlenecks.xlsx", use: time.workbook)
        group.get("/office/bottlenecks/cases", use: BottleneckCases(site: site).get)
    }
}

/// Somebody who supervises.
typealias SupervisorContext = RoleContext<SupervisorRoles>
enum SupervisorRoles: DoorRoles { static let roles: [Role] = [.supervisor] }

/// Whoever gives supervision orders, answers them, or is told of those that were not answered.
typealias OrderContext = RoleContext<OrderRoles>
enum OrderRoles: DoorRoles {
    static let roles: [Role] = [.reviewer, .decider, .head, .governmentHead, .supervisor]
}
