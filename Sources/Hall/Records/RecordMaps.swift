import Accounts
import Certificates
import Delivery
import Dossiers
import Exchange
import Store
import Supervision
import Vocabulary

/// The mapping to the national exchange: every column that we fill, in one table a family. Columns that are not here
/// are left out, and none of them is required.
enum RecordMaps {
    /// 办件受理信息: at the acceptance, or at the end of a dossier that never was accepted. The source is that event.
    static let acceptance = RecordMap<DossierTable.HistoryLine>(
        "up_pro_accept",
        [
            .text("row_guid", "the dossier's id") { facts, _ in "\(facts.dossier.id)" },
            .text("project_no", "the dossier's number, 43 characters") { facts, _ in number(facts) },
            .text("catalog_code", "the last 12 characters of the implementation code") { facts, _ in
                facts.terms.catalogCode
            },
            .text("task_code", "the implementation code, 31 characters") { facts, _ in
                facts.terms.implementationCode
            },
            .text("task_handle_item", "the handling item's code, where the item has some") { facts, _ in
                facts.terms.handlingItemCode
            },
            .text("task_name", "the item's name under the guide's version") { facts, _ in facts.terms.itemName },
            .number("task_version", "the version of the guide that the dossier is pinned to") { facts, _ in
                facts.terms.version
            },
            .text("applyer_name", "the applicant's name") { facts, _ in facts.personal.applicantName },
            .text("applyer_type", "1 natural person, 2 to 9 organisations (服务对象)") { facts, _ in
                RecordCodes.applicantType(facts)
            },
            .text("applyer_page_type", "111 identity card, 001 credit code") { facts, _ in
                RecordCodes.documentType(facts.personal.applicantNumber)
            },
            .text("applyer_page_code", "the applicant's number") { facts, _ in facts.personal.applicantNumber },
            .moment("apply_date", "when it was filed") { facts, _ in facts.dossier.submittedAt },
            .text("apply_type", "0 window, 1 online, 7 another system") { facts, _ in
                facts.history.first.map { RecordCodes.channel(facts.dossier, filedBy: $0.actor) }
            },
            .text("legal", "the legal representative of an organisation") { facts, _ in
                guard case .legalPerson(let legal) = facts.applicant else { return nil }
                return legal.representative.name.text
            },
            .text("contact_name", "the agent, or the applicant who acts herself") { facts, _ in
                facts.personal.agentName
                    ?? (CitizenID(facts.personal.applicantNumber) == nil ? nil : facts.personal.applicantName)
            },
            .text("contact_mobile", "the mobile number of whoever is told") { facts, _ in
                MobileNumber(facts.personal.contactMobile) == nil ? nil : facts.personal.contactMobile
            },
            .text("org_name", "the body that decides") { facts, _ in facts.terms.bodyName },
            .text("org_code", "its credit code") { facts, _ in facts.terms.body.code },
            .text("handle_user_name", "who accepted it; 系统 where silence did") { facts, line in facts.name(of: line) },
            .moment("accept_date", "when the acceptance took effect; the end of one that never was accepted") {
                _, line in
                guard case .accepted(let from, _) = line.event else { return line.at }
                return from
            },
            .text("accept_doc_no", "the number of the notice of acceptance") { facts, _ in facts.acceptanceNumber },
            .text("project_name", "the item and the applicant") { facts, _ in
                "\(facts.terms.itemName)（\(facts.personal.applicantName)）"
            },
            .text("project_type", "1 at once, 2 promised (办件类型)") { facts, _ in RecordCodes.caseType(facts.terms) },
            .moment("promise_date", "the end of the promised time, as it stood at the acceptance") { facts, _ in
                facts.promiseEnd
            },
        ])

