import Exchange
import Foundation
package import Vocabulary

/// A department that has no records: it follows the house's events over the API, and examines and decides there for
/// officials whom it has named.
package actor FarClient {
    private let house: URL
    private let account: Account
    private let terms: DepartmentTerms
    private let report: FarReport
    private let switches: FarSwitches
    private let time: TimeSource
    private let numbers: OfficerNumbers
    private var token = ""
    private var tokenUntil = Instant(milliseconds: 0)
    private var cursor = ""
    private var cases: [Case] = []
    private var seen = 0
    /// What was done, for the list of dossiers.
    private var done: [String: [JSONValue]] = [:]

    /// LIMIT: events of one answer, and dossiers that are worked on.
    private static let eventsMax = 200, casesMax = 10_000
    /// LIMIT: seconds for which one token is used: whoever tries a house out signs in often.
    private static let tokenSecondsMax: Int64 = 15
    /// How often a deed is tried before it is left.
    private static let triesMax = 60

    /// By what it is known to the house.
    package struct Account: Sendable {
        let name: String
        let secret: String

        package init(name: String, secret: String) { (self.name, self.secret) = (name, secret) }
    }

    private enum Step { case examined, decided }

    private struct Case {
        let dossier: String
        let number: String
        let isRefused: Bool
        var left: [Step]
        var lastAt: Instant
        var tries = 0
    }

    /// Nil for an address that is not `http://HOST:PORT`.
    package init?(
        house: String, account: Account, terms: DepartmentTerms, report: FarReport, switches: FarSwitches,
        time: TimeSource
    ) {
        guard let url = URL(string: house), url.scheme == "http", url.host != nil, url.port != nil else { return nil }
        (self.house, self.account, self.terms) = (url, account, terms)
        (self.report, self.switches, self.time) = (report, switches, time)
        numbers = OfficerNumbers()
    }

    /// What was done about each dossier.
    package var dossiers: JSONValue {
        .list(
            done.sorted { $0.key < $1.key }.map { number, deeds in
                .record(["number": .text(number), "records": .list(deeds)])
            })
    }

    /// Works until the task is cancelled; a house that is not there is asked again.
    package func run() async throws {
        var isIntroduced = false
        while !Task.isCancelled {
            do {
                if !switches.now.isDown {
                    if switches.now.slowSeconds > 0 { try await Task.sleep(for: .seconds(switches.now.slowSeconds)) }
                    if !isIntroduced { isIntroduced = try await introduce() }
                    if isIntroduced { try await round() }
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                report.count("the house was away")
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// Names the officials to the house.
    private func introduce() async throws -> Bool {
        for (code, name) in [("S-1", terms.examiner), ("S-2", terms.decider)] {
            let body = JSONValue.record(["citizenID": .text(numbers.number(of: code)), "name": .text(name)])
            guard try await ask("PUT", "/officers/\(code)", body).status == 204 else { return false }
        }
        return true
    }

    private func round() async throws {
        try await follow()
        let now = time.now()
        for place in cases.indices {
            guard cases[place].lastAt.advanced(bySeconds: Int64(terms.delaySeconds)) <= now else { continue }
            try await act(on: place, now)
        }
        cases.removeAll { $0.left.isEmpty }
    }

    private func follow() async throws {
        let query = "after=\(cursor)&limit=\(Self.eventsMax)&kinds=dossier.accepted"
        let answer = try await ask("GET", "/events?\(query)", nil)
        guard answer.status == 200 else { return }
        let page: JSONValue = try CanonicalJSON.value(in: answer.body)
        guard let events = page["events"]?.list, let next = page["next"]?.text else {
            return report.note(.answer, false, "events")
        }
        for event in events where event["kind"] == .text("dossier.accepted") {
            guard let dossier = event["dossier"]?.text, cases.count < Self.casesMax else { continue }
            seen += 1
            let isRefused = terms.refuseEvery > 0 && seen.isMultiple(of: terms.refuseEvery)
            let steps: [Step] = switches.fires(.reorder) ? [.decided, .examined, .decided] : [.examined, .decided]
            cases.append(
                Case(
                    dossier: dossier, number: event["number"]?.text ?? dossier, isRefused: isRefused, left: steps,
                    lastAt: time.now()))
        }
        cursor = next
    }

    private func act(on place: Int, _ now: Instant) async throws {
        let one = cases[place]
        guard let step = one.left.first else { return }
        let isEarly = step == .decided && one.left.count > 1
        let key = "sandbox-\(one.dossier)-\(one.left.count)\(isEarly ? "e" : "")"
        let request = request(step, one)
        if switches.fires(.lostReply) {
            // It was sent, and nobody listened: the same key is asked again.
            _ = try await send(request, key)
        }
        let answer = try await send(request, key)
        if switches.fires(.duplicate) {
            let again = try await send(request, key)
            let isSame = again.status == answer.status && again.body == answer.body
            report.note(.sameRecord, isSame, "\(request.path) \(key)")
        }
        cases[place].tries += 1
        let isDone = answer.status == 200
        let isOver = isDone || isEarly || (answer.status == 409 || answer.status == 403) && one.tries >= 3
        if isOver || one.tries >= Self.triesMax {
            cases[place].left.removeFirst()
            (cases[place].lastAt, cases[place].tries) = (now, 0)
        }
        if isOver { note(answer, request, of: one.number) }
    }

    private func note(_ answer: PlainClient.Answer, _ request: Deed, of number: String) {
        var code = ""
        do { code = try CanonicalJSON.value(JSONValue.self, in: answer.body)["code"]?.text ?? "" } catch { code = "?" }
        done[number, default: []].append(
            .record([
                "family": .text(request.path), "isOwn": .flag(true), "key": .text(request.officer),
                "outcome": .text(answer.status == 200 ? "taken" : "refused"), "code": .text(code),
            ]))
    }

    /// One request about a dossier.
    private struct Deed {
        let path: String
        let officer: String
        let body: JSONValue
    }

    private func request(_ step: Step, _ one: Case) -> Deed {
        func words(_ name: String, _ officer: String, _ members: [String: String]) -> Deed {
            Deed(
                path: "/dossiers/\(one.dossier)/\(name)", officer: officer,
                body: .record(members.mapValues(JSONValue.text)))
        }
        let outcome = one.isRefused ? "refuse" : "grant"
        switch step {
        case .examined:
            let opinion = one.isRefused ? "不符合条件，建议不予许可" : "符合条件，建议准予许可"
            return words("review", "S-1", ["proposal": outcome, "opinion": opinion])
        case .decided:
            let grounds = one.isRefused ? "不符合法定条件" : "符合法定条件"
            return words("decision", "S-2", ["decision": outcome, "grounds": grounds])
        }
    }

    private func send(_ deed: Deed, _ key: String) async throws -> PlainClient.Answer {
        try await ask(
            "POST", deed.path, deed.body, [("Onewindow-Officer", deed.officer), ("Idempotency-Key", key)])
    }

    private func ask(
        _ method: String, _ path: String, _ body: JSONValue?, _ more: [(String, String)] = []
    ) async throws -> PlainClient.Answer {
        if tokenUntil <= time.now() { try await enter() }
        report.count("\(method) \(Self.place(path))")
        var headers = more + [("Authorization", "Bearer \(token)")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        let answer = try await PlainClient.ask(
            method, house, path: "/api/v1" + path, headers: headers,
            body: body.map { CanonicalJSON.bytes(writing: $0) } ?? [])
        if answer.status == 401 { tokenUntil = Instant(milliseconds: 0) }
        // Whatever is no success says its code.
        if answer.status >= 300 {
            var code: String?
            do { code = try CanonicalJSON.value(JSONValue.self, in: answer.body)["code"]?.text } catch { code = nil }
            report.note(.answer, code != nil && answer.status < 500, "\(answer.status) at \(Self.place(path))")
        } else {
            report.note(.answer, true)
        }
        return answer
    }

    /// An address without what names a dossier, and without its query.
    private static func place(_ path: String) -> String {
        let bare = path.prefix { $0 != "?" }.split(separator: "/")
        return "/" + (bare.count == 3 ? [bare[0], "ID", bare[2]] : bare).joined(separator: "/")
    }

    /// Asks for a token, by a wrong secret where the switches say so.
    private func enter() async throws {
        let secret = switches.fires(.wrongSignature) ? account.secret + "x" : account.secret
        let basic = Data("\(account.name):\(secret)".utf8).base64EncodedString()
        let answer = try await PlainClient.ask(
            "POST", house, path: "/api/v1/oauth/token",
            headers: [("Authorization", "Basic \(basic)"), ("Content-Type", "application/x-www-form-urlencoded")],
            body: Array("grant_type=client_credentials".utf8))
        report.count("POST /oauth/token")
        let json: JSONValue = try CanonicalJSON.value(in: answer.body)
        guard answer.status == 200, let token = json["access_token"]?.text,
            case .number(let seconds)? = json["expires_in"]
        else {
            report.note(.answer, answer.status == 401, "\(answer.status) at /oauth/token")
            throw PlainClient.Unanswered()
        }
        self.token = token
        tokenUntil = time.now().advanced(bySeconds: min(Int64(seconds) - 30, Self.tokenSecondsMax))
    }
}

/// The numbers of officials that there are not, with check characters.
struct OfficerNumbers: Sendable {
    /// Seventeen digits from the code, and the character over them.
    func number(of code: String) -> String {
        let serial = code.unicodeScalars.reduce(0) { ($0 * 31 + Int($1.value)) % 1000 }
        let digits = "\(serial)"
        let seventeen = "35010219790101" + String(repeating: "0", count: 3 - digits.count) + digits
        return seventeen + (CitizenID.checkCharacter(for: seventeen).map(String.init) ?? "")
    }
}
