import Accounts
import Catalogue
import Certificates
import Delivery
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// A deed that was refused: its form comes back with everything that was typed, and says why.
struct RefusedDeed: Sendable {
    /// The last part of the address that was posted to.
    let resource: String
    let form: PostedForm
    let refusal: any Refusal

    /// The field that the refusal is about, if it is about one; otherwise it is about the deed as a whole.
    var field: String? {
        if let refusal = refusal as? FormRefusal { return refusal.field }
        if let field = causeField { return field }
        let fields = Self.byCode.first { $0.codes.contains(refusal.code) }?.fields ?? []
        let posted = fields.filter { !form.all($0).isEmpty }
        return posted.first { form[$0].isEmpty } ?? posted.first ?? fields.first
    }

    /// Fields that a refusal of the rules can be about.
    private static let byCode: [(codes: [String], fields: [String])] = [
        (codes(.reasonMissing, .textTooLong), ["name", "note"]),
        ([CertificateRefusal.reasonMissing.code, CertificateRefusal.textTooLong.code], ["note"]),
        ([CertificateRefusal.wrongGround.code], ["ground"]), ([AssistanceRefusal.signatureMissing.code], ["letter"]),
        (codes(.timeNotTold, .extensionTooLong, .toleranceTooLong), ["days"]),
        (codes(.twoStaffNeeded), ["staff"]),
        ([AccountRefusal.staffNotFound.code, AccountRefusal.staffLeft.code], ["deputy", "staff", "chair"]),
        ([AccountRefusal.deputyIsOneself.code, AccountRefusal.deputyAway.code], ["deputy"]),
        ([AccountRefusal.absenceOver.code, AccountRefusal.absenceOverlaps.code], ["from"]),
        ([AccountRefusal.absenceTooLong.code, AccountRefusal.termInverted.code], ["until"]),
        (
            [OrderRefusal.wordsMissing.code, OrderRefusal.textTooLong.code], ["text"]
        ), ([LookInquiryRefusal.wordsMissing.code, LookInquiryRefusal.wordsTooLong.code], ["text"]),
        ([AccountRefusal.relativeKnown.code, AccountRefusal.relativeNameUnfit.code], ["name"]),
        ([OrderRefusal.doneMissing.code], ["done"]), ([OrderRefusal.daysUnfit.code], ["days"]),
        ([LightRefusal.percentUnfit.code], ["left"]), ([LightRefusal.itemUnknown.code], ["item"]),
        ([LightRefusal.beginsTooSoon.code, LightRefusal.beginsTooLate.code], ["from"]),
        (fileReview(.marksTooHigh, .marksUnfit), ["marks"]), (fileReview(.wordsMissing, .wordsTooLong), ["words"]),
        (fileReview(.periodUnfit, .populationEmpty, .populationTooLarge), ["to"]),
        (fileReview(.drawTimeUnfit), ["minutes"]), (fileReview(.sampleUnfit, .drawTooLarge), ["sample"]),
        (fileReview(.tooFewReviewers, .ownBody, .tookPart, .notAReviewer, .assignedBefore), ["staff"]),
        (codes(.standardMissing), ["standard"]),
        (codes(.hearingTooSoon, .hearingTooLate, .hearingNotOnWorkingDay, .dateInThePast), ["day"]),
        (codes(.visitNotOnWorkingDay, .visitTooLate), ["day"]),
        (codes(.placeMissing), ["place"]), (codes(.reviewerMayNotChair), ["chair"]),
        (codes(.publicInterest), ["interest"]), (codes(.rightAuthorityMissing), ["authority"]),
        (codes(.undertakingMissing), ["undertaking"]), (codes(.partyUnknown), ["party"]),
        ([WindowRefusal.hallKnown.code, WindowRefusal.codeMalformed.code], ["code"]),
        ([WindowRefusal.nameMissing.code], ["name", "name-en", "label"]),
        ([WindowRefusal.textTooLong.code], ["name", "label"]), ([WindowRefusal.placesWrong.code], ["places"]),
        (
            [
                WindowRefusal.numberWrong.code, WindowRefusal.windowKnown.code, WindowRefusal.windowNotFound.code,
                WindowRefusal.occupied.code,
            ], ["number"]
        ), ([WindowRefusal.capabilityMissing.code], ["capability"]),
        ([CustodyRefusal.unfit.code], ["sheets"]),
        (codes(.nothingMayFollow, .keyMaterialMissing, .nothingToMend, .correctionIncomplete), ["materials"]),
    ]

    /// Of a refused cause, the first material's whose cause can be what was refused.
    private var causeField: String? {
        let named = form.defects
        switch refusal as? DossierRefusal {
        case .causeMissing: return named.first { $0.cause == nil }.map { "cause-\($0.material)" }
        case .causeWordsMissing:
            return named.first { $0.cause == .other && $0.words?.isEmpty ?? true }.map { "words-\($0.material)" }
        case .causeWordsPersonal: return named.first { $0.words?.isEmpty == false }.map { "words-\($0.material)" }
        case .placeNotInGuide: return named.first { $0.cause?.place != nil }.map { "cause-\($0.material)" }
        default: return nil
        }
    }

    private static func codes(_ refusals: DossierRefusal...) -> [String] { refusals.map(\.code) }
    private static func fileReview(_ refusals: FileReviewRefusal...) -> [String] { refusals.map(\.code) }
}

/// Why a form cannot be read as a command; its page says it at the field.
struct FormRefusal: Refusal, Equatable {
    let code: String
    /// The field that cannot be read.
    let field: String
    var kind: RefusalKind { .invalid }

