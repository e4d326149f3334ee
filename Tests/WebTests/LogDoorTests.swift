import Accounts
import Certificates
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Signing
import Store
import Testing
import Vocabulary

@testable import Web

/// The public log through the doors. With `LOG_FILES` the files are left in that folder for others' programs.
@Suite struct LogDoorTests {
    private static let name = "onewindow.example/log/certificates"

    /// A house with a log, its key, and a citizen's certificate in it.
    private struct LogHouse {
        let house: DoorHouse
        let site: Site
        let keeper: CertificateLogKeeper
        let sealer: Sealer

        init(_ house: DoorHouse) throws {
            self.house = house
            let key = try Ed25519PrivateKey(rawRepresentation: Array(repeating: 4, count: 32))
            let signer = try NoteSigner(name: LogDoorTests.name, key: key)
            sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
            keeper = CertificateLogKeeper(store: house.hall.store, sealer: sealer, origin: signer.verifierKey.name) {
                try Note.signed($0, by: [signer])
            }
            var site = house.site
            site.logKey = signer.verifierKey
            self.site = site
        }

        /// Takes so many certificates of a holder over, and signs a checkpoint; answers the last.
        func grow(by count: Int, from first: Int, holder: PersonID) async throws -> CertificateID? {
            let issuer = try #require(CreditCode("11350100MADEM002X0"))
            let today = house.hall.time.now().day
            var last: CertificateID?
            for number in first..<first + count {
                let identifier = try #require(
                    CertificateIdentifier(
                        type: "11350100MADEM002X0001", issuer: issuer, serial: "LOG\(number)", version: 1))
                last = try await house.hall.takeOver(
                    Certificate.Reservation(
                        identifier: identifier, holder: holder, origin: nil, validFrom: today, validUntil: nil),
                    Certificate.Personal(
                        holder: ("示例持证人", "350102188501010019", "111"), names: ("示例证书", "示例机构"), face: [:]))
            }
            let now = house.hall.time.now()
            while try await sealer.seal(now: now) > 0 {}
            while try await keeper.follow(now: now) > 0 {}
            _ = try await keeper.checkpoint(now: now)
            return last
        }

