import Accounts
import Hummingbird
import Vocabulary

/// The addresses of the desk that assists, and of what an applicant does about it.
extension Paths {
    static let assist = "/assist"
    static let authorities = "/assist/authorities"
    static let letter = "/assist/letter"
    static func assist(_ id: DossierID) -> String { "/assist/dossiers/\(id)" }
    static func authority(_ letter: Assistance) -> String { "\(authorities)/\(letter.principal)/\(letter.id)" }
    /// Where one item is filed under an authority.
    static func filing(_ letter: Assistance, _ itemCode: String) -> String {
        "\(authority(letter))/items/\(itemCode)"
    }
    /// Where the applicant ends an authority.
    static func ending(_ letter: Assistance) -> String { "/assistances/\(letter.principal)/\(letter.id)/ending" }
}

/// A member of staff at the desk that assists.
typealias AssistantContext = RoleContext<AssistantRoles>
enum AssistantRoles: DoorRoles { static let roles: [Role] = [.assistant] }

extension RequestContext {
    /// Which authority a page is about; a text that is no id is nobody's.
    func authorityOnPage() throws -> (id: AssistanceID, principal: PersonID) {
        guard let id = AssistanceID(try parameters.require("authority")),
            let principal = PersonID(try parameters.require("principal"))
        else { throw DoorRefusal.noSuchPage }
        return (id, principal)
    }
}
