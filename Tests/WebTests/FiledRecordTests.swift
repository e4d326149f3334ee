import Accounts
import Catalogue
import Dossiers
import Exchange
import Foundation
import Hall
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// Applications that come over a link.
@Suite struct FiledRecordTests {
    /// A city that takes them from one partner, and the files of that partner.
    private struct Link: Sendable {
        let filing: FilingStory
        let hall: Hall
        let partner: PartnerID
        let families: RecordFamilies
        static let plan = smallPDF
        static let opinion = smallPDF + [0x0A]

        var house: DoorHouse { filing.house }

        /// What the firm files, with files by their digests; `more` goes over it.
        func application(_ more: [String: JSONValue] = [:], task: String? = nil) async throws -> LinkRecord {
            let files = [
                "restPlan": [BlobRef(of: Self.plan).digest], "staffOpinion": [BlobRef(of: Self.opinion).digest],
            ]
            let body = filing.body(files, try await filing.firm).merging(more) { $1 }
            let text = String(decoding: try CanonicalJSON.bytes(of: JSONValue.record(body)), as: UTF8.self)
            return try record(form: text, task: task)
        }

        func record(form: String, task: String? = nil) throws -> LinkRecord {
            try LinkRecord(
                "ow_apply", number: "",
                [
                    "row_guid": .text("a-1"), "task_code": .text(task ?? filing.maker.item.itemCode),
                    "apply_date": .text("2026-11-24 09:00:00"), "form": .text(form), "cd_operation": .text("I"),
                    "cd_time": .text("2026-11-24 09:00:00"), "cd_batch": .text("b-1"), "data_source": .text("350"),
                ], in: families)
        }

        /// What comes of a record, where the other side has these files.
        func take(
            _ record: LinkRecord, at mark: String = "1", files: [[UInt8]] = [plan, opinion]
        ) async throws -> String {
            let there = Dictionary(files.map { (BlobRef(of: $0).digest, $0) }) { $1 }
            return try await take(record, at: mark) { digest in
                guard let bytes = there[digest] else { throw LinkTrouble(.fileMissing) }
                return bytes
            }
        }

        func take(_ record: LinkRecord, at mark: String, from files: @escaping IncomingFiles) async throws -> String {
            try await hall.take(record, from: partner, at: mark, files: files)
        }

        func dossier(_ number: String) async throws -> Dossier {
            let id = try #require(try await hall.dossier(numbered: number))
            return try await hall.open(id).dossier
        }
    }

