import Accounts
import Catalogue
import Dossiers
import Hall
import Vocabulary

/// An application as a program sends it.
struct ApplicationBody: JSONBody {
    /// LIMIT: bytes; every answer of a long form fits.
    static let bytesMax = 256 * 1024
    static let members: [JSONShape.Member] = [
        .may("principal", .words.about("The number of her for whom a citizen acts; missing where it is she herself.")),
        .may("applicant", .body(Named.members).about("From partners: whose matter it is.")),
        .may("agent", .body(Individual.members).about("From partners: who acts for her; for an organisation always.")),
        .may("situation", .table(.words).about("The choice for each question of the guide.")),
        .must("answers", .table(.answer).about("By the ids of the form's fields, as the form's own schema has them.")),
        .may("materials", .list(.body(Material.members), max: Limits.uploadFilesMax)),
        .must("way", .body(Way.members)),
        .may("door", .body(Door.members).about("Where a courier brings the result.")),
        .may("commitment", .one(of: Commitment.self).about("Where the item offers one.")),
        .may("lagging", .materials.about("What follows later, where the guide allows it.")),
        .may("undertaking", .flag.about("What follows later will come in time.")),
        .may("truth", .flag.about("All of it is true: she answers for it.")),
        .may("despiteOpen", .flag.about("She knows that she has an open dossier for the item.")),
    ]

    let principal: String?
    let applicant: Named?
    let agent: Individual?
    let situation: [String: String]?
    let answers: [String: JSONValue]
    let materials: [Material]?
    let way: Way
    let door: Door?
    let commitment: Commitment?
    let lagging: [String]?
    let undertaking: Bool?
    let truth: Bool?
    let despiteOpen: Bool?

    /// The answers as a page posts them: whole numbers and yes or no as text, several choices joined by commas. Refuses
    /// what no field of a form can be.
    func typed() throws(APIRefusal) -> [String: String] {
        var typed: [String: String] = [:]
        for (id, answer) in answers { typed[id] = try Self.typed(answer) }
        return typed
    }

    private static func typed(_ answer: JSONValue) throws(APIRefusal) -> String {
        switch answer {
        case .text(let text): return text
        case .number(let number): return "\(number)"
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let choices):
            let texts = choices.compactMap(\.text)
            guard texts.count == choices.count, !texts.contains(where: { $0.contains(",") }) else { throw .malformed }
            return texts.joined(separator: ",")
        case .null, .record: throw .malformed
        }
    }

    enum Commitment: String, Decodable, CaseIterable { case signed, ordinary }

    struct Way: Decodable {
        static let members: [JSONShape.Member] = [
            .must("mode", .one(of: ServiceMode.all.map(\.id))), .must("delivery", .one(of: DeliveryMode.all.map(\.id))),
        ]
        let mode: String
        let delivery: String
    }

    struct Material: Decodable {
        static let members: [JSONShape.Member] = [
            .must("material", .reason), .must("files", .list(.id, min: 1, max: Limits.uploadFilesMax, isUnique: true)),
        ]
        let material: String
        let files: [String]
    }

    /// A citizen or an organisation.
    struct Named: Decodable {
        static let members: [JSONShape.Member] = [
            .may("citizen", .body(Individual.members)), .may("organisation", .body(Organisation.members)),
        ]
        let citizen: Individual?
        let organisation: Organisation?

        func person(_ site: Site) throws -> Person {
            switch (citizen, organisation) {
            case (let citizen?, nil): .citizen(try citizen.citizen(site))
            case (nil, let organisation?): .legalPerson(try organisation.person(site))
            default: throw PartnerRefusal.personUnfit
            }
        }
    }

    struct Individual: Decodable {
        static let members: [JSONShape.Member] = [
            .must("name", .reason), .must("number", .citizenID), .may("mobile", .mobile),
        ]
        let name: String
        let number: String
        let mobile: String?

        func citizen(_ site: Site) throws -> Citizen {
            guard let name = FullName(name), let number = CitizenID(number),
                mobile == nil || mobile.flatMap(MobileNumber.init) != nil
            else { throw PartnerRefusal.personUnfit }
            return Citizen(
                site.hall.expectedID(of: .citizen(number), key: site.accountKey), name: name, number: number,
                mobile: mobile.flatMap(MobileNumber.init))
        }
    }

    struct Organisation: Decodable {
        static let members: [JSONShape.Member] = [
            .must("name", .reason), .must("code", .creditCode), .must("kind", .one(of: LegalPersonKind.self)),
            .must("representative", .body(Individual.members)),
        ]
        let name: String
        let code: String
        let kind: String
        let representative: Individual

        func person(_ site: Site) throws -> LegalPerson {
            let citizen = try representative.citizen(site)
            guard let name = FullName(name), let code = CreditCode(code), let kind = LegalPersonKind(rawValue: kind)
            else { throw PartnerRefusal.personUnfit }
            return LegalPerson(
                site.hall.expectedID(of: .organisation(code), key: site.accountKey), name: name, code: code,
                kind: kind, representative: .init(name: citizen.name, number: citizen.number))
        }
    }

    struct Door: Decodable {
        static let members: [JSONShape.Member] = [
            .must("recipient", .reason), .must("mobile", .mobile), .must("division", .text("[0-9]{6}([0-9]{3}){0,2}")),
            .must("street", .reason),
        ]
        let recipient: String
        let mobile: String
        let division: String
        let street: String

        /// The address; nil where it is none, or none of the city's.
        func address(_ site: Site) -> PostalAddress? {
            var form = AddressForm(site)
            form.typed = [.recipient: recipient, .mobile: mobile, .division: division, .street: street]
            return form.address()
        }
    }

    /// The files by material. Refuses a material that stands twice or without a file, a file that stands twice, and
    /// more files than are taken in.
    func uploads() throws -> [(material: String, files: [UploadID])] { try Self.uploads(materials ?? []) }

    static func uploads(_ materials: [Material]) throws -> [(material: String, files: [UploadID])] {
        let asked = try files(materials).map { material, files in
            let ids = try files.map { text in
                guard let id = UploadID(text) else { throw DraftRefusal.uploadNotFound }
                return id
            }
            return (material: material, files: ids)
        }
        // An upload is handed in once.
        let all = asked.flatMap(\.files)
        guard Set(all).count == all.count else { throw APIRefusal.malformed }
        return asked
    }

    /// The files by material, as they are named. Refuses a material that stands twice or without a file, a file that
    /// stands twice in one, and more files than are taken in.
    static func files(_ materials: [Material]) throws -> [(material: String, files: [String])] {
        guard Set(materials.map(\.material)).count == materials.count else { throw APIRefusal.materialTwice }
        guard materials.reduce(0, { $0 + $1.files.count }) <= Limits.uploadFilesMax else {
            throw UploadRefusal.tooManyFiles
        }
        guard materials.allSatisfy({ !$0.files.isEmpty && Set($0.files).count == $0.files.count }) else {
            throw APIRefusal.malformed
        }
        return materials.map { ($0.material, $0.files) }
    }
}
