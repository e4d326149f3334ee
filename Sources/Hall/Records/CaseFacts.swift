import Accounts
import Certificates
import Dossiers
import Papers
import Store
import Supervision
import Vocabulary

/// Everything that records of the national exchange are made of, about one dossier.
struct CaseFacts: Sendable {
    let dossier: Dossier
    /// What can be forgotten and was not.
    let personal: Submission.Personal
    let history: [DossierTable.HistoryLine]
    /// The name of each material of the guide, by its id.
    let materials: [String: String]
    /// Who did something, as people call them.
    let names: [Actor: String]
    /// Who applied; nil where her data were erased.
    let applicant: Person?
    let certificate: Certificate?
    /// The number of the notice of acceptance; nil where none was issued.
    let acceptanceNumber: String?
    /// The end of the promised time as it stood at the acceptance; nil where there was none.
    let promiseEnd: Instant?
    /// What the carrier reported of its parcels.
    let scans: [RecordScan]
    /// What was said of it; nil where nobody has judged it.
    let evaluation: Evaluation?
    let envelope: Envelope

    /// By whom and when records are sent.
    struct Envelope: Sendable {
        /// 数据来源: three characters.
        let source: String
        let at: Instant
        /// 批次号.
        let batch: String
    }

    /// Whom a record names where nobody acted but the law or the platform.
    static let platformName = "系统"

    var terms: Terms { dossier.submitted.terms }

    func name(of line: DossierTable.HistoryLine) -> String {
        line.event.isByLaw ? Self.platformName : names[line.actor] ?? Self.platformName
    }

    /// The first line of the history that is so.
    func line(where matches: (DossierEvent) -> Bool) -> DossierTable.HistoryLine? {
        history.first { matches($0.event) }
    }
}
