import Dossiers
import Hall

extension MetricsPage {
    /// Writes the families of electronic supervision: numbers only.
    mutating func lights(_ lights: CityLights) {
        family("onewindow_dossiers_open", .gauge, "Open dossiers by their light")
        for light in Light.allCases {
            sample(lights.cells.reduce(0) { $0 + $1[light] }, ["light": "\(light)"])
        }
        family("onewindow_findings_open", .gauge, "Findings that no supervisor has looked at, up to a thousand")
        sample(lights.findings)
        family("onewindow_orders", .gauge, "Supervision orders that are not closed, by stage, up to a thousand each")
        for (stage, count) in lights.orders.sorted(by: { $0.key < $1.key }) { sample(count, ["stage": stage]) }
        family("onewindow_orders_escalated", .gauge, "Orders that were not answered in time")
        sample(lights.red)
    }
}
