import Accounts
import Dossiers
import Exchange
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A hall with a department's own system, whose records come over a link.
struct LinkStory: Sendable {
    static let receiver = "周白露"
    static let examiner = "郑立夏"
    static let decider = "林小满"

    var story: HallStory
    let partner: PartnerID
    let families: RecordFamilies
    private let clientID: AccessID

    static func open(
        _ place: StoreUnderTest = .sqlite, _ scopes: [PartnerScope] = [.receive, .review, .decide],
        _ extent: Grant.Extent = .everywhere, _ body: (LinkStory) async throws -> Void
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            try await body(try await LinkStory(store, scopes, extent))
        }
    }

    private init(_ store: any Store, _ scopes: [PartnerScope], _ extent: Grant.Extent) async throws {
        story = try HallStory(store: store)
        families = try .shipped()
        clientID = try #require(AccessID("housing"))
        let hall = story.hall
        partner = try await hall.add(partner: clientID, name: "住建业务系统", body: nil, perMinute: 60).id
        for scope in scopes { _ = try await hall.give(scope, extent, to: clientID) }
        for (serial, name) in [Self.receiver, Self.examiner, Self.decider].enumerated() {
            try await self.name(name, serial: serial)
        }
    }

    /// Names an official of the partner's.
    func name(_ name: String, serial: Int) async throws {
        let official = PartnerOfficer(
            try #require(OfficerCode("ZJ-\(serial)")), name: try #require(FullName(name)),
            citizenID: try DeskHouse.citizenID(serial))
        let deed = Deed(by: .platform, now: story.hall.time.now(), entropy: Entropy(story.hall.dice))
        try await story.hall.store.write { [partner] tx in
            try PartnerTable.name(official, of: partner, by: deed, in: tx)
        }
    }

    func shutOut() async throws { try await story.hall.revokePartner(clientID) }

    /// A filed application, and its number.
    func filed(
        _ procedure: ProcedureTerms? = nil, by applicant: PersonID = HallStory.applicant
    ) async throws -> (id: DossierID, number: String) {
        let sound = try await story.submission()
        let terms = sound.terms
        let body = Terms.Body(terms.body, name: terms.bodyName, region: terms.region)
        let submission = Submission(
            terms: Terms(
                item: Terms.Item(
                    implementationCode: terms.implementationCode, handlingItemCode: nil, name: terms.itemName,
                    version: (terms.version, terms.guideDigest), body: body),
                limits: Terms.Limits(statutory: terms.statutory, promised: terms.promised),
                result: Terms.Result(
                    certificateType: try #require(terms.certificateType), name: "准予决定书", validityMonths: 36),
                materials: terms.materials, procedure: procedure),
            way: Submission.Way(mode: sound.mode, delivery: sound.delivery),
            parties: Submission.Parties(applicant: applicant), numbers: sound.numbers,
            contents: Submission.Contents(materials: sound.materials, personal: sound.personal))
        let id = try await story.hall.submit(
            submission, by: .person(applicant), attempt: story.token()
        ).dossier
        return (id, submission.numbers.number)
    }

    func record(
        _ family: String, _ number: String, _ values: [String: String], project: String? = nil
    ) throws -> LinkRecord {
        var texts = [
            "row_guid": "r-1", "project_no": project ?? number, "cd_operation": "I", "cd_time": "2018-11-19 09:00:00",
            "cd_batch": "b-1", "data_source": "350",
        ].merging(values) { $1 }
        let known = try families.family(family).fields.map(\.name)
        texts = texts.filter { known.contains($0.key) }
        return try LinkRecord(family, number: number, texts.mapValues(JSONValue.text), in: families)
    }

    func step(
        _ name: String, _ action: String, _ number: String, by official: String, words: String = "符合条件",
        _ more: [String: String] = [:]
    ) throws -> LinkRecord {
        try record(
            "up_pro_process", number,
            [
                "process_name": name, "event_name": action, "handle_user_name": official, "handle_explain": words,
                "event_start_time": "2018-11-19 08:30:00", "event_end_time": "2018-11-19 08:59:00",
            ].merging(more) { $1 })
    }

    func result(
        _ type: String, _ number: String, by official: String = decider, _ more: [String: String] = [:]
    ) throws -> LinkRecord {
        try record(
            "up_pro_result", number,
            [
                "handle_user_name": official, "result_date": "2018-11-19 08:59:00", "result_type": type,
                "result_explain": "依法决定", "is_delivery_results": "0",
            ].merging(more) { $1 })
    }

    func certificate(_ number: String, _ more: [String: String] = [:]) throws -> LinkRecord {
        try record(
            "up_lic_data", number,
            [
                "certificate_source_id": "s-1", "certificate_name": "准予决定书", "certificate_type": "准予决定书",
                "certificate_type_code": "11350100MADEM002X0001", "issue_dept": "市人社局（示例）",
                "issue_dept_code": "11350100MADEM002X0", "certificate_area_code": "350100",
                "certificate_holder": "示例企业一", "certificate_holder_code": "91350100MADEM0054D",
                "certificate_number": "特〔2018〕1号", "issue_date": "2018-11-19",
            ].merging(more) { $1 })
    }

    func special(_ name: String, _ number: String, _ more: [String: String] = [:]) throws -> LinkRecord {
        try record(
            "up_pro_special_procedure", number,
            [
                "special_type": "2", "special_name": name, "special_time": "2018-11-19 08:30:00",
                "special_reason": "依法需要", "end_time": "2018-11-19 08:59:00", "result": "合格",
                "handle_user": Self.examiner,
            ].merging(more) { $1 })
    }

    /// What comes of a record under a mark.
    @discardableResult
    func take(_ record: LinkRecord, at mark: String = "1") async throws -> String {
        try await story.hall.take(record, from: partner, at: mark) { _ in throw LinkRefusal.fileMissing }
    }

    /// The same for a record that must come too early.
    func expectEarly(_ record: LinkRecord, location: SourceLocation = #_sourceLocation) async throws {
        let early = await #expect(throws: RecordEarly.self, sourceLocation: location) { try await take(record) }
        #expect(early?.because.code == "link.too-early", sourceLocation: location)
    }

    func stage(_ id: DossierID) async throws -> Dossier.Stage.Name { try await story.dossier(id).stage.name }

    /// Brings a dossier to its decision, by records.
    func reviewed(_ number: String, proposing action: String = "1") async throws {
        try await take(try step("受理", "1", number, by: Self.receiver))
        try await take(try step("审核", action, number, by: Self.examiner))
    }
}
