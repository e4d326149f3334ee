import Supervision
import Vocabulary

/// The addresses of electronic supervision.
extension Paths {
    static let supervision = "/office/supervision"
    static let supervisionEvents = supervision + "/board/events"
    static let lightTerms = supervision + "/lights"
    static func findings(_ state: Finding.State = .open) -> String { "\(supervision)/findings?state=\(state.rawValue)" }
    static func supervised(_ id: DossierID) -> String { "\(supervision)/cases/\(id)" }
    static let orders = "/office/orders"
    static func orders(at stage: SupervisionOrder.Stage.Name) -> String { "\(orders)?stage=\(stage.rawValue)" }
    static func orders(about id: DossierID) -> String { "\(orders)?case=\(id)" }
    static func order(_ id: OrderID) -> String { "\(orders)/\(id)" }
}
