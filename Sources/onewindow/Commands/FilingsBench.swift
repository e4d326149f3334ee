import Accounts
import ArgumentParser
import City
import Dossiers
import Foundation
import Hall
import Store
import Vocabulary

extension BenchCommand {
    /// `onewindow bench filings`: applications that citizens' programs send, each on the disk before it is answered.
    struct Filings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Applications filed over the API by many citizens, counted again in the house afterwards.")

        /// LIMIT: citizens who file in turn, and how often each does; the files of each application lie there before.
        private static let citizens = 1000
        private static let filingsEach = 20

        /// An item that two files and the sample of its guide are enough for.
        private static let slug = "flexible-employment-insurance"
        private static let situation = ["place": "local", "status": "freelance", "filedBy": "self"]
        private static let materials = ["household", "identityCard"]

        @OptionGroup var bench: HouseBench

        @ArgumentParser.Option(help: "How many applications are made ready, 20,000 at most; fewer are filed.")
        var count = 10_000

        func validate() throws {
            guard (1...Self.citizens * Self.filingsEach).contains(count) else {
                throw ValidationError("--count is 1 to \(Self.citizens * Self.filingsEach)")
            }
        }

        func run() async throws {
            let prepared = Prepared()
            try await bench.run(
                "filings",
                { standing in
                    try await prepare(standing, prepared)
                    return []
                },
                then: { served in [try kind(served, prepared)] },
                after: { standing, rates in
                    try await check(standing, rates)
                    return try await limit(standing)
                })
        }

        /// What was made ready before the doors opened.
        // SAFETY: written before the house serves and read afterwards, by one task.
        private final class Prepared: @unchecked Sendable {
            var code = ""
            var tokens: [String] = []
            var first: [String] = []
            var second: [String] = []
        }

        private func prepare(_ standing: HouseBench.Standing, _ prepared: Prepared) async throws {
            let now = standing.now
            let hall = standing.house.hall.standing(in: Hall.World(time: TimeSource { now }, dice: .system))
            guard
                let item = try await standing.rows(
                    "SELECT code FROM item WHERE slug = \(Self.slug) ORDER BY code LIMIT 1"
                ).first
            else { throw Fault.misconfigured("the catalogue has no \(Self.slug)") }
            prepared.code = try item.text(0)
            let people = try await standing.rows(
                "SELECT id FROM person WHERE kind = 'citizen' ORDER BY id LIMIT \(Self.citizens)")
            guard !people.isEmpty else { throw Fault.misconfigured("nobody lives in this house") }
            for row in people {
                prepared.tokens.append(try await standing.session(of: .person(PersonID(try row.subject(0)))))
            }
            Wiring.say("\(count * 2) files are uploaded by \(people.count) citizens")
            for number in 0..<count {
                let person = PersonID(try people[number % people.count].subject(0))
                for (material, files) in zip(Self.materials, [\Prepared.first, \Prepared.second]) {
                    let upload = hall.upload()
                    try await upload.append(Array("%PDF-1.4\n% \(material) （示例）\n%%EOF\n".utf8))
                    let (kept, _) = try await hall.keep(upload, named: "\(material).pdf", of: .person(person))
                    prepared[keyPath: files].append("\(kept.id)")
                }
            }
        }

        private func kind(_ served: ServedHouse, _ prepared: Prepared) throws -> AskedKind {
            guard let guide = try served.get("/api/v1/items/\(prepared.code)"),
                let json = try JSONSerialization.jsonObject(with: guide) as? [String: Any],
                let guide = json["guide"] as? [String: Any], let standard = guide["standard"] as? [String: Any],
                let form = standard["form"] as? [String: Any], let sample = form["sample"]
            else { throw Fault.corrupt("the guide has no sample") }
            let body: [String: Any] = [
                "situation": Self.situation, "answers": sample, "way": ["mode": "O1", "delivery": "eCertificate"],
                "materials": zip(Self.materials, ["@FIRST", "@SECOND"]).map { ["material": $0, "files": [$1]] },
                "truth": true, "despiteOpen": true,
            ]
            let text = String(
                decoding: try JSONSerialization.data(withJSONObject: body, options: [.sortedKeys]), as: UTF8.self)
            let mark = Wiring.machine.now().milliseconds
            var kind = AskedKind(name: "filing", paths: [], status: 201)
            kind.script = """
                local tokens = {\(prepared.tokens.map { "\"\($0)\"" }.joined(separator: ","))}
                local first = {\(prepared.first.map { "\"\($0)\"" }.joined(separator: ","))}
                local second = {\(prepared.second.map { "\"\($0)\"" }.joined(separator: ","))}
                local place = 0
                local body = [==[\(text)]==]
                function request()
                    place = place + 1
                    if place > #first then wrk.thread:stop() place = #first end
                    local sent = body:gsub("@FIRST", first[place]):gsub("@SECOND", second[place])
                    return wrk.format("POST", "/api/v1/items/\(prepared.code)/applications", {
                        ["Content-Type"] = "application/json",
                        ["Authorization"] = "Bearer " .. tokens[(place - 1) % #tokens + 1],
                        ["Idempotency-Key"] = string.format("bench-\(mark)-%09d", place),
                    }, sent)
                end
                """
            return kind
        }

        /// What was acknowledged is there; besides only what was under way when time was up.
        private func check(_ standing: HouseBench.Standing, _ rates: [String: AskedRate]) async throws {
            let row = try await standing.rows("SELECT COUNT(*) FROM dossier").first
            let added = (try row?.integer(0) ?? 0) - standing.dossiers
            let acknowledged = rates["filing"]?.requests ?? 0
            guard (acknowledged...acknowledged + bench.clients).contains(added) else {
                throw Fault.corrupt("\(acknowledged) filings were acknowledged, and \(added) are there")
            }
            Wiring.say("\(acknowledged) acknowledged, \(added) there")
        }

        /// Rows written one by one by as many writers, each durable, in a store of the same kind.
        private func limit(_ standing: HouseBench.Standing) async throws -> Double {
            guard standing.house.store.dialect == .sqlite else {
                return try await StoreMeter(store: standing.house.store, path: nil)
                    .limit(writers: bench.clients, rows: 20_000)
            }
            let folder = standing.house.folder + "/limit-\(ProcessInfo.processInfo.processIdentifier)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let store = try SQLiteStore(path: folder + "/limit.sqlite")
            let found = try await StoreMeter(store: store, path: nil).limit(writers: bench.clients, rows: 40_000)
            await store.close()
            try FileManager.default.removeItem(atPath: folder)
            return found
        }
    }
}
