import Foundation
import HTTPTypes
package import Hummingbird
import Vocabulary

/// What people and tests ask of the provider: its page, who is there, who is signed in, the switches, the report.
package struct IdentityDesk: Sendable {
    private let provider: SandboxProvider
    private let pages: IdentityPages

    package init(_ provider: SandboxProvider) throws {
        (self.provider, pages) = (provider, try IdentityPages())
    }

    package func serve(_ router: Router<FarContext>) {
        let ledger = provider.ledger
        SandboxDesk(switches: provider.switches, report: provider.report).serve(router)
        router.get("/") { _, _ in
            pages.whole(
                await ledger.everybody, await ledger.sessions, provider.switches.now, words: provider.levels)
        }
        router.get("/sandbox/people") { _, _ in
            SandboxAnswer.json(.list(await ledger.everybody.map(\.json)))
        }
        router.post("/sandbox/people") { request, _ in
            guard let person = try await SandboxAnswer.value(in: request).flatMap(SandboxPerson.init) else {
                return SandboxAnswer.refusal("malformed: name, number, level")
            }
            guard await ledger.register(person) else { return SandboxAnswer.refusal("no room", .conflict) }
            return SandboxAnswer.json(person.json, .created)
        }
        router.get("/sandbox/sessions") { _, _ in SandboxAnswer.json(.list(await ledger.sessions.map(\.json))) }
        router.post("/sandbox/sessions/{sid}/ending") { request, context in
            let sid = try context.parameters.require("sid")
            guard let session = await ledger.end(sid, as: "here") else {
                return SandboxAnswer.refusal("no such session", .notFound)
            }
            let answer = try await tell(session)
            // A browser goes back to the page; a program is told what the house said.
            guard request.headers[.accept]?.contains("text/html") != true else {
                return Response(status: .seeOther, headers: [.location: "/"])
            }
            return SandboxAnswer.json(.record(["answer": answer.map(JSONValue.number) ?? .null]))
        }
    }

    /// Tells the house that somebody signed out here; answers its status, nil where nobody answered.
    private func tell(_ session: IdentitySession) async throws -> Int? {
        guard let place = provider.client.places.ending else { return nil }
        let claims = provider.words.logout(
            session, message: await provider.ledger.message(), at: provider.time.now())
        let isWrong = provider.switches.fires(.wrongSignature, at: "ending")
        let token = try await provider.key.sign(claims, wrongly: isWrong)
        let answer: Int?
        do {
            answer = try await PlainClient.ask(
                "POST", place, path: place.path, headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(("logout_token=" + FormText.encoded(token)).utf8)
            ).status
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            answer = nil
        }
        // A house that refuses what is wrongly signed does right.
        let isGood = isWrong ? answer == 400 : answer == 200 || answer == 204
        provider.report.note(.ending, isGood, answer.map { "status \($0)" } ?? "nobody answered")
        return answer
    }
}
