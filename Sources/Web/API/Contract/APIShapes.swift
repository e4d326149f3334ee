import Accounts
import Catalogue
import Certificates
import Documents
import Dossiers
import Vocabulary

/// The shapes of the house's own nouns.
extension JSONShape {
    /// Days that somebody is told or given.
    static let days = whole(1...3650)
    /// A time of the day, `9:00`.
    static let minute = text("([01]?[0-9]|2[0-3]):[0-5][0-9]").such(as: .text("9:00"))
    static let employee = reason.about("An employee number.").such(as: .text("YC-1003"))
    static let employees = list(employee)
    /// Why an applicant went wrong: a place of the guide by its code, or one of two words.
    static let cause: JSONShape = {
        let parts = GuidePlace.MaterialPart.allCases.map(\.rawValue).joined(separator: "|")
        return text(
            "overlooked|other|E[0-9]{2}|form/[^/]+|material/[^/]+/(?:\(parts))", max: GuidePlace.codeCharactersMax
        ).such(as: .text("material/restPlan/sample"))
    }()
    /// Materials by their ids in the guide, each once.
    static let materials = list(reason, isUnique: true)
    /// An id of the house: 26 characters of Crockford's base 32.
    static let id = text("[0-9a-hjkmnp-tv-z]{26}").such(as: .text("01m8hd2w1de00by636cwpjmrab"))
    static let itemCode = text("[0-9A-Z]{31}(?:[0-9]{2})?").about("31 characters, 33 with the handling item's.")
    static let citizenID = text("[0-9]{17}[0-9X]").such(as: .text("350103199003073326"))
    /// An answer to a field of a form: text, a whole number, yes or no, several choices.
    static let answer = oneOf([words, whole, flag, list(words)])
    static let mobile = text("1[3-9][0-9]{9}").such(as: .text("13900000001"))
    static let officer = text("[A-Za-z0-9._-]{1,32}").such(as: .text("K-0012"))
    static let creditCode = text("[0-9A-HJ-NP-RT-UW-Y]{18}")
    static let region = text("[0-9]{6}").such(as: .text("350111"))
    static let digest = text("[0-9a-f]{64}").about("SHA-256.")
    static let base64 = text("[A-Za-z0-9+/]*=*")
    static let place = whole(0...Int.max)
}

/// The schemas of the document by their names: what operations answer.
enum APIShapes {
    static let all: [(name: String, shape: JSONShape)] = [
        ("Problem", problem), ("DeedOutcome", outcome), ("ItemLine", itemLine), ("Limit", limit),
        ("DossierSummary", summary), ("Dossier", dossier), ("Proceedings", proceedings), ("Clock", clock),
        ("FileReport", fileReport), ("FileCheck", fileCheck), ("Event", .event),
    ]

    /// RFC 9457.
    static let problem = JSONShape.record([
        .must("type", .text.about("Where the code is explained.")), .must("title", .text), .must("detail", .text),
        .must("status", .whole(400...599)), .must("code", .text.about("It never changes its meaning.")),
        .may(
            "errors",
            .list(
                .record([
                    .must("at", .text.about("The member, as a JSON Pointer (RFC 6901).")), .must("code", .text),
                    .must("detail", .text),
                ])
            ).about("What is wrong and where, each by itself.")),
    ])

    static let outcome = JSONShape.record([
        .must("dossier", .id), .must("sequence", .whole.about("How many events the dossier had afterwards.")),
    ])

    // Items

    static let limit = JSONShape.record([
        .must("value", .whole.about("0 is at once.")), .must("unit", .one(of: TimeUnit.self)),
        .must("startsAt", .one(of: ["receipt", "acceptance", "decision"])), .may("basis", .text),
        .may(
            "extension",
            .record([
                .must("value", .whole), .must("unit", .one(of: TimeUnit.self)), .must("approver", .bilingual),
                .must("basis", .text),
            ])), .must("source", .one(of: ["law", "demonstration"])),
    ])

    static let itemLine = JSONShape.record([
        .must("itemCode", .itemCode), .must("slug", .text), .must("region", .region), .must("department", .text),
        .must("name", .bilingual), .may("handlingItemName", .bilingual), .must("bodyName", .bilingual),
        .must("version", .whole), .must("statutory", .named("Limit")), .must("promised", .named("Limit")),
        .must("modes", .list(.one(of: ServiceMode.all.map(\.id)))), .must("isCharged", .flag),
        .must("holders", .list(.one(of: ["naturalPerson", "legalPerson"]))), .must("state", .one(of: ItemState.self)),
        .may("stateNote", .text),
    ])

    // Dossiers

    static let summary = JSONShape.record([
        .must("id", .id), .must("number", .text), .must("short", .text), .must("item", .itemCode),
        .must("stage", .one(of: Dossier.Stage.Name.self)), .may("ending", .one(of: Dossier.Ending.self)),
        .must("submittedAt", .instant), .may("receivedAt", .instant), .may("due", .day), .may("statutoryDue", .day),
        .must("isProvisional", .flag),
    ])

    private static let date = JSONShape.record([
        .must("day", .day), .must("isProvisional", .flag.about("Its year's holidays are not published yet.")),
    ])

    private static let trips = JSONShape.record([
        .must("promised", .whole), .must("made", .whole),
        .must("visits", .list(.record([.must("day", .day), .must("purposes", .list(.text))]))),
    ])

