import Accounts
import Catalogue
import Hall
import Store
import Vocabulary
import Windows

/// Who works in a simulated city: clerks and issuing clerks in every hall, those who examine and decide at every body,
/// each with the grants of her work and an account of her own. All are fictitious.
struct CityStaff: Sendable {
    /// One member of staff with what was granted.
    struct Member: Sendable {
        let staff: Staff
        let grants: [Grant]

        func performer(on day: CivilDate) -> Performer { .staff(staff, grants: grants, today: day) }

        /// As she sits at her desk.
        func guest(at now: Instant) -> Hall.Guest { Hall.Guest(atWork: staff, grants: grants, at: now) }
    }

    /// Where somebody works: a hall, or a body in its place.
    private struct Post: Hashable {
        let role: Role
        let region: Region
        let department: String
    }

    /// How many there are at a post, at the least: the city's own hall has more windows.
    private static func count(_ role: Role, in region: Region) -> Int {
        switch role {
        case .clerk: region == .fuzhou ? 6 : 3
        case .issuingClerk: region == .fuzhou ? 3 : 1
        // The last of them examines nothing: she looks into what is said of her colleagues' work.
        case .reviewer: 3
        default: 1
        }
    }

    private var posts: [Post: [Member]] = [:]

    /// Registers everybody through the hall: somebody for each of the windows that are needed, too. `hash` is of the
    /// demonstration's password.
    init(
        _ hall: Hall, _ directory: Directory, windows: [CityQueue.Key: Int], hash: PasswordHash, seed: UInt64
    ) async throws {
        var dice = CityDice(seed, 0x57AF)
        var number = 0
        for centre in directory.halls {
            for role in [Role.clerk, .issuingClerk] {
                let need: Capability = role == .clerk ? .comprehensive : .issuing
                let needed = windows[CityQueue.Key(hall: HallCode(centre.region), need: need)] ?? 0
                for place in 0..<max(needed, Self.count(role, in: centre.region)) {
                    number += 1
                    let login = "\(role == .clerk ? "clerk" : "issue")-\(centre.region.code)-\(place + 1)"
                    let extent = Grant.Extent(region: centre.region)
                    try await register(hall, (role, extent, centre.region, ""), number, login, hash, &dice)
                }
            }
        }
        for body in directory.bodies {
            for role in [Role.reviewer, .decider] {
                for place in 0..<Self.count(role, in: body.region) {
                    number += 1
                    let name = role == .reviewer ? "examine" : "decide"
                    let login = "\(name)-\(body.department)-\(body.region.code)-\(place + 1)"
                    let extent = Grant.Extent(department: body.code, region: body.region)
                    try await register(hall, (role, extent, body.region, body.code.code), number, login, hash, &dice)
                }
            }
        }
        for region in Self.supervised {
            number += 1
            let extent = Grant.Extent(region: region)
            try await register(hall, (.supervisor, extent, region, ""), number, "supervise-\(region.code)", hash, &dice)
        }
    }

    /// Those who supervise the city, and the province's bodies.
    private static let supervised: [Region] = [.fuzhou, .fujian]

    private mutating func register(
        _ hall: Hall, _ work: (role: Role, extent: Grant.Extent, region: Region, department: String), _ number: Int,
        _ login: String, _ hash: PasswordHash, _ dice: inout CityDice
    ) async throws {
        let holder = try GeneratedHolders.person(CityPeople.firstNumber - 1 - number)
        guard let name = FullName(holder.name), let employee = EmployeeNumber("SIM-\(10_000 + number)"),
            let login = LoginName(login)
        else { throw Fault.corrupt("a simulated member of staff without a name") }
        let id = StaffID(hall.ids.next())
        let staff = Staff(id, name: name, employeeNumber: employee, region: work.region, citizenID: holder.number)
        let grant = Grant(
            GrantID(hall.ids.next()), staff: id, role: work.role, extent: work.extent,
            term: try Term(from: hall.time.now().day, until: nil))
        let deed = Deed(by: .platform, now: hall.time.now(), entropy: Entropy(dice.forHall()))
        try await hall.store.write { tx in
            try StaffTable.register(staff, by: deed, in: tx)
            try GrantTable.give(grant, by: deed, in: tx)
            try AccountTable.open(Account(login: login, password: hash, holder: .staff(id)), by: deed, in: tx)
        }
        posts[Post(role: work.role, region: work.region, department: work.department), default: []]
            .append(Member(staff: staff, grants: [grant]))
    }

    /// Somebody at a hall, or who works for a whole place.
    func member(_ role: Role, at hall: Region, _ dice: inout CityDice) throws -> Member {
        try member(Post(role: role, region: hall, department: ""), &dice)
    }

    /// Everybody at a hall.
    func members(_ role: Role, at hall: Region) -> [Member] {
        posts[Post(role: role, region: hall, department: "")] ?? []
    }

    /// Somebody of a body who decides there.
    func decider(of body: CreditCode, in region: Region, _ dice: inout CityDice) throws -> Member {
        try member(Post(role: .decider, region: region, department: body.code), &dice)
    }

    /// Somebody of a body who examines there.
    func examiner(of body: CreditCode, in region: Region, _ dice: inout CityDice) throws -> Member {
        let those = examiners(of: body, in: region)
        guard !those.isEmpty else { throw Fault.corrupt("nobody examines at \(body.code)") }
        return those[dice.number(0...those.count - 1)]
    }

    /// Who looks into what is said of an examination: somebody who examines nothing.
    func listener(of body: CreditCode, in region: Region) throws -> Member {
        let post = Post(role: .reviewer, region: region, department: body.code)
        guard let last = posts[post]?.last else { throw Fault.corrupt("nobody examines at \(body.code)") }
        return last
    }

    /// All who examine at a body.
    func examiners(of body: CreditCode, in region: Region) -> [Member] {
        (posts[Post(role: .reviewer, region: region, department: body.code)] ?? []).dropLast()
    }

    /// Who rules on what is said of a body: whoever supervises the city, or for the province's bodies the province.
    func supervisor(of region: Region, _ dice: inout CityDice) throws -> Member {
        try member(.supervisor, at: region == .fujian ? .fujian : .fuzhou, &dice)
    }

    private func member(_ post: Post, _ dice: inout CityDice) throws -> Member {
        guard let those = posts[post], !those.isEmpty else { throw Fault.corrupt("nobody works at \(post)") }
        return those[dice.number(0...those.count - 1)]
    }
}
