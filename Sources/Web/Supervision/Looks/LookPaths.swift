import Supervision
import Vocabulary

/// The addresses of the access ledger.
extension Paths {
    /// A person's own page, of one case or certificate where it is said.
    static let looks = "/looks"
    static func looks(at thing: Subject) -> String { "\(looks)?of=\(thing)" }
    static func look(_ id: Subject) -> String { "\(looks)/\(id)" }

    /// What is unusual, for supervisors.
    static let lookBoard = "/office/looks"
    static func lookBoard(_ month: Month) -> String { "\(lookBoard)?month=\(month)" }
    /// The looks behind a count; nil for those of every body.
    static func patterns(_ pattern: LookPattern, in month: Month, of body: CreditCode??) -> String {
        let all = "\(lookBoard)/patterns/\(pattern.rawValue)?month=\(month)"
        guard let body else { return all }
        return all + "&body=\(body?.code ?? "window")"
    }
    static func demand(_ look: Subject) -> String { "\(lookBoard)/demands/\(look)" }

    static let inquiries = "\(lookBoard)/questions"
    static func inquiries(at stage: LookInquiry.Stage) -> String { "\(inquiries)?stage=\(stage.rawValue)" }
    static func inquiry(_ id: LookInquiryID) -> String { "\(inquiries)/\(id)" }

    static let relatives = "/office/relatives"
    static func relatives(of number: String) -> String { "\(relatives)?staff=\(number)" }
}