    private static let paper = JSONShape.record([
        .must("id", .id), .must("kind", .text), .must("title", .text), .must("number", .text), .must("day", .day),
        .must("isServed", .flag), .must("isVoided", .flag),
    ])

    private static let event = JSONShape.record([
        .must("sequence", .whole), .must("at", .instant),
        .must("by", .one(of: ["person", "staff", "platform", "caller", "partner"])),
        .must("kind", .text), .must("body", .anything.about("As it stands in the journal.")),
    ])

    static let dossier = JSONShape.record([
        .must("id", .id), .must("sequence", .whole.about("How many events it is the fold of.")),
        .must("number", .text), .must("short", .text),
        .must(
            "item",
            .record([
                .must("code", .itemCode), .must("version", .whole), .must("name", .text), .must("body", .creditCode),
                .must("bodyName", .text), .must("region", .region),
            ])), .must("mode", .one(of: ServiceMode.all.map(\.id))),
        .must("delivery", .one(of: DeliveryMode.all.map(\.id))), .must("stage", .one(of: Dossier.Stage.Name.self)),
        .may("ending", .one(of: Dossier.Ending.self)), .must("submittedAt", .instant),
        .may(
            "receipt",
            .record([
                .must("at", .instant), .must("event", .whole), .must("by", .one(of: ["submission", "originals"])),
            ])), .may("acceptedAt", .instant), .may("isAcceptedBySilence", .flag),
        .may("decision", .record([.must("isGrant", .flag), .must("at", .instant)])),
        .must("due", .record([.may("authority", date), .may("statutory", date), .may("applicant", date)])),
        .must("missingMaterials", .list(.text)), .must("trips", trips), .must("proceedings", .named("Proceedings")),
        .must("papers", .list(paper)), .must("events", .list(event)),
    ])

    static let proceedings = JSONShape.record([
        .must(
            "special",
            .list(
                .record([
                    .must("procedure", .one(of: SpecialProcedure.self)), .must("begunAt", .instant),
                    .must("told", .whole), .may("endedAt", .instant), .may("isFavourable", .flag),
                ]))),
        .may(
            "hearing",
            .record([
                .must("step", .one(of: ["told", "requested", "scheduled", "held", "waived"])),
                .must("toldAt", .instant), .may("day", .day), .may("due", .day),
            ])),
        .may(
            "extension",
            .record([
                .may("approved", .whole), .may("requested", .whole),
                .must("authority", .one(of: Extension.Authority.self)),
            ])), .must("thirdParties", .record([.must("informed", .whole), .must("heard", .whole)])),
        .may("tolerance", .record([.must("lagging", .list(.text)), .may("due", .day)])),
        .may(
            "commitment",
            .record([.must("standing", .one(of: ["signed", "due", "kept", "broken"])), .may("due", .day)])),
        .must("licenceEnds", .list(.record([.must("kind", .one(of: LicenceEnd.Kind.self)), .must("ground", .text)]))),
        .must(
            "overruns",
            .list(
                .record([
                    .must("limit", .one(of: ClockLimit.self)), .must("due", .day), .may("explainedAt", .instant),
                    .may("explanation", .text),
                ]))), .must("pauses", .list(.record([.must("from", .day), .may("to", .day)]))),
        .may("light", .one(of: ["green", "yellow", "red", "statutory"])),
        .must("breaches", .list(.one(of: Breach.self))),
    ])

    private static let move = JSONShape.record([
        .must("cause", .text), .must("event", .whole), .must("before", .day), .must("after", .day),
    ])

    private static let countedDay = JSONShape.record([
        .must("day", .day), .may("count", .whole), .must("reason", .text), .may("name", .text), .may("event", .whole),
    ])

    static let clock = JSONShape.record([
        .must("dossier", .id), .must("number", .text),
        .must(
            "limits",
            .list(
                .record([
                    .must("limit", .text), .may("procedure", .one(of: SpecialProcedure.self)),
                    .must("startsAt", .instant), .must("startRule", .text), .must("event", .whole),
                    .must("value", .whole), .must("unit", .text), .must("article", .text), .must("due", .day),
                    .must("isProvisional", .flag),
                    .must("result", .one(of: ["running", "past", "kept", "missed", "dropped"])), .may("left", .whole),
                    .may("past", .whole), .may("endedBy", .whole), .may("endedAt", .instant),
                    .may("isExplained", .flag), .may("explanation", .text), .must("moves", .list(move)),
                    .must("days", .list(countedDay)),
                ]))),
    ])

    // Files

    static let fileCheck = JSONShape.record([
        .must("step", .one(of: FileStep.self)), .must("result", .text), .may("reason", .one(of: FileDefect.self)),
        .must("detail", .text),
    ])

    static let fileReport = JSONShape.record([
        .must("verdict", .one(of: FileVerdict.self)), .may("step", .one(of: FileStep.self)),
        .may("reason", .one(of: FileDefect.self)), .must("format", .one(of: FileReport.Format.self)),
        .must("checks", .list(.named("FileCheck"))),
        .must(
            "signatures",
            .list(
                .record([
                    .must("place", .text), .must("verdict", .one(of: FileVerdict.self)), .may("madeAt", .instant),
                    .may("signer", .text), .may("authority", .text), .may("sealName", .text),
                    .may("sealNumber", .text), .must("checks", .list(.named("FileCheck"))),
                ]))),
    ])
}
