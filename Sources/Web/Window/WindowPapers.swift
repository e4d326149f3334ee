import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// What a window prints: the receipt slip and the notice of acceptance.
struct WindowPapers {
    let site: Site

    func slip(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await WindowDossier(site: site).open(context, purpose: "print")
        let words = view.words
        let dossier = view.dossier
        var slip = ReceiptSlip(
            number: dossier.submitted.numbers.short, item: view.title,
            applicant: dossier.personal?.applicantName ?? "—", receivedAt: dossier.receivedAt ?? dossier.submittedAt,
            lines: dossier.materials.map { ReceiptSlip.Line(view.name($0.material), words["material.one"]) })
        slip.clerk = context.staff.name?.text ?? context.staff.employeeNumber.text
        slip.password = dossier.personal?.queryPassword ?? ""
        slip.place = site.regions.entry(context.staff.region).map { words.pick($0.name, $0.nameEnglish) } ?? ""
        let visit = site.visit(context, .window)
        return .page(
            visit.sheet(words["receipt.title"], back: PageLink(words["window.back"], Paths.window(dossier.id))) {
                html in
                html.receipt(slip, issuer: dossier.submitted.terms.bodyName) { $0.paragraph(view.next) }
            })
    }

    /// 受理通知书 (domain section 4.2): basis, day of acceptance, the day by which the decision is due.
    func acceptanceNotice(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await WindowDossier(site: site).open(context, purpose: "print")
        let dossier = view.dossier
        guard let acceptance = dossier.acceptance else { throw DoorRefusal.noSuchPage }
        let terms = dossier.submitted.terms
        let chinese = site.interior.tables.words(.window, .zh)
        var sheet = PaperSheet(
            body: terms.bodyName, number: "办件编号 \(dossier.submitted.numbers.short)", title: "受理通知书",
            addressee: dossier.personal?.applicantName ?? "申请人", day: acceptance.recordedAt.day)
        sheet.isDemonstration = true
        let due = site.hall.rules.due(of: dossier).map { chinese.plainDate($0.day) } ?? "—"
        let visit = site.visit(context, .window)
        return .page(
            visit.sheet(
                view.words["window.notice"], back: PageLink(view.words["window.back"], Paths.window(dossier.id))
            ) { html in
                html.paper(sheet) { html in
                    html.paragraph(
                        """
                        您于\(chinese.plainDate(dossier.submittedAt.day))提出的“\(terms.itemName)”申请（事项编码\(terms.itemCode)）\
                        材料齐全、符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第（五）项的规定，决定予以受理，\
                        受理日期为\(chinese.plainDate(acceptance.from.day))。
                        """)
                    html.paragraph("本机关承诺于\(due)前作出决定。您可以凭办件编号和查询密码在政务服务网查询办理进度。")
                }
            })
    }
}
