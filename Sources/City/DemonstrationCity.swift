package import Accounts
import Catalogue
import Certificates
package import Hall
import Store
import Vocabulary

/// The demonstration city: every guide that ships, published at every body that holds the power; a handful of people,
/// firms and staff with accounts; and the certificates that some of them hold already. Everything is fictitious and
/// marked so.
package struct DemonstrationCity: Sendable {
    /// The password of every demonstration account.
    package static let password = "yichuang-2018"

    /// One account, for the list that a newcomer is shown.
    package struct Login: Sendable {
        package let login: String
        package let who: String
        package let whoEnglish: String
        package let isStaff: Bool
    }

    let hall: Hall
    private let passwords: PasswordWorkers
    private let key: AccountKey
    private let hasRealList: Bool
    let progress: @Sendable (String) -> Void

    /// A city that fills a hall; `hasRealList` says whether the 1,133 items of the real list are published as well.
    package init(
        hall: Hall, passwords: PasswordWorkers, key: AccountKey, hasRealList: Bool,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.hasRealList = hasRealList
        self.hall = hall
        self.passwords = passwords
        self.key = key
        self.progress = progress
    }

    /// The demonstration accounts, people first.
    package static var logins: [Login] {
        DemonstrationPeople.citizens.map {
            Login(login: $0.login, who: $0.who, whoEnglish: $0.whoEnglish, isStaff: false)
        }
            + DemonstrationPeople.staff.map {
                Login(login: $0.login, who: $0.who, whoEnglish: $0.whoEnglish, isStaff: true)
            }
    }

    /// Fills the city unless it is there already; true when something was written.
    package func fill() async throws -> Bool {
        let first = DemonstrationPeople.staff[0].login
        let isThere = try await hall.store.read { tx in
            try LoginName(first).flatMap { try AccountTable.account($0, in: tx) } != nil
        }
        let catalogue = try DemonstrationCatalogue.shipped()
        // A house of an earlier version has people and guides, and no halls yet.
        if isThere { return try await openHalls(catalogue.composer.directory) }
        try await publish(catalogue)
        try await registerKinds()
        try await registerPeople(catalogue)
        try await registerStaff(catalogue)
        _ = try await openHalls(catalogue.composer.directory)
        return true
    }

    private func publish(_ catalogue: DemonstrationCatalogue) async throws {
        progress("publishing \(catalogue.guides.count) guides")
        for sheet in catalogue.sheets {
            let guides = try catalogue.composer.guides(of: sheet)
            let (id, sheetID, stamp) = (hall.ids.next(), hall.ids.next(), hall.stamp(of: .platform))
            try await hall.store.write { tx in
                try ItemTable.publish(guides, effective: stamp.now.day, id: id, stamp: stamp, in: tx)
                try SheetTable.add(sheet, as: sheetID, state: .published, by: nil, now: stamp.now, in: tx)
            }
        }
        if hasRealList { try await publishRealList(catalogue.composer) }
    }

    private func publishRealList(_ composer: GuideComposer) async throws {
        let list = try DemonstrationCatalogue.realList()
        let progress = progress
        progress("taking in the \(list.rows.count) items of a real list")
        _ = try await hall.importItems(list, composer)
        _ = try await hall.completeForDemonstration(try .shipped(), composer) { count in
            progress("published \(count) guides of them")
        }
    }

    private func registerKinds() async throws {
        let file = try KindFile(try CertificateTypeSpec.shippedFile())
        guard file.refused.isEmpty else { throw Fault.misconfigured("a type of certificate that ships is not whole") }
        progress("registering \(file.kinds.count) types of certificate")
        try await hall.take(file.kinds)
    }

    private func registerPeople(_ catalogue: DemonstrationCatalogue) async throws {
        progress("registering people, firms and what they hold")
        let hash = try await passwordHash()
        for person in DemonstrationPeople.citizens {
            let citizen = try person.citizen(PersonID(hall.ids.next()))
            try await register(.citizen(citizen), login: person.login, hash)
            for held in DemonstrationPeople.papers(of: citizen, qualification: person.qualification) {
                try await hold(held, of: citizen.id, catalogue)
            }
            for firm in person.firms {
                let legal = try firm.legalPerson(PersonID(hall.ids.next()), representative: citizen)
                try await register(.legalPerson(legal), login: nil, hash)
                try await authorise(citizen.id, for: legal.id)
                try await hold(DemonstrationPeople.businessLicence(legal), of: legal.id, catalogue)
            }
        }
    }

    private func register(_ person: Person, login: String?, _ hash: PasswordHash) async throws {
        let (key, deed) = (key, deed())
        try await hall.store.write { tx in
            try PersonTable.register(person, key: key, by: deed, in: tx)
            if let name = login.flatMap(LoginName.init) {
                try AccountTable.open(
                    Account(login: name, password: hash, holder: .person(person.id)), by: deed, in: tx)
            }
        }
    }

    /// A letter with which the firm lets its representative file from her own account.
    private func authorise(_ agent: PersonID, for firm: PersonID) async throws {
        let today = hall.time.now().day
        let letter = try Agency(
            AgencyID(hall.ids.next()), principal: firm, agent: agent, items: .all,
            term: try Term(from: today, until: today.advanced(byMonths: 60)))
        let deed = deed()
        try await hall.store.write { tx in try AgencyTable.give(letter, by: deed, in: tx) }
    }

    /// Who issues a type in the city: the police its identity cards, the others by their departments.
    private func issuer(of type: String, _ catalogue: DemonstrationCatalogue) -> (code: CreditCode, name: String)? {
        if type.hasPrefix("11100000MADEM40121") {
            return CreditCode("11350100MADEM40128").map { ($0, "福州市公安局(示例)") }
        }
        let department = type.hasPrefix("11100000MADEM4020U") ? "housing" : "market"
        let body = catalogue.composer.directory.bodies.first { $0.department == department && $0.region == .fuzhou }
        return body.map { ($0.code, $0.name) }
    }

    private func hold(
        _ sample: DemonstrationPeople.Held, of holder: PersonID, _ catalogue: DemonstrationCatalogue
    ) async throws {
        guard let type = catalogue.certificateTypes.first(where: { $0.code == sample.type }),
            let issuer = issuer(of: type.code, catalogue),
            let identifier = CertificateIdentifier(
                type: type.code, issuer: issuer.code, serial: sample.serial, version: 1)
        else { throw CertificateRefusal.unknownType }
        let first = hall.time.now().day.advanced(byMonths: -12)
        let rule = try await hall.certificateKind(type.code)?.validity ?? .longTerm
        let reservation = Certificate.Reservation(
            identifier: identifier, holder: holder, origin: nil, validFrom: first,
            validUntil: try rule.lastDay(from: first, face: sample.face))
        let personal = Certificate.Personal(
            holder: sample.holder, names: (type.name, issuer.name), face: sample.face)
        _ = try await hall.takeOver(reservation, personal)
    }

    private func registerStaff(_ catalogue: DemonstrationCatalogue) async throws {
        progress("registering staff")
        let hash = try await passwordHash()
        let today = hall.time.now().day
        for (index, member) in DemonstrationPeople.staff.enumerated() {
            let staff = try member.staff(StaffID(hall.ids.next()), number: index + 1)
            let department = member.department.flatMap { department in
                catalogue.composer.directory.bodies.first {
                    $0.department == department && $0.region == member.bodyRegion
                }?.code
            }
            let grants = try member.roles.map { role in
                Grant(
                    GrantID(hall.ids.next()), staff: staff.id, role: role,
                    extent: Grant.Extent(department: department, region: member.bodyRegion),
                    term: try Term(from: today, until: nil))
            }
            let deed = deed()
            try await hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                for grant in grants { try GrantTable.give(grant, by: deed, in: tx) }
                if let name = LoginName(member.login) {
                    try AccountTable.open(
                        Account(login: name, password: hash, holder: .staff(staff.id)), by: deed, in: tx)
                }
            }
        }
    }

    private func passwordHash() async throws -> PasswordHash {
        guard let login = LoginName("demonstration") else { throw Fault.corrupt("a login name that is none") }
        return try await passwords.hash(try Password(Self.password, login: login), dice: hall.dice)
    }

    private func deed() -> Deed {
        Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice))
    }
}
