import Dossiers
import Hall
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Whoever comes to a counter with what a notice named needs no account.
@Suite struct CounterCorrectionTests {
    private func visit(
        at stage: Dossier.Stage.Name,
        _ body: @escaping @Sendable (CaseMaker, DoorVisitor, DossierID) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let maker = try await CaseMaker(try await Cast(house))
                try await body(maker, try await DoorVisitor(client, "window-city"), try await maker.dossier(stage))
            }
        }
    }

    @Test(arguments: [(Dossier.Stage.Name.correctionRequested, "corrections"), (.preReviewReturned, "resubmission")])
    func `a clerk takes in what the notice names`(stage: Dossier.Stage.Name, deed: String) async throws {
        try await visit(at: stage) { maker, clerk, id in
            let path = "/window/dossiers/\(id)"
            let page = try await clerk.get(path).page
            #expect(page.contains("action=\"\(path)/\(deed)\""))
            #expect(page.contains("name=\"materials\" value=\"restPlan\""))
            #expect(!page.contains("value=\"applicationForm\""), "only what the notice names")
            #expect(try await clerk.send(path + "/\(deed)", on: path, [("materials", "restPlan")]) == 303)
            let dossier = try await maker.cast.house.hall.open(id).dossier
            #expect(dossier.stage.name == (stage == .correctionRequested ? .received : .preReview))
            #expect(dossier.materials.contains(HandedIn("restPlan", .paper)))
        }
    }

    @Test func `what is not ticked was not brought, and nothing is taken in`() async throws {
        try await visit(at: .correctionRequested) { maker, clerk, id in
            let path = "/window/dossiers/\(id)"
            for brought in [[], [("materials", "applicationForm")]] {
                let answer = try await clerk.send(path + "/corrections", on: path, brought)
                #expect(answer == 422)
                let stage = try await maker.stage(of: id)
                #expect(stage == .correctionRequested)
            }
        }
    }
}