    private func linked(
        on place: StoreUnderTest = .sqlite, _ scopes: [PartnerScope] = [.file], _ extent: Grant.Extent = .everywhere,
        _ body: @escaping @Sendable (Link) async throws -> Void
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            try await house.app.test(.router) { client in
                _ = try await house.partner("housing", scopes, extent)
                var hall = house.hall
                hall.applications = house.site.applications
                let partner = try #require(try await hall.partners().first?.partner.id)
                try await body(
                    Link(
                        filing: try await FilingStory(house, client), hall: hall, partner: partner,
                        families: try .shipped()))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an application by record is one by the API: the same inbox, the same answers, its files`(
        _ place: StoreUnderTest
    ) async throws {
        try await linked(on: place) { link in
            let number = try await link.take(try await link.application())
            let dossier = try await link.dossier(number)
            #expect(number.utf8.count == 43 && dossier.stage.name == .received)
            #expect(dossier.submitted.applicant == link.filing.maker.cast.firm)
            #expect(dossier.submitted.agent == link.filing.maker.cast.lin)
            #expect(dossier.personal?.answers == link.filing.maker.answers)
            let plan = try #require(dossier.materials.first { $0.material == "restPlan" }?.keptFiles.first)
            #expect(plan.digest == CaseMaker.digest && plan.size == smallPDF.count)
            #expect(dossier.personal?.fileNames[plan.digest] == "\(plan.digest.prefix(12)).pdf")
            #expect(try await link.hall.bytes(ofFile: plan.digest, among: dossier.materials) == smallPDF)

            let secret = try await link.house.partner("province", [.file])
            let token = try await link.filing.client.partnerToken("province", secret)
            var ids: [String: [String]] = [:]
            for (material, bytes) in [("restPlan", Link.plan), ("staffOpinion", Link.opinion)] {
                ids[material] = [try await link.filing.upload(token, bytes).value(FilingStory.Upload.self).id]
            }
            let body = link.filing.body(ids, try await link.filing.firm).merging(["despiteOpen": .flag(true)]) { $1 }
            let filed = try await link.filing.send(body, token: token).value(FilingStory.Filed.self)
            let other = try await link.dossier(filed.number)
            #expect(Set(other.materials) == Set(dossier.materials))
            #expect(other.submitted.terms == dossier.submitted.terms && other.stage.name == dossier.stage.name)
            #expect(
                other.submitted.mode == dossier.submitted.mode && other.personal?.answers == dossier.personal?.answers)
            let inbox = try await link.hall.store.read { tx in
                try PartnerFilingTable.filed(by: link.partner, before: nil, in: tx)
            }
            #expect(inbox.map(\.id) == [dossier.id])
        }
    }

    @Test func `one that comes again is filed once, and another one needs to know of the first`() async throws {
        try await linked { link in
            let record = try await link.application()
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 { group.addTask { try await link.take(record) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            let number = try #require(answers.first)
            #expect(answers.count == 1)
            #expect(try await link.take(record, files: []) == number, "no file is asked for again")
            await #expect(throws: ApplicationRefusal.openAlready) { _ = try await link.take(record, at: "2") }
            let knowing = try await link.application(["despiteOpen": .flag(true)])
            #expect(try await link.take(knowing, at: "3") != number)
        }
    }

    @Test func `a file must be there, be the one that is named, and be of a kind that is taken in`() async throws {
        try await linked { link in
            let record = try await link.application()
            await #expect(throws: LinkRefusal.fileMissing) { _ = try await link.take(record, files: [Link.plan]) }
            await #expect(throws: LinkRefusal.fileUnfit) {
                _ = try await link.take(record, at: "1") { _ in Link.plan }
            }
            await #expect(throws: LinkRefusal.fileUnfit) {
                _ = try await link.take(record, at: "1") { _ in throw LinkTrouble(.fileUnfit) }
            }
            do {
                _ = try await link.take(record, at: "1") { _ in throw LinkTrouble(.unanswered) }
                Issue.record("nobody gave the files")
            } catch let early as RecordEarly {
                #expect(early.because.code == "link.unanswered")
            }
            let words = Array("hello".utf8)
            let materials = JSONValue.list([
                .record(["material": .text("restPlan"), "files": .list([.text(BlobRef(of: words).digest)])]),
                .record(["material": .text("staffOpinion"), "files": .list([.text(BlobRef(of: words).digest)])]),
            ])
            let text = try await link.application(["materials": materials])
            await #expect(throws: UploadRefusal.unknownKind) { _ = try await link.take(text, files: [words]) }
            let ids = JSONValue.list([
                .record(["material": .text("restPlan"), "files": .list([.text("01J00000000000000000000000")])])
            ])
            let named = try await link.application(["materials": ids])
            await #expect(throws: LinkRefusal.fileUnfit) { _ = try await link.take(named) }
            #expect(try await link.take(record).utf8.count == 43, "nothing of it stood in the way")
        }
    }

    @Test func `what is incomplete is refused by its first gap, and where it is, before a file is fetched`()
        async throws
    {
        try await linked { link in
            let record = try await link.application(["truth": .flag(false), "materials": .list([])])
            do {
                _ = try await link.take(record, at: "1") { _ in
                    Issue.record("a file was fetched")
                    return []
                }
                Issue.record("an application without its materials was filed")
            } catch let refused as RecordRefused {
                #expect(refused.code == "application.material-missing")
                #expect(refused.kind == .invalid && refused.message.hasPrefix("/materials "))
            }
            await #expect(throws: APIRefusal.malformed) { _ = try await link.take(try link.record(form: "[]")) }
            let elsewhere = try await link.application(task: "11350100MADEM002X03000114111999")
            do {
                _ = try await link.take(elsewhere)
                Issue.record("there is no such item")
            } catch let refusal as any Refusal {
                #expect(refusal.code == "catalogue.item-not-found")
            }
        }
    }

    @Test func `whoever may not file there learns nothing of anybody`() async throws {
        try await linked([.file], Grant.Extent(region: Region("350200"))) { link in
            let nobody = JSONValue.record(["name": .text("别人"), "number": .text("1")])
            let record = try await link.application(["agent": nobody])
            await #expect(throws: PartnerRefusal.outOfReach) { _ = try await link.take(record) }
        }
        try await linked([.decide]) { link in
            let record = try await link.application()
            await #expect(throws: PartnerRefusal.scopeMissing) { _ = try await link.take(record) }
            var blind = link.hall
            blind.applications = nil
            await #expect(throws: LinkRefusal.familyUnfit) {
                _ = try await blind.take(record, from: link.partner, at: "1") { _ in [] }
            }
        }
    }
}