    /// 材料目录信息.
    static let material = RecordMap<RecordMaterial>(
        "up_pro_material",
        [
            .text("row_guid", "the dossier's id and that of the material") { facts, material in
                guid(facts, material)
            },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("material_name", "its name in the guide") { facts, material in
                facts.materials[material.handedIn.material] ?? material.handedIn.material
            },
            .text("get_type", "1 paper, 2 file, 5 from the certificate library") { _, material in
                RecordCodes.taking(material.handedIn.source)
            },
            .text("get_num", "how many files; 1 for anything else") { _, material in
                "\(max(1, material.handedIn.keptFiles.count))"
            },
            .text("material_attach_name", "the names of the files, by which they are fetched") { facts, material in
                let names = material.handedIn.keptFiles.map { facts.personal.fileNames[$0.digest] ?? $0.digest }
                let text = names.joined(separator: ";")
                return text.unicodeScalars.count > 200 ? names.first.map { String($0.prefix(200)) } : text
            },
        ])

    /// 材料附件信息: one file of a material.
    static let file = RecordMap<RecordAttachment>(
        "ow_file",
        [
            .text("row_guid", "the dossier's id, and the file's among the files of its materials") { facts, file in
                let name = Array((file.material.handedIn.material + "\n" + file.digest).utf8)
                return "\(facts.dossier.id)-\(BlobRef(of: name).digest.prefix(16))"
            },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("material_guid", "the record of the material that it belongs to") { facts, file in
                guid(facts, file.material)
            },
            .text("file_name", "its name, as it was handed in") { _, file in file.name },
            .text("file_digest", "the digest of its bytes, by which it is fetched") { _, file in file.digest },
        ])

    /// 物流信息: one report of the carrier's.
    static let scan = RecordMap<RecordScan>(
        "ow_logistics",
        [
            .text("row_guid", "the parcel's id and the number of the report") { _, scan in
                "\(scan.parcel.id)-\(scan.scan.number)"
            },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("waybill_no", "the carrier's number") { _, scan in scan.parcel.booking?.waybill },
            .text("direction", "1 to the applicant, 2 from the applicant") { _, scan in
                RecordCodes.direction(scan.parcel.ordered.direction)
            },
            .text(
                "state", "1 fetched, 2 on its way, 3 delivered, 4 refused, 5 wrong address, 6 lost, 7 back"
            ) { _, scan in RecordCodes.scan(scan.scan.kind) },
            .moment("event_time", "by the carrier's clock") { _, scan in scan.scan.at },
            .text("place", "where it was read") { _, scan in scan.place },
        ])

    /// 办件过程信息.
    static let step = RecordMap<RecordStep>(
        "up_pro_process",
        [
            .text("row_guid", "the dossier's id and the number of the event") { facts, step in
                "\(facts.dossier.id)-\(step.line.sequence)"
            },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("event_name", "1 passed, 2 sent back, 3 anything else (业务动作)") { _, step in step.action.rawValue },
            .text("process_name", "the step's name") { _, step in step.name },
            .text("handle_user_name", "who did it; 系统 where the law or the platform did") { facts, step in
                facts.name(of: step.line)
            },
            .text("handle_explain", "what was written, or the step's name") { _, step in step.words },
            .moment("event_start_time", "when the step before it was over") { _, step in step.begunAt },
            .moment("event_end_time", "when it happened") { _, step in step.line.at },
        ])

    /// 特别程序信息.
    static let special = RecordMap<RecordSpecial>(
        "up_pro_special_procedure",
        [
            .text("row_guid", "the dossier's id and the number of the event that began it") { facts, special in
                "\(facts.dossier.id)-\(special.begun.sequence)"
            },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("special_type", "1 an extension, 2 anything else (GB/T 39046 A.7)") { _, special in
                RecordCodes.special(isExtension: special.isExtension)
            },
            .text("special_name", "what it is") { _, special in special.name },
            .moment("special_time", "when it began") { _, special in special.begun.at },
            .text("special_reason", "what the applicant was told, or what it is") { _, special in
                special.begun.note ?? special.name
            },
            .text("applyer_user_name", "who began it") { facts, special in facts.name(of: special.begun) },
            .moment("end_time", "when it was over") { _, special in special.ended.at },
            .text("result", "what came out of it") { _, special in special.result },
            .text("special_explain", "what was written at its end") { _, special in special.ended.note },
            .text("handle_user", "who ended it") { facts, special in facts.name(of: special.ended) },
        ])

