import Accounts
import Hall
import HTTPTypes
import Hummingbird
import Notices
import Vocabulary

/// `/notices/preferences`: by which ways somebody is told beside the portal, and in which language.
struct NoticePreferences {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let preference = try await site.hall.noticePreference(of: .person(context.citizen.id))
        return .page(
            show(
                ("\(preference.wantsSMS)", preference.mail?.text ?? "", preference.language.rawValue), [],
                context, isSaved: request.asked("saved") == "1"))
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let wantsSMS = Bool(form["sms"]), let language = NoticeLanguage(rawValue: form["language"]) else {
            throw DoorRefusal.malformedForm
        }
        let mail: MailAddress?
        do {
            mail = try Self.mail(in: form["mail"])
        } catch {
            let sentence = site.refusals[error.code, site.visit(context, .portal).words]
            let error = FieldError(
                "mail", sentence.what + site.visit(context, .portal).words["notices.colon"] + sentence.mend)
            return .page(
                show((form["sms"], form["mail"], form["language"]), [error], context, isSaved: false),
                status: .unprocessableContent)
        }
        let preference = NoticePreference(wantsSMS: wantsSMS, mail: mail, language: language)
        try await site.hall.keep(preference, of: .person(context.citizen.id))
        return .seeOther("/notices/preferences?saved=1")
    }

    /// The address that somebody typed; nil for none. Refuses what is not one.
    static func mail(in text: String) throws(NoticeRefusal) -> MailAddress? {
        guard !text.isEmpty else { return nil }
        guard let mail = MailAddress(text) else { throw .malformedMail }
        return mail
    }

    private func show(
        _ answers: (sms: String, mail: String, language: String), _ errors: [FieldError], _ context: PortalContext,
        isSaved: Bool
    ) -> HTML {
        let visit = site.visit(context, .portal)
        let words = visit.words
        let crumbs = [PageLink(words["notices.title"], "/notices")]
        return visit.page(words["notices.preferences"], crumbs: crumbs, hasErrors: !errors.isEmpty) { html in
            if isSaved { html.banner(.success, words["notices.saved"]) }
            html.errorSummary(errors)
            html.title(words["notices.preferences"])
            html.lead(words["notices.preferences-lead"])
            html.reading { html in
                html.form("/notices/preferences", site.tokens(context)) { html in
                    html.field(
                        Field(
                            "sms", words["notices.sms"], .yesNo, hint: words["notices.sms-hint"],
                            answer: Answer(answers.sms)))
                    html.field(
                        Field(
                            "mail", words["notices.mail"], .text(max: MailAddress.charactersMax),
                            hint: words["notices.mail-hint"],
                            answer: Answer(answers.mail, error: errors.first?.sentence)
                        ).with {
                            $0.isOptional = true
                            $0.autocomplete = "email"
                        })
                    html.field(
                        Field(
                            "language", words["notices.language"],
                            .choice([
                                Option("zh", "\(Language.zh.ownName)"), Option("en", "\(Language.en.ownName)"),
                            ]), answer: Answer(answers.language)))
                    html.button(words["notices.save"])
                }
            }
        }
    }
}
