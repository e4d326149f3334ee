import Accounts
import Delivery
import Dossiers
import Vocabulary

/// Our words in the codes of the exchange (`code_tables.json`; domain section 1.6).
enum RecordCodes {
    /// 申请类型, by the table of submission channels: at a window, online, or by another system.
    static func channel(_ dossier: Dossier, filedBy actor: Actor) -> String {
        if case .partner = actor { return "7" }
        return dossier.submitted.hall == nil ? "1" : "0"
    }

    /// 服务对象: 1 for a natural person, 2 to 9 for organisations; 9 where nothing more is known of one.
    static func applicantType(_ facts: CaseFacts) -> String {
        guard CitizenID(facts.personal.applicantNumber) == nil else { return "1" }
        guard case .legalPerson(let legal) = facts.applicant else { return "9" }
        return legal.kind.serviceObject
    }

    /// 证件类型: 111 identity card, 001 credit code.
    static func documentType(_ number: String) -> String { CitizenID(number) == nil ? "001" : "111" }

    /// 办件类型: 1 at once, 2 promised.
    static func caseType(_ terms: Terms) -> String { terms.promised.value == 0 ? "1" : "2" }

    /// 收取方式: 1 on paper, 2 as a file, 5 from the certificate library. 待核: the values are those of
    /// systems in use, without a published table.
    static func taking(_ source: MaterialSource) -> String {
        switch source {
        case .paper: "1"
        case .files, .answers: "2"
        case .certificate: "5"
        }
    }

    /// 业务动作: passed, sent back, anything else. 待核: the order of the three is known, their numbers are ours.
    enum Action: String, Sendable {
        case passed = "1"
        case sentBack = "2"
        case other = "3"
    }

    /// 特别程序种类 (GB/T 39046-2020 table A.7): 1 an extension, 2 anything else.
    static func special(isExtension: Bool) -> String { isExtension ? "1" : "2" }

    /// 寄送方向: 1 to the applicant, 2 from the applicant. Our own table.
    static func direction(_ direction: ParcelDirection) -> String { direction == .originalsToWindow ? "2" : "1" }

    /// 物流状态: what the carrier reported. Our own table.
    static func scan(_ kind: ParcelScan.Kind) -> String {
        switch kind {
        case .pickedUp: "1"
        case .inTransit: "2"
        case .delivered: "3"
        case .refused: "4"
        case .wrongAddress: "5"
        case .lost: "6"
        case .returned: "7"
        }
    }

    /// 办结结果: how a dossier ended; nil for one that goes on.
    static func result(_ event: DossierEvent) -> String? {
        switch event {
        case .granted: "0"
        case .refused: "1"
        case .withdrawn, .terminated: "2"
        case .lapsed, .tolerance(.lapsed): "5"
        case .declined: "6"
        default: nil
        }
    }
}
