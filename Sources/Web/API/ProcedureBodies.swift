import Accounts
import Dossiers
import Hall
import Vocabulary

/// The body of a deed that says a command by itself.
protocol CommandBody: JSONBody, Sendable {
    func command(_ hall: Hall) async throws -> DossierCommand
}

/// The bodies of the deeds of procedures, as programs send them.
enum ProcedureBody {
    struct Beginning: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("procedure", .one(of: SpecialProcedure.self)),
            .must("days", .days),
            .must("note", .reason),
        ]
        let procedure: SpecialProcedure
        let days: Int
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .special(.begin(procedure, days: days, note: note)) }
    }

    struct Prolongation: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("procedure", .one(of: SpecialProcedure.self)),
            .must("days", .days),
            .must("note", .reason),
        ]
        let procedure: SpecialProcedure
        let days: Int
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .special(.prolong(procedure, days: days, note: note)) }
    }

    struct Result: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("procedure", .one(of: SpecialProcedure.self)),
            .must("isFavourable", .flag),
            .may("staff", .employees),
            .may("standard", .words),
            .must("note", .reason),
        ]
        let procedure: SpecialProcedure
        let isFavourable: Bool
        /// Employee numbers.
        let staff: [String]?
        let standard: String?
        let note: String

        func command(_ hall: Hall) async throws -> DossierCommand {
            let finding = SpecialRecord.Finding(
                isFavourable: isFavourable, staff: try await hall.staff(numbered: staff ?? []), standard: standard)
            return .special(.end(procedure, finding, note: note))
        }
    }

    struct HearingNotice: CommandBody {
        static let members: [JSONShape.Member] = [.must("note", .reason)]
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .hearing(.tell(note: note)) }
    }

    struct HearingPlan: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("day", .day),
            .must("time", .minute),
            .must("place", .reason),
            .must("chair", .employee),
        ]
        let day: String
        let time: String
        let place: String
        /// An employee number.
        let chair: String

        func command(_ hall: Hall) async throws -> DossierCommand {
            let said = PostedForm(fields: ["day": [day], "time": [time]])
            let (day, minute) = (try said.day("day"), try said.minute("time"))
            guard let chair = try await hall.staff(numbered: [chair]).first else { throw AccountRefusal.staffNotFound }
            return .hearing(.schedule(Hearing.Plan(day: day, minute: minute, place: place, chair: chair)))
        }
    }

    struct HearingRecord: CommandBody {
        static let members: [JSONShape.Member] = [.must("note", .reason)]
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .hearing(.record(note: note)) }
    }

    struct ExtensionRequest: CommandBody {
        static let members: [JSONShape.Member] = [.must("value", .days), .must("note", .reason)]
        /// In the unit of the statutory limit.
        let value: Int
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .extend(.request(value: value, note: note)) }
    }

    struct ExtensionAnswer: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("isApproved", .flag),
            .may("value", .days),
            .must("authority", .one(of: Extension.Authority.self)),
            .must("note", .reason),
        ]
        let isApproved: Bool
        let value: Int?
        let authority: Extension.Authority
        let note: String

        func command(_ hall: Hall) -> DossierCommand {
            isApproved
                ? .extend(.approve(value: value ?? 0, by: authority, note: note))
                : .extend(.deny(by: authority, note: note))
        }
    }

    struct ThirdParty: CommandBody {
        static let members: [JSONShape.Member] = [.must("name", .reason), .must("matter", .reason)]
        let name: String
        let matter: String

        func command(_ hall: Hall) -> DossierCommand { .party(.inform(name: name, matter: matter)) }
    }

    struct Statement: CommandBody {
        static let members: [JSONShape.Member] = [.must("party", .whole(0...999)), .must("note", .reason)]
        /// Counted from nought, in the order in which they were informed.
        let party: Int
        let note: String

        func command(_ hall: Hall) -> DossierCommand { .party(.hear(party: party, statement: note)) }
    }

    struct Verification: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("isKept", .flag),
            .must("staff", .employees),
            .must("note", .reason),
        ]
        let isKept: Bool
        /// Employee numbers.
        let staff: [String]
        let note: String

        func command(_ hall: Hall) async throws -> DossierCommand {
            .commitment(.verify(isKept: isKept, staff: try await hall.staff(numbered: staff), note: note))
        }
    }

    struct VerificationNotice: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("day", .day),
            .must("time", .minute),
            .must("place", .reason),
            .must("staff", .employees),
        ]
        let day: String
        let time: String
        let place: String
        /// Employee numbers.
        let staff: [String]

        func command(_ hall: Hall) async throws -> DossierCommand {
            let said = PostedForm(fields: ["day": [day], "time": [time]])
            return .commitment(
                .announce(
                    Dossiers.Verification.Visit(
                        day: try said.day("day"), minute: try said.minute("time"), place: place,
                        staff: try await hall.staff(numbered: staff))))
        }
    }

    struct LicenceEnding: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("kind", .one(of: LicenceEnd.Kind.self)),
            .must("ground", .one(of: LicenceEnd.grounds)),
            .may("sparesPublicInterest", .flag),
            .must("note", .reason),
        ]
        let kind: LicenceEnd.Kind
        let ground: String
        let sparesPublicInterest: Bool?
        let note: String

        func command(_ hall: Hall) throws -> DossierCommand {
            guard let end = LicenceEnd(kind, ground: ground) else { throw APIRefusal.groundUnfit }
            return .licence(.end(end, sparesPublicInterest: sparesPublicInterest ?? false, note: note))
        }
    }

    struct OverrunExplaining: CommandBody {
        static let members: [JSONShape.Member] = [.must("limit", .one(of: ClockLimit.self)), .must("text", .reason)]
        let limit: ClockLimit
        let text: String

        func command(_ hall: Hall) -> DossierCommand { .overrun(.explain(limit, text: text)) }
    }
}

/// What clerks and applicants say in procedures.
enum CounterBody {
    struct Mending: CommandBody {
        static let members: [JSONShape.Member] = [.must("materials", .materials)]
        let materials: [String]

        func command(_ hall: Hall) -> DossierCommand { .mend(materials.sorted().map { HandedIn($0, .paper) }) }
    }

    struct TolerantAcceptance: CommandBody {
        static let members: [JSONShape.Member] = [
            .must("materials", .materials),
            .must("days", .days),
            .must("undertaking", .one(of: Undertaking.self)),
        ]
        let materials: [String]
        let days: Int
        let undertaking: Undertaking

        enum Undertaking: String, Decodable, CaseIterable { case paper, online }

        func command(_ hall: Hall) -> DossierCommand {
            .tolerance(
                .accept(lagging: materials, days: days, undertaking: undertaking == .paper ? .paper : .answers))
        }
    }

    struct LaggingMaterials: CommandBody {
        static let members: [JSONShape.Member] = [.must("materials", .materials)]
        let materials: [String]

        func command(_ hall: Hall) -> DossierCommand {
            .tolerance(.supply(materials.sorted().map { HandedIn($0, .paper) }))
        }
    }

    struct HearingRequest: CommandBody {
        static let members: [JSONShape.Member] = []

        func command(_ hall: Hall) -> DossierCommand { .hearing(.request) }
    }

    struct HearingWaiver: CommandBody {
        static let members: [JSONShape.Member] = []

        func command(_ hall: Hall) -> DossierCommand { .hearing(.waive) }
    }
}
