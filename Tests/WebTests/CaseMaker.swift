import Catalogue
import Dossiers
import Hall
import Store
import Testing
import Vocabulary

@testable import Web

/// Makes cases and drafts of the sample firm, filed by its agent, at any stage.
struct CaseMaker: Sendable {
    let cast: Cast
    let item: ItemVersion
    let line: ItemLine
    private var hall: Hall { cast.house.hall }

    init(_ cast: Cast) async throws {
        self.cast = cast
        line = try #require(try await cast.house.hall.item("special-working-hours", in: [.fuzhou]))
        item = try #require(try await cast.house.hall.item(line.itemCode))
    }

    /// The situation that asks for the plan, which must be uploaded.
    var situation: [String: String] { ["system": "flexible", "procedure": "examination", "filedBy": "self"] }
    var answers: [String: String] { answers(in: situation) }

    private func answers(in situation: [String: String]) -> [String: String] {
        let fields = item.guide.form.pages(for: situation).flatMap(\.fields)
        let sample = item.guide.form.sample
        return Dictionary(uniqueKeysWithValues: fields.compactMap { field in sample[field.id].map { (field.id, $0) } })
    }

    func submission(
        _ mode: ServiceMode = .fullyOnline, _ delivery: DeliveryMode = .eCertificate, materials: [HandedIn]? = nil
    ) async throws -> Submission {
        let terms = try await hall.terms(of: item, situation: situation)
        let file = try await pdf("restPlan")
        return Submission(
            terms: terms, way: Submission.Way(mode: mode, delivery: delivery, situation: situation),
            parties: Submission.Parties(applicant: cast.firm, agent: cast.lin),
            numbers: try await hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: materials ?? terms.materials.map { $0 == "restPlan" ? file : HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: ("福州示例企业一有限公司", Cast.firmCode), contactMobile: "13800000001",
                    answers: answers, files: ([:], "123456"))))
    }

    /// The sample file, kept, as a material.
    func pdf(_ material: String) async throws -> HandedIn {
        let upload = hall.upload()
        try await upload.append(smallPDF)
        return try await upload.handIn(as: material)
    }

    static var digest: String { BlobRef(of: smallPDF).digest }

    /// A case that stands at the stage.
    func dossier(
        _ stage: Dossier.Stage.Name, lacking material: String? = nil, after more: [(UInt64, DossierCommand)] = []
    ) async throws -> DossierID {
        let (mode, delivery): (ServiceMode, DeliveryMode) =
            switch stage {
            case .preReview, .preReviewReturned, .awaitingOriginals: (.preReviewThenCounter, .eCertificate)
            case .issued: (.onlineThenCollect, .counter)
            default: (.fullyOnline, .eCertificate)
            }
        let attempt = try #require(Attempt(form: hall.newToken()))
        let whole = try await submission(mode, delivery)
        let filed =
            material == nil
            ? whole
            : try await submission(mode, delivery, materials: whole.materials.filter { $0.material != material })
        let id = try await hall.submit(filed, by: .person(cast.lin), attempt: attempt).dossier
        let defects = [MaterialDefect("restPlan", .illegible, .overlooked)]
        let review = DossierCommand.passReview(.grant, opinion: "符合")
        let commands: [(UInt64, DossierCommand)] =
            switch stage {
            case .preReviewReturned: [(1, .returnForPreReview(defects, note: ""))]
            case .awaitingOriginals: [(1, .passPreReview)]
            case .correctionRequested: [(1, .requestCorrection(defects, note: ""))]
            case .inReview: [(1, .accept)]
            case .reviewed: [(1, .accept), (2, review)]
            case .issued: [(1, .accept), (2, review), (3, try await hall.grant(id, grounds: "符合"))]
            case .ended: [(1, .decline(.notNeeded, authority: "", note: "无需许可"))]
            default: []
            }
        for (number, command) in commands + more { try await perform(command, on: id, as: number) }
        let runner = EffectRunner(hall: hall, holder: "test")
        while try await runner.runOnce(isOrdered: true) > 0 {}
        if more.isEmpty { #expect(try await self.stage(of: id) == stage) }
        return id
    }

    func perform(_ command: DossierCommand, on id: DossierID, as number: UInt64) async throws {
        let attempt = try #require(Attempt(form: hall.newToken()))
        let performer = Performer(.staff(StaffID(Subject(high: 2, low: number)))) { _, _ in }
        _ = try await hall.perform(command, on: id, by: performer, attempt: attempt)
    }

    func stage(of id: DossierID) async throws -> Dossier.Stage.Name {
        try await hall.open(id).dossier.stage.name
    }

    /// A draft of the agent's for the firm, filled in as far as the check, or without the last answer before it.
    /// `isOffered` in a situation in which a commitment may be signed.
    func draft(hasWay: Bool = true, isOffered: Bool = false, byCourier: Bool = false) async throws -> DraftID {
        // A person keeps so many drafts and no more.
        let kept = try await hall.drafts(of: cast.lin)
        if kept.count > DraftTable.draftsPerPersonMax / 2 {
            for old in kept { try await hall.discard(old) }
        }
        var draft = try await hall.begin(item, by: cast.lin, for: cast.firm)
        draft.contents.situation = situation
        if isOffered { draft.contents.situation["procedure"] = "commitment" }
        draft.contents.answers = answers(in: draft.contents.situation)
        // The sample is filled in for the other procedure.
        if isOffered { draft.contents.answers["commitmentAccepted"] = "true" }
        draft.contents.materials = [try await pdf("restPlan"), try await pdf("staffOpinion")]
        if byCourier { (draft.contents.mode, draft.contents.delivery) = (.onlineThenCourier, .courier) }
        if hasWay, !byCourier { (draft.contents.mode, draft.contents.delivery) = (.fullyOnline, .eCertificate) }
        try await hall.save(draft)
        return draft.id
    }
}
