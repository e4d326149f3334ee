import Accounts
import Catalogue
import City
import Delivery
import Documents
import Exchange
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Logging
import Signing
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// A whole site on a store with the demonstration city in it.
struct DoorHouse: Sendable {
    let site: Site
    let hall: Hall
    let clock = DoorClock()

    static func open(
        on place: StoreUnderTest = .sqlite, faults: FaultPlan? = nil, courier: CourierAccount? = nil,
        postman: Postman? = nil, _ body: (DoorHouse) async throws -> Void
    ) async throws {
        // The city is filled once; each embedded house is a copy of it.
        let city = place.dialect == .sqlite ? try await FilledCity.shared.path() : nil
        try await place.withDatabase { database in
            if let city { try FileManager.default.copyItem(atPath: city, toPath: database.address) }
            try await database.use(faults: faults) { store in
                let house = try DoorHouse(store, courier: courier, postman: postman)
                if city == nil { try await house.fill() }
                try await body(house)
            }
        }
    }

    fileprivate init(_ store: any Store, courier: CourierAccount? = nil, postman: Postman? = nil) throws {
        let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
        var hall = try Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: clock.source, dice: .system),
            signers: try SimulationSigners(seed: 1), files: try BlobFiles(directory: try TestFolder.fresh()))
        hall.courier = courier
        hall.nameKey = key
        (hall.postman, hall.deliversHere) = (postman, postman != nil)
        self.hall = hall
        let passwords = PasswordWorkers()
        site = try Site(
            hall: hall,
            interior: Interior(
                tables: .shipped(), assets: .shipped(), siteChinese: "福州市政务服务", siteEnglish: "Fuzhou"),
            entrance: (SignIn(store: store, passwords: passwords, key: key), key, isSecure: false),
            press: Press(
                try Typeface(), song: try Typeface(path: Typeface.songPath),
                address: try SiteAddress("https://ow.example"))
        ) { try TrustedKeys([]) }
    }

    fileprivate func fill() async throws {
        _ = try await hall.store.migrate(Hall.migrations, now: Instant(milliseconds: 0))
        let city = DemonstrationCity(
            hall: hall, passwords: PasswordWorkers(), key: site.accountKey, hasRealList: false
        ) { _ in }
        #expect(try await city.fill())
    }

    /// The organisation with a credit code, without a look.
    func person(_ code: String) async throws -> Person {
        try await person(.organisation(try #require(CreditCode(code))))
    }

    /// The person with a number, without a look.
    func person(_ number: PersonNumber) async throws -> Person {
        let found = try await hall.store.read { [key = site.accountKey] tx in
            try PersonTable.find(number, key: key, in: tx).flatMap { try PersonTable.person($0, in: tx) }
        }
        return try #require(found)
    }

    var app: some ApplicationProtocol {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(router: Routes.router(site), logger: logger)
    }
}

/// The file of a city that was filled once for all tests.
private actor FilledCity {
    static let shared = FilledCity()

    private var filling: Task<String, any Error>?

    func path() async throws -> String {
        if let filling { return try await filling.value }
        let task = Task {
            let store = try await StoreUnderTest.sqlite.open()
            try await DoorHouse(store).fill()
            let path = try TestFolder.fresh() + "/city.sqlite"
            try await store.copy(to: path, migrations: Hall.migrations)
            await store.close()
            return path
        }
        filling = task
        return try await task.value
    }
}

/// The clock of a house: stands until it is moved.
final class DoorClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_500_000_000)

    var source: TimeSource { TimeSource { [self] in Instant(milliseconds: milliseconds.withLock { $0 }) } }

    func move(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
}

extension TestClientProtocol {
    /// Signs in and answers the session's cookie.
    func signIn(_ login: String, staff: Bool) async throws -> String {
        let path = staff ? "/staff/sign-in" : "/sign-in"
        let form = try await execute(uri: path, method: .get)
        let nonce = try #require(form.headers[values: .setCookie].first { $0.hasPrefix("sign-in=") })
        let page = String(buffer: form.body)
        let token = try #require(page.firstMatch(of: /name="csrf" value="([0-9]+\.[0-9a-f]+)"/)).1
        let response = try await execute(
            uri: path, method: .post,
            headers: [.cookie: String(nonce.prefix { $0 != ";" }), .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: "login=\(login)&password=\(DemonstrationCity.password)&csrf=\(token)&back="))
        #expect(response.status == .seeOther || response.status.kind == .redirection)
        let session = try #require(response.headers[values: .setCookie].first { $0.hasPrefix("session=") })
        return String(session.prefix { $0 != ";" })
    }
}

extension TestResponse {
    /// The stable code that a refusal's page names; nil where there is none.
    var code: String? {
        String(buffer: body).firstMatch(of: /(?:Reference: |参考编号：)([a-z0-9.-]+)/).map { String($0.1) }
    }

    /// A page that says what was refused, with its status and its code.
    func expect(
        refusal: any Refusal, _ what: String = "", at location: SourceLocation = #_sourceLocation
    ) {
        #expect(status.code == refusal.kind.rawValue, "\(what)", sourceLocation: location)
        expect(code: refusal.code, what, at: location)
    }

    /// A page that names this code, with a way out and nothing of the machinery.
    func expect(code: String, _ what: String = "", at location: SourceLocation = #_sourceLocation) {
        #expect(self.code == code, "\(what)", sourceLocation: location)
        #expect(String(buffer: body).contains("<main"), "\(what)", sourceLocation: location)
        expectNoMachinery(what, at: location)
    }

    /// Never a stack trace, a statement, a file of ours or the name of an error.
    func expectNoMachinery(_ what: String = "", at location: SourceLocation = #_sourceLocation) {
        let text = String(buffer: body)
        for word in [".swift", "Fault.", "Refusal.", "SELECT ", "INSERT ", "sqlite", "postgres", "Thread 0", "Fatal"] {
            #expect(!text.contains(word), "\(word) \(what)", sourceLocation: location)
        }
    }
}

extension Hall {
    /// Somebody, without a look: for tests that want to know her.
    func person(_ id: PersonID) async throws -> Person? {
        try await store.read { tx in try PersonTable.person(id, in: tx) }
    }
}
