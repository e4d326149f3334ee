import Hall
import Supervision
import Vocabulary

/// The form that opens a campaign.
struct FileReviewForm: Sendable {
    /// LIMIT: minutes from the opening to the draw that the form takes.
    static let minutes = 1...20_160
    /// LIMIT: bodies and items that one campaign names.
    static let namedMax = 200

    let site: Site
    let refused: RefusedDeed?
    /// Bodies and items by their codes, as the figures know them.
    let bodies: [String: String]

    /// What a posted form says; refuses what cannot be read.
    static func terms(_ form: PostedForm, now: Instant) throws -> FileReviewTerms {
        let (from, to) = (try form.day("from"), try form.day("to"))
        guard from <= to else { throw FileReviewRefusal.periodUnfit }
        let places = try form.all("places").map { text in
            guard let region = Region(text) else { throw DoorRefusal.malformedForm }
            return region
        }
        let bodies = try form.all("bodies").map { text in
            guard let body = CreditCode(text) else { throw DoorRefusal.malformedForm }
            return body
        }
        let items = form["items"].split(whereSeparator: \.isWhitespace).map(String.init)
        guard places.count <= namedMax, bodies.count <= namedMax, items.count <= namedMax else {
            throw DoorRefusal.malformedForm
        }
        guard minutes.contains(form.number("minutes")) else { throw FileReviewRefusal.drawTimeUnfit }
        var manner = FileReviewTerms.Manner()
        manner.reviewers = form.number("reviewers")
        manner.gap = form.number("gap")
        manner.objectionDays = form.number("objection")
        manner.mendingDays = form.number("mending")
        manner.pass = form.number("pass")
        manner.excellent = form.number("excellent")
        return FileReviewTerms(
            closed: from...to, within: FileReviewTerms.Extent(places: places, bodies: bodies, items: items),
            sample: FileDraw.Sample(form.number("sample"), try form.chosen("unit")),
            drawAt: now.advanced(bySeconds: Int64(form.number("minutes")) * 60), manner: manner)
    }

    func write(_ html: inout HTML, _ tokens: FormTokens) {
        let (words, usual) = (html.words, FileReviewTerms.Manner())
        let form = DeedForm("campaign", refused, site, words)
        let today = site.hall.time.now().day
        html.note(words["filereview.open-help"])
        html.form(Paths.fileReviews, tokens) { html in
            html.fields(words["filereview.which"]) { html in
                html.field(
                    form.field(
                        "from", words["filereview.from"], .date, start: "\(today.advanced(byDays: -90))"))
                html.field(form.field("to", words["filereview.to"], .date, start: "\(today)"))
                html.field(
                    form.field(
                        "places", words["filereview.places"], .choices(places(words)),
                        hint: words["filereview.places-hint"]
                    ).with { $0.isOptional = true })
                // Before the first case was counted there is none to choose.
                if !bodyChoices.isEmpty {
                    html.field(
                        form.field(
                            "bodies", words["filereview.bodies"], .choices(bodyChoices),
                            hint: words["filereview.all-hint"]
                        ).with { $0.isOptional = true })
                }
                html.field(
                    form.field(
                        "items", words["filereview.items"], .text(max: 500), hint: words["filereview.items-hint"]
                    ).with { $0.isOptional = true })
            }
            html.fields(words["filereview.how-many"]) { html in
                html.field(form.field("sample", words["filereview.sample"], .integer(1...100), start: "10"))
                html.field(
                    form.field(
                        "unit", words["filereview.unit"],
                        .choice(FileDraw.Sample.Unit.allCases.map { Option($0.rawValue, words[$0.word]) }),
                        hint: words("filereview.unit-hint", ["n": "\(FileDraw.perBodyMax)"]), start: "percent"))
                html.field(
                    form.field(
                        "minutes", words["filereview.minutes"], .integer(Self.minutes),
                        hint: words["filereview.minutes-hint"], start: "10"))
            }
            html.fields(words["filereview.manner"]) { html in
                html.note(words["filereview.manner-help"])
                for (name, label, range, value) in [
                    (
                        "reviewers", words["filereview.reviewers-each"], FileReviewRules.reviewersOfAFile,
                        usual.reviewers
                    ),
                    ("gap", words["filereview.gap"], FileReviewRules.gaps, usual.gap),
                    ("objection", words["filereview.objection-days"], FileReviewRules.days, usual.objectionDays),
                    ("mending", words["filereview.mending-days"], FileReviewRules.days, usual.mendingDays),
                    ("pass", words["filereview.pass"], FileReviewRules.marks, usual.pass),
                    ("excellent", words["filereview.excellent"], FileReviewRules.marks, usual.excellent),
                ] {
                    html.field(form.field(name, label, .integer(range), start: "\(value)"))
                }
            }
            html.button(words["filereview.open"])
        }
    }

    private func places(_ words: Words) -> [Option] {
        site.tiles.map(\.region).sorted { $0.code < $1.code }.map { region in
            Option(
                region.code,
                site.regions.entry(region).map { words.pick($0.name, $0.nameEnglish) } ?? region.code)
        }
    }

    private var bodyChoices: [Option] {
        bodies.filter { CreditCode($0.key) != nil }.sorted { $0.key < $1.key }.prefix(Self.namedMax).map {
            Option($0.key, $0.value)
        }
    }
}