    /// 办件结果信息: the source is the decision, or the event by which it ended without one.
    static let result = RecordMap<DossierTable.HistoryLine>(
        "up_pro_result",
        [
            .text("row_guid", "the dossier's id") { facts, _ in "\(facts.dossier.id)" },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("handle_user_name", "who decided") { facts, line in facts.name(of: line) },
            .moment("result_date", "when it was decided") { _, line in line.at },
            .text("result_type", "0 granted, 1 refused, 2 over, 5 sent back, 6 not accepted (办结结果)") { _, line in
                RecordCodes.result(line.event)
            },
            .text("result_cetr_name", "the certificate's name") { facts, _ in
                facts.certificate == nil ? nil : facts.terms.certificateName
            },
            .text("result_cetr_no", "its number") { facts, _ in facts.certificate?.reservation.identifier.serial },
            .text("result_explain", "what was written with it") { _, line in line.note },
            .text("is_delivery_results", "1 where a courier brings the result") { facts, _ in
                facts.dossier.submitted.delivery == .courier ? "1" : "0"
            },
        ])

    /// 证照目录信息: once the certificate is signed and filed. The source is that event.
    static let certificate = RecordMap<RecordCertificate>(
        "up_lic_data",
        [
            .text("certificate_source_id", "the certificate's identifier, with its check character") { _, source in
                "\(source.certificate.reservation.identifier)"
            },
            .text("certificate_name", "the certificate's name") { facts, source in
                facts.terms.certificateName ?? source.personal.typeName
            },
            .text("certificate_type", "its type's name") { _, source in source.personal.typeName },
            .text("certificate_type_code", "its type, 21 characters") { _, source in
                source.certificate.reservation.identifier.type
            },
            .text("issue_dept", "who issues it") { _, source in source.personal.issuerName },
            .text("issue_dept_code", "the issuer's credit code") { _, source in
                source.certificate.reservation.identifier.issuer.code
            },
            .text("certificate_area_code", "the division of the body that decided") { facts, _ in
                facts.terms.region.code
            },
            .text("certificate_holder", "the holder's name") { _, source in source.personal.holderName },
            .text("certificate_holder_code", "the holder's number") { _, source in source.personal.holderNumber },
            .text("certificate_holder_type", "111 identity card, 001 credit code") { _, source in
                source.personal.holderNumberType
            },
            .text("certificate_number", "its number") { _, source in
                source.certificate.reservation.identifier.serial
            },
            .text("issue_date", "the first day of its validity") { _, source in
                "\(source.certificate.reservation.validFrom)"
            },
        ])

    /// 服务评价信息: the source is the evaluation of the case. Who judged is not told.
    static let evaluation = RecordMap<Evaluation>(
        RecordFamily.evaluation,
        [
            .text("row_guid", "the evaluation's id") { _, evaluation in "\(evaluation.id)" },
            .text("project_no", "the dossier's number") { facts, _ in number(facts) },
            .text("satisfaction", "1 the best, 5 the worst (GB/T 39046 A.8): six less the stars") { _, evaluation in
                "\(evaluation.given.grade.nationalNumber)"
            },
            .text("evaluate_channel", "how it was given") { _, evaluation in evaluation.given.channel.code },
            .moment("evaluate_date", "when it was given") { _, evaluation in evaluation.givenAt },
            .text("evaluate_tags", "the codes of its phrases") { _, evaluation in
                evaluation.given.tags.joined(separator: ",")
            },
            .text("evaluate_content", "what was written") { _, evaluation in evaluation.personal?.words },
        ])

    /// What names the record of a material.
    private static func guid(_ facts: CaseFacts, _ material: RecordMaterial) -> String {
        "\(facts.dossier.id)-\(BlobRef(of: Array(material.handedIn.material.utf8)).digest.prefix(16))"
    }

    private static func number(_ facts: CaseFacts) -> String { facts.dossier.submitted.numbers.number }
}

/// A certificate that is filed and whose holder was not forgotten.
struct RecordCertificate: Sendable {
    let certificate: Certificate
    let personal: Certificate.Personal
}
