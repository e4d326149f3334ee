import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// Random forms to every address that takes one, from a seed that a failure prints. `BATTERING_SEED=…` and
/// `BATTERING_ROUNDS=…` try another seed, or longer.
@Suite struct BatteringTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["BATTERING_SEED"].flatMap(UInt64.init) ?? 20_181_119
    private static let rounds = environment["BATTERING_ROUNDS"].flatMap(Int.init) ?? 200

    @Test(arguments: StoreUnderTest.all)
    func `no form brings a door down, and what is refused changes nothing`(_ place: StoreUnderTest) async throws {
        try await BadInputTests.open(on: place) { stage in
            var battery = try await Battery(stage, seed: Self.seed)
            var statuses: [Int: Int] = [:]
            for round in 0..<Self.rounds {
                let aim = try await battery.aim()
                let before = try await stage.house.state()
                let shot = try await battery.fire(aim)
                let name = "seed \(Self.seed), round \(round): \(shot.name)"
                let status = shot.answer.status.code
                statuses[status, default: 0] += 1
                #expect(status < 500, "\(name): \(shot.answer.code ?? "")")
                shot.answer.expectNoMachinery(name)
                // A draft and a file are kept as they were typed, even when something is wrong with them.
                let keepsFiles = ["/drafts/", "/corrections", "/tolerant-acceptance", "/lagging-materials"]
                if status >= 400, !keepsFiles.contains(where: { shot.name.contains($0) }) {
                    #expect(try await stage.house.state() == before, "\(name): \(status)")
                }
            }
            // The battering reaches what lies behind the doors.
            #expect(statuses[303] ?? 0 > Self.rounds / 50, "\(statuses)")
            #expect(statuses.keys.filter { (400..<500).contains($0) }.count >= 5, "\(statuses)")
        }
    }
}

/// Who fires what.
private struct Battery {
    struct Shot {
        let name: String
        let answer: TestResponse
    }

    struct Aim {
        let row: RouteRow
        let visitor: Visitor
        let place: RoutePlace
    }

    private let stage: BadInputTests.Stage
    private let rows: [RouteRow]
    private let callers: [Visitor: Caller]
    private var places: [String: RoutePlace] = [:]
    private let dice: Dice

    private static let texts = [
        "", " ", "0", "-1", "1", "9223372036854775808", "1e309", "NaN", "true", "yes", "null", "字", "\u{1}", "\u{7f}",
        "\u{202e}", "\u{fffd}", "%", "%00", "a=b&c", "'; DROP TABLE dossier; --", "<script>", "../../etc/passwd",
        "{{7*7}}",
        "\r\nSet-Cookie: x=y", "e\u{301}\u{301}\u{301}", "👩‍👩‍👧‍👦", "2026-02-30", String(repeating: "字", count: 2001),
        String(repeating: "x", count: 70_000),
    ]

    init(_ stage: BadInputTests.Stage, seed: UInt64) async throws {
        self.stage = stage
        dice = .seeded(seed)
        rows = RouteRow.all.filter { $0.route.hasPrefix("POST") && $0.route != "POST /sign-out" }
        var callers: [Visitor: Caller] = [:]
        for visitor in Visitor.allCases { callers[visitor] = try await stage.caller(visitor) }
        self.callers = callers
    }

    private func roll(_ sides: Int) -> Int { Int(dice.roll() % UInt64(sides)) }
    private func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }

    /// Whom and what the next form is about. A row's case is made anew now and then, so that deeds find it at its stage.
    mutating func aim() async throws -> Aim {
        let row = pick(rows)
        let visitor = roll(5) == 0 ? pick(Visitor.allCases) : row.doer ?? .nobody
        if let kept = places[row.path], roll(3) > 0 { return Aim(row: row, visitor: visitor, place: kept) }
        let place = try await row.place(stage.maker)
        places[row.path] = place
        return Aim(row: row, visitor: visitor, place: place)
    }

    func fire(_ aim: Aim) async throws -> Shot {
        guard let caller = callers[aim.visitor] else { preconditionFailure("everybody is a caller") }
        let path = aim.place.fill(aim.row.path)
        let answer = try await send(aim.row, aim.place.fill(aim.row.fields, for: aim.visitor), to: path, caller)
        return Shot(name: "\(aim.visitor) at \(path)", answer: answer)
    }

    private func send(
        _ row: RouteRow, _ fields: [(String, String)], to path: String, _ caller: Caller
    ) async throws -> TestResponse {
        switch roll(10) {
        case 0: return try await caller.send(path, bytes: dice.bytes(roll(3000)))
        case 1:
            let type = "multipart/form-data; boundary=line"
            return try await caller.send(path, bytes: Array("--line\r\n".utf8) + dice.bytes(roll(3000)), type: type)
        case 2:
            let name = row.file ?? pick(["restPlan", "staffOpinion", "", "字"])
            return try await caller.upload(path, [(name, pick(Self.texts), smallPDF + dice.bytes(roll(400)))])
        case 3...5 where row.file != nil:
            return try await caller.upload(path, [(row.file ?? "", "plan.pdf", smallPDF)])
        case 3...5: return try await caller.post(path, fields)
        default:
            var changed = fields.filter { _ in roll(4) > 0 }.map { ($0.0, roll(2) == 0 ? pick(Self.texts) : $0.1) }
            for _ in 0..<roll(4) { changed.append((pick(fields.map(\.0) + Self.texts), pick(Self.texts))) }
            return try await caller.post(path, changed, token: roll(8) == 0 ? pick(Self.texts) : nil)
        }
    }
}