        func router() -> some ApplicationProtocol { Application(router: Routes.router(site)) }
    }

    /// Where others' programs look for the files; nil for nowhere.
    private static func leave(_ bytes: [UInt8], _ path: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["LOG_FILES"] else { return }
        let place = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
    }

    private static func get(
        _ client: some TestClientProtocol, _ path: String, cookie: String = ""
    ) async throws -> (status: Int, bytes: [UInt8], text: String, cache: String) {
        let answer = try await client.execute(uri: path, method: .get, headers: [.cookie: cookie])
        let bytes = Array(answer.body.readableBytesView)
        return (
            Int(answer.status.code), bytes, String(decoding: bytes, as: UTF8.self),
            answer.headers[.cacheControl] ?? ""
        )
    }

    @Test func `a monitor reads checkpoint, tiles and lines, and what the checkpoint does not cover is not there`()
        async throws
    {
        try await DoorHouse.open { house in
            let log = try LogHouse(house)
            let citizen = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
            _ = try await log.grow(by: 250, from: 0, holder: citizen.id)
            let older = try #require(try await house.hall.logCheckpoint())
            let last = try #require(try await log.grow(by: 60, from: 250, holder: citizen.id))
            let newest = try #require(try await house.hall.logCheckpoint())
            let (rest, size) = (newest.size - 256, newest.size)
            #expect(rest > 0 && rest < 255)
            try await log.router().test(.router) { client in
                let checkpoint = try await Self.get(client, "/log/certificates/checkpoint")
                #expect(checkpoint.text == newest.note && checkpoint.cache == "public, max-age=5")
                try Self.leave(checkpoint.bytes, "log/checkpoint")
                try Self.leave(Array(older.note.utf8), "older/checkpoint")
                let key = try await Self.get(client, "/log/certificates/key")
                #expect(key.text == (log.site.logKey?.text ?? "") + "\n")
                try Self.leave(key.bytes, "key")
                for (path, hashes) in [("0/000", 256), ("0/001.p/\(rest)", rest), ("1/000.p/1", 1)] {
                    let tile = try await Self.get(client, "/log/certificates/tile/\(path)")
                    #expect(tile.status == 200 && tile.bytes.count == hashes * 32 && tile.cache.contains("immutable"))
                    try Self.leave(tile.bytes, "log/tile/\(path)")
                }
                for path in ["entries/000", "entries/001.p/\(rest)"] {
                    let bundle = try await Self.get(client, "/log/certificates/tile/\(path)")
                    #expect(bundle.status == 200 && bundle.cache.contains("immutable"))
                    #expect(!bundle.text.contains("LOG2") && !bundle.text.contains("示例"))
                    try Self.leave(bundle.bytes, "log/tile/\(path)")
                }
                for path in ["0/001", "0/001.p/\(rest + 1)", "0/002", "1/000", "64/000", "0/x000/000", "0/0", "-1/000"]
                {
                    let answer = try await Self.get(client, "/log/certificates/tile/\(path)")
                    #expect(answer.status == 404, "\(path)")
                }
                let between = try await Self.get(
                    client, "/api/v1/log/consistency?from=\(older.size)&to=\(newest.size)")
                try Self.leave(between.bytes, "older/consistency.json")
                let backwards = try await Self.get(client, "/api/v1/log/consistency?from=9&to=8")
                #expect(backwards.status == 404 && backwards.text.contains("certificate-log.no-such-part"))
                let lines = try await Self.get(client, "/api/v1/log/entries?from=\(size - 5)")
                #expect(lines.text.components(separatedBy: "\"leaf\"").count == 6 && !lines.text.contains("next"))
                let proof = try await Self.get(client, "/api/v1/log/entries/\(size - 1)/proof")
                let checked = try CertificateLogProof(
                    checking: try LogProof(proof.text), origin: Self.name, trusting: [try #require(log.site.logKey)])
                #expect(checked.opening == nil, "nobody is told which certificate it is")
                let own = try #require(try await house.hall.logProofs(of: last).last).proof
                try Self.leave(Array(own.text.utf8), "proof")
            }
        }
    }

    @Test func `the holder downloads the proof of her certificate, and nobody else does`() async throws {
        try await DoorHouse.open { house in
            let log = try LogHouse(house)
            let citizen = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
            let id = try #require(try await log.grow(by: 1, from: 0, holder: citizen.id))
            let position = try #require(try await house.hall.logLines(of: id).first?.position)
            try await log.router().test(.router) { client in
                let (holder, other) = (
                    try await client.signIn("lin", staff: false), try await client.signIn("chen", staff: false)
                )
                let page = try await Self.get(client, "/certificates/\(id)", cookie: holder)
                #expect(page.text.contains("/certificates/\(id)/log/\(position)"))
                let proof = try await Self.get(client, "/certificates/\(id)/log/\(position)", cookie: holder)
                let checked = try CertificateLogProof(
                    checking: try LogProof(proof.text), origin: Self.name, trusting: [try #require(log.site.logKey)])
                #expect(checked.opening?.identifier.serial == "LOG0" && checked.entry.kind == .issued)
                #expect(proof.cache == "no-store")
                let refused = try await Self.get(client, "/certificates/\(id)/log/\(position)", cookie: other)
                #expect(refused.status == 404)
                let unlogged = try await Self.get(client, "/certificates/\(id)/log/99999", cookie: holder)
                #expect(unlogged.status == 404)
                let everybody = try await Self.get(client, "/log")
                #expect(everybody.text.contains(checked.entry.certificate.prefix(16)))
                #expect(!everybody.text.contains("LOG0"))
            }
        }
    }

    @Test func `what is not logged yet has no proof`() async throws {
        try await DoorHouse.open { house in
            let log = try LogHouse(house)
            let citizen = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
            let id = try #require(try await log.grow(by: 1, from: 0, holder: citizen.id))
            await #expect(throws: CertificateLogRefusal.noSuchPart) { try await house.hall.logProof(of: 99_999) }
            let first = try await house.hall.logProofs(of: id)
            #expect(first.count == 1)
            let issuer = try #require(CreditCode("11350100MADEM002X0"))
            let identifier = try #require(
                CertificateIdentifier(type: "11350100MADEM002X0001", issuer: issuer, serial: "NEW", version: 1))
            let today = house.hall.time.now().day
            let fresh = try await house.hall.takeOver(
                Certificate.Reservation(
                    identifier: identifier, holder: citizen.id, origin: nil, validFrom: today, validUntil: nil),
                Certificate.Personal(
                    holder: ("示例持证人", "350102188501010019", "111"), names: ("示例证书", "示例机构"), face: [:]))
            await #expect(throws: CertificateLogRefusal.notLogged) { try await house.hall.logProofs(of: fresh) }
        }
    }

    @Test func `a path of a tile is written and read in one way`() {
        let cases: [(String, LogPart)] = [
            ("0/000", LogPart(level: 0, index: 0, count: 256)),
            ("1/x001/x234/067", LogPart(level: 1, index: 1_234_067, count: 256)),
            ("0/x001/067.p/12", LogPart(level: 0, index: 1067, count: 12)),
            ("entries/000.p/255", LogPart(level: nil, index: 0, count: 255)),
        ]
        for (path, part) in cases {
            #expect(part.path == path)
            #expect(LogPart(path.split(separator: "/")) == part)
        }
        for path in [
            "", "0", "0/00", "0/0000", "0/x000/001", "0/001/002", "0/000.p/0", "0/000.p/256", "0/000.p", "a/000",
        ] {
            #expect(LogPart(path.split(separator: "/")) == nil, "\(path)")
        }
    }
}
