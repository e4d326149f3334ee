import HTTPTypes
import Hummingbird
import Vocabulary

/// The provider's pages. Their frames and words are resources; each says that it is a sandbox.
struct IdentityPages: Sendable {
    private let picking: SandboxPage
    private let overview: SandboxPage
    private let short: SandboxPage
    /// LIMIT: people and sessions that a page shows.
    private static let shownMax = 500

    init() throws {
        picking = try SandboxPage("identity-sign-in.html", style: "identity.css")
        overview = try SandboxPage("identity.html", style: "identity.css")
        short = try SandboxPage("identity-note.html", style: "identity.css")
    }

    /// One picks who one is. `name` is that of the request while it waits.
    func signIn(
        _ request: SignInRequest, named name: String, people: [SandboxPerson], words: [AssuranceLevel: String]
    ) -> Response {
        let rows = people.prefix(Self.shownMax).enumerated().map { place, person in
            let input =
                "<input type=\"radio\" name=\"sub\" required value=\"\(person.subject)\""
                + (place == 0 ? " checked>" : ">")
            let said = [person.name, person.number.masked, words[person.level] ?? ""]
                .map { "<span>\(SandboxPage.escaped($0))</span>" }.joined(separator: " ")
            return "<label>\(input) \(said)</label>"
        }
        let levels = AssuranceLevel.allCases.map { level in
            "<option value=\"\(level.rawValue)\">\(SandboxPage.escaped(words[level] ?? ""))</option>"
        }
        return picking.response([
            "people": rows.joined(separator: "\n"), "levels": levels.joined(), "request": name,
            "asked": SandboxPage.escaped(request.levels.joined(separator: " ")),
            "back": SandboxPage.escaped(request.redirect),
        ])
    }

    /// Who is there, who is signed in, and what was noticed.
    func whole(
        _ people: [SandboxPerson], _ sessions: [IdentitySession], _ faults: IdentityFaults,
        words: [AssuranceLevel: String]
    ) -> Response {
        let who = people.prefix(Self.shownMax).map { person in
            Self.row([person.name, person.number.number, words[person.level] ?? "", person.subject])
        }
        let rows = sessions.reversed().prefix(Self.shownMax).map { session in
            let end =
                session.ended.map(SandboxPage.escaped)
                ?? "<form method=\"post\" action=\"/sandbox/sessions/\(session.sid)/ending\"><button>"
                + "退出 <span lang=\"en\">Sign out</span></button></form>"
            return Self.row([session.person.name, words[session.level] ?? "", "\(session.at)", session.sid], end)
        }
        let on = faults.every.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key.rawValue)=\($0.value)" }
        let states = on + (faults.isDown ? ["down"] : []) + ["slowSeconds=\(faults.slowSeconds)"]
        return overview.response([
            "people": who.joined(separator: "\n"), "sessions": rows.joined(separator: "\n"),
            "faults": SandboxPage.escaped(states.joined(separator: " · ")),
        ])
    }

    /// A sentence of the protocol for whoever cannot go on.
    func note(_ text: String, status: HTTPResponse.Status) -> Response {
        short.response(["note": SandboxPage.escaped(text)], status: status)
    }

    private static func row(_ cells: [String], _ last: String? = nil) -> String {
        "<tr>" + cells.map { "<td>\(SandboxPage.escaped($0))</td>" }.joined()
            + (last.map { "<td>\($0)</td>" } ?? "") + "</tr>"
    }
}
