import Accounts
import Hall
import Hummingbird
import Vocabulary

/// `PUT /api/v1/officers/{code}`: a partner says who an official of its organisation is, before it speaks for her.
struct OfficersAPI {
    /// The header by which a partner names the official who did what it reports.
    static let header = "Onewindow-Officer"
    let site: Site

    struct Naming: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("name", .reason),
            .must(
                "citizenID", .citizenID.about("By which her own matters are known, and what she did elsewhere.")),
        ]
        let name: String
        let citizenID: String
    }

    func put(_ request: Request, _ context: PartnerContext) async throws -> Response {
        guard PartnerScope.allCases.contains(where: { $0.power != nil && context.partner.has($0) }) else {
            throw PartnerRefusal.scopeMissing
        }
        let naming = try await Naming(request)
        guard let code = OfficerCode(try context.parameters.require("code")), let name = FullName(naming.name),
            let number = CitizenID(naming.citizenID)
        else { throw PartnerRefusal.officerUnfit }
        try await site.hall.name(PartnerOfficer(code, name: name, citizenID: number), of: context.partner)
        return .noContent
    }
}

extension Response {
    /// Done, and nothing to say.
    static var noContent: Response {
        var response = Response(status: .noContent)
        response.headers[.contentLength] = nil
        return response
    }
}