    /// Nothing was chosen where there is a choice.
    static func choiceMissing(_ field: String) -> FormRefusal { FormRefusal(code: codes[0], field: field) }
    /// What stands there is no day.
    static func dayMalformed(_ field: String) -> FormRefusal { FormRefusal(code: codes[1], field: field) }
    /// What stands there is no time of day.
    static func timeMalformed(_ field: String) -> FormRefusal { FormRefusal(code: codes[2], field: field) }

    static let codes = ["form.choice-missing", "form.day-malformed", "form.time-malformed"]
}

/// One form among several on a page: its fields have ids of their own, and keep what was typed when it is refused.
struct DeedForm: Sendable {
    let resource: String
    let refused: RefusedDeed?
    /// What is said at the field that a refusal is about.
    private let sentence: String

    init(_ resource: String, _ refused: RefusedDeed?, _ site: Site, _ words: Words) {
        self.resource = resource
        self.refused = refused?.resource == resource ? refused : nil
        sentence = self.refused.map { site.refusals[$0.refusal.code, words].what } ?? ""
    }

    /// A question of the form; `start` is its answer while nobody has typed one.
    func field(
        _ name: String, _ label: String, _ kind: FieldKind, hint: String? = nil, start: String = ""
    ) -> Field {
        var field = Field(name, label, kind, hint: hint, answer: Answer(start))
        field.form = resource
        if let refused {
            field.answer.values = refused.form.all(name)
            if refused.field == name { field.answer.error = sentence }
        }
        return field
    }

    /// The same for a question that may stay open.
    func optional(_ name: String, _ label: String, _ kind: FieldKind, hint: String? = nil) -> Field {
        field(name, label, kind, hint: hint).with { $0.isOptional = true }
    }
}

extension HTML {
    /// Writes over the page what was refused and how to mend it, where it is about no field; nothing when nothing was.
    mutating func refused(_ refusal: (any Refusal)?, _ site: Site) {
        guard let refusal else { return }
        let sentence = site.refusals[refusal, words]
        banner(.error, sentence.what) { $0.paragraph(sentence.mend) }
    }

    /// Writes over the page what was refused, how to mend it, and where; nothing when nothing was.
    mutating func refused(_ deed: RefusedDeed?, _ site: Site) {
        guard let deed else { return }
        let sentence = site.refusals[deed.refusal.code, words]
        if let field = deed.field { errorSummary([FieldError("\(deed.resource)-\(field)", sentence.what)]) }
        banner(.error, sentence.what) { html in
            html.paragraph(sentence.mend)
            html.note(html.words("error.code", ["code": deed.refusal.code]))
        }
    }
}

extension PostedForm {
    /// The day in a field; refuses what is none.
    func day(_ name: String) throws -> CivilDate {
        guard let day = CivilDate(self[name]) else { throw FormRefusal.dayMalformed(name) }
        return day
    }

    /// The minutes since midnight of a time such as `9:30` or `14:00`; refuses what is none.
    func minute(_ name: String) throws -> Int {
        let parts = self[name].replacing("\u{FF1A}", with: ":").split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { throw FormRefusal.timeMalformed(name) }
        return hour * 60 + minute
    }

    /// What was chosen where nothing need be; nil for nothing. Refuses a form that says what there is no choice of.
    func ifChosen<Choice: RawRepresentable>(_ name: String) throws -> Choice? where Choice.RawValue == String {
        guard !self[name].isEmpty else { return nil }
        guard let choice = Choice(rawValue: self[name]) else { throw DoorRefusal.malformedForm }
        return choice
    }

    /// The number in a field; nought for what is none, which every rule about numbers refuses.
    func number(_ name: String) -> Int { Int(self[name]) ?? 0 }

    /// The number of what stood on the page when the form was filled in; refuses a form that does not say it.
    func seen() throws -> Int {
        guard let seen = Int(self["seen"]) else { throw DoorRefusal.malformedForm }
        return seen
    }

    /// What was chosen; refuses a form without a choice.
    func chosen<Choice: RawRepresentable>(_ name: String) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: self[name]) else { throw FormRefusal.choiceMissing(name) }
        return choice
    }
}

extension RefusedDeed {
    /// The status of the page that brings the form back.
    var status: HTTPResponse.Status { .init(code: refusal.kind.rawValue) }
}

extension Refusal {
    /// Whether it says something about what was typed or about how the dossier stands, so that the page comes back with
    /// the form. Whoever may not do it at all, or whose token is somebody else's, gets no page.
    var belongsToAForm: Bool {
        switch self as any Refusal {
        case DossierRefusal.notFound, CertificateRefusal.notFound: false
        case OrderRefusal.notFound, OrderRefusal.findingNotFound: false
        case is OrderRefusal, is LightRefusal: true
        case QueueRefusal.notServedHere: true
        case is DossierRefusal, is CertificateRefusal, is FormRefusal, is AccountRefusal, is WindowRefusal: true
        default: false
        }
    }
}

extension PostedForm {
    /// The ticket of whoever stood at the window when the page was opened; nil where nobody did.
    func served() throws -> TicketID? {
        guard !self["served"].isEmpty else { return nil }
        guard let ticket = TicketID(self["served"]) else { throw DoorRefusal.malformedForm }
        return ticket
    }
}

extension DoorContext {
    /// The dossier that a page's address names.
    func dossierOnPage() throws -> DossierID {
        guard let id = DossierID(try parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        return id
    }
}
