import Exchange
import Foundation
import HTTPTypes
package import Hummingbird
package import Vocabulary

/// What people and tests ask of a far side: its page, its switches, what it has, and its report. Nothing of it is
/// signed: it stands on this machine alone.
package struct FarDesk: Sendable {
    private let ledger: FarLedger
    private let report: FarReport
    private let switches: FarSwitches
    private let time: TimeSource
    private let page: FarPage
    /// What is shown: what the ledger has, unless somebody keeps no records.
    package var dossiers: @Sendable () async -> JSONValue

    package init(ledger: FarLedger, report: FarReport, switches: FarSwitches, time: TimeSource) throws {
        (self.ledger, self.report, self.switches, self.time) = (ledger, report, switches, time)
        page = try FarPage()
        dossiers = { await ledger.dossiers }
    }

    package func serve(_ router: Router<FarContext>) {
        router.get("/") { _, _ in page.response(await dossiers(), switches.now) }
        SandboxDesk(switches: switches, report: report).serve(router)
        router.get("/sandbox/dossiers") { _, _ in SandboxAnswer.json(await dossiers()) }
        router.get("/sandbox/offers") { _, _ in SandboxAnswer.json(await ledger.offerList) }
        router.get("/sandbox/applications") { _, _ in SandboxAnswer.json(await ledger.applications) }
        router.post("/sandbox/offers") { request, _ in
            guard let json = try await SandboxAnswer.value(in: request) else {
                return SandboxAnswer.refusal("malformed")
            }
            do {
                let record = try LinkRecord(json, in: ledger.families)
                await ledger.offer(record)
                return SandboxAnswer.json(.record(["key": .text(record.record.key)]), .created)
            } catch let unfit as RecordUnfit {
                return SandboxAnswer.refusal("\(unfit.code) \(unfit.place)")
            }
        }
        router.post("/sandbox/files") { request, _ in
            let bytes = Array(try await request.body.collect(upTo: SandboxAnswer.requestBytesMax).readableBytesView)
            guard let digest = await ledger.lay(bytes) else { return SandboxAnswer.refusal("no room") }
            return SandboxAnswer.json(.record(["digest": .text(digest)]), .created)
        }
        router.post("/sandbox/applications") { request, _ in
            guard let json = try await SandboxAnswer.value(in: request), let code = json["taskCode"]?.text,
                let form = json["form"], case .record = form
            else { return SandboxAnswer.refusal("malformed: taskCode and form") }
            do {
                let record = try await ledger.apply(code, form, source: json["source"]?.text ?? "350")
                return SandboxAnswer.json(.record(["row_guid": .text(record.record.key)]), .created)
            } catch let unfit as RecordUnfit {
                return SandboxAnswer.refusal("\(unfit.code) \(unfit.place)")
            }
        }
    }
}

extension FarLedger {
    /// Offers an application. Refuses what does not fit the family's columns.
    func apply(_ taskCode: String, _ form: JSONValue, source: String) throws -> LinkRecord {
        let now = time.now()
        let guid = "sandbox-\(now.milliseconds)-\(offers.count + 1)"
        let record = try LinkRecord(
            "ow_apply", number: "",
            [
                "row_guid": .text(guid), "task_code": .text(taskCode), "apply_date": .text(RecordMoment.text(now)),
                "form": .text(String(decoding: CanonicalJSON.bytes(writing: form), as: UTF8.self)),
                "cd_operation": .text("I"), "cd_time": .text(RecordMoment.text(now)), "cd_batch": .text(guid),
                "data_source": .text(source),
            ], in: families)
        offer(record)
        return record
    }
}

/// What is here, as a page that looks again by itself. Its frame and words are a resource.
struct FarPage: Sendable {
    private let page: SandboxPage
    /// LIMIT: records that the page shows.
    private static let shownMax = 500

    init() throws {
        page = try SandboxPage("links.html")
    }

    func response(_ dossiers: JSONValue, _ faults: FarFaults) -> Response {
        let all = (dossiers.list ?? []).reversed()
        let rows = all.flatMap { dossier in
            (dossier["records"]?.list ?? []).map { record in
                let cells = [dossier["number"], record["family"], record["key"], record["outcome"], record["code"]]
                let ours = record["isOwn"] == .flag(true) ? "→" : "←"
                return "<tr><td>\(ours)</td>"
                    + cells.map { "<td>\(SandboxPage.escaped($0?.text ?? ""))</td>" }.joined() + "</tr>"
            }
        }
        let on = faults.every.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key.rawValue)=\($0.value)" }
        let states = on + (faults.isDown ? ["down"] : []) + ["slowSeconds=\(faults.slowSeconds)"]
        return page.response([
            "rows": rows.prefix(Self.shownMax).joined(separator: "\n"), "count": "\(all.count)",
            "faults": SandboxPage.escaped(states.joined(separator: " · ")),
        ])
    }
}
