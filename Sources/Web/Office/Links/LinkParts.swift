import Exchange
import Hall
import Vocabulary

/// The parts of a link's page.
struct LinkParts {
    let desk: LinkDesk
    let view: Hall.LinkView
    let tokens: FormTokens

    private var words: Words { desk.words }
    private var path: String { LinksPage.path(of: view.link.id) }

    func figures(_ html: inout HTML) {
        html.card { html in
            html.facts { html in
                html.fact(words["links.way"]) { desk.way(&$0, view.link) }
                html.fact(words["exchange.state"]) { desk.state(&$0, view) }
                html.fact(words["links.out"]) { desk.outgoing(&$0, view) }
                html.fact(words["exchange.last"]) { html in
                    guard let last = view.link.last else { return html.text(words["exchange.no-answer-yet"]) }
                    html.element("p", text: words.answer(last))
                    html.moment(last.at)
                }
                html.fact(words["links.in"]) { desk.incoming(&$0, view.report) }
                html.fact(words["links.budget"]) { desk.budget(&$0, view.budget) }
            }
            guard view.link.state == .asleep || view.link.state == .active && view.link.pausedUntil != nil else {
                return
            }
            html.deed("\(ExchangePage.path)/\(view.link.id)/waking", tokens) { html in
                html.button(words["exchange.wake"], .secondary)
            }
        }
    }

    /// 对账: the days that were compared, and a form for one more.
    func comparisons(_ html: inout HTML, _ lines: [ReconciliationTable.Line], day: CivilDate) {
        html.heading(words["links.comparisons"])
        html.note(words["links.comparisons-help"])
        html.form("\(path)/comparisons", tokens) { html in
            html.field(Field("day", words["links.day"], .date, answer: Answer("\(day)")))
            html.button(words["links.compare"], .secondary)
        }
        html.table(
            words["links.comparisons"],
            [
                Column(words["links.day"]), Column(words["links.compared-at"]),
                Column(words["links.compared"], isNumeric: true),
                Column(words["links.differences"], isNumeric: true),
            ], lines
        ) { html in
            html.note(words["links.not-compared"])
        } row: { html, line in
            html.row(isCurrent: line.day == day) { html in
                html.headCell(
                    words.date(line.day), href: LinkPage.address(of: view.link.id, on: line.day))
                html.cell { $0.moment(line.at) }
                html.cell(words.number(line.compared), isNumeric: true)
                html.cell(words.number(line.differences), isNumeric: true)
            }
        }
    }

    /// The differences of a day, item by item.
    func differences(_ html: inout HTML, _ all: [Reconciliation.Difference], on day: CivilDate) {
        html.heading(words("links.differences-of", ["day": words.date(day)]))
        guard !all.isEmpty else { return html.note(words["links.same"]) }
        if all.contains(where: \.kind.canBeHealed) {
            html.deed("\(path)/healings", tokens) { html in
                html.hidden("day", "\(day)")
                html.hidden("all", "1")
                html.button(words["links.mend-all"], .secondary)
            }
        }
        for (item, own) in Dictionary(grouping: all, by: \.item).sorted(by: { $0.key < $1.key }) {
            html.subheading(words("links.item", ["item": item]))
            let counts = Dictionary(grouping: own, by: \.kind).mapValues(\.count)
            html.paragraph(
                words.list(
                    Reconciliation.Kind.allCases.compactMap { kind in
                        counts[kind].map {
                            words("links.kind-count", ["kind": words[kind.word], "n": words.number($0)])
                        }
                    }))
            table(&html, own, on: day, caption: words("links.item", ["item": item]))
        }
    }

    private func table(_ html: inout HTML, _ own: [Reconciliation.Difference], on day: CivilDate, caption: String) {
        html.table(
            caption,
            [
                Column(words["column.number"]), Column(words["records.record"]), Column(words["links.difference"]),
                Column(words["undelivered.deeds"]),
            ], own
        ) { _ in
        } row: { html, one in
            html.row { html in
                html.headCell(one.number, href: CaseRecordsPage.address(of: one.number))
                html.cell { desk.record(&$0, one.key) }
                html.cell(words[one.kind.word])
                html.cell { html in
                    guard one.kind.canBeHealed else { return html.text(words["links.by-people"]) }
                    html.deed("\(path)/healings", tokens) { html in
                        html.hidden("day", "\(day)")
                        html.hidden("kind", one.kind.rawValue)
                        html.hidden("family", one.key.family)
                        html.hidden("key", one.key.key)
                        html.hidden("number", one.number)
                        html.button(words["links.mend"], .secondary)
                    }
                }
            }
        }
    }

    /// What was refused there.
    func sent(_ html: inout HTML, _ records: [SentRecord]) {
        html.heading(words["links.refused-there"])
        html.table(
            words["links.refused-there"], columns, records
        ) { html in
            html.note(words["links.nothing-refused"])
        } row: { html, one in
            html.row { html in
                html.headCell(one.number, href: CaseRecordsPage.address(of: one.number))
                html.cell { desk.record(&$0, one.key) }
                html.cell { desk.reason(&$0, one.code, one.message) }
                html.cell { html in
                    html.moment(one.at)
                    html.element("p", text: words.count("records.times", one.times))
                }
                html.cell { html in
                    html.deed("\(path)/sendings", tokens) { html in
                        html.hidden("family", one.key.family)
                        html.hidden("key", one.key.key)
                        html.button(words["exchange.redeliver"], .secondary)
                    }
                }
            }
        }
        more(&html, records.count, of: view.report.sent[.refused])
    }

    /// What was refused here.
    func received(_ html: inout HTML, _ records: [ReceivedRecord]) {
        html.heading(words["links.refused-here"])
        html.table(
            words["links.refused-here"], columns, records
        ) { html in
            html.note(words["links.nothing-refused"])
        } row: { html, one in
            html.row { html in
                html.headCell(
                    one.number.isEmpty ? "–" : one.number,
                    href: one.number.isEmpty ? nil : CaseRecordsPage.address(of: one.number))
                html.cell { desk.record(&$0, one.key) }
                html.cell { desk.reason(&$0, one.code, one.message) }
                html.cell { $0.moment(one.arrivedAt) }
                html.cell { html in
                    guard !one.digest.isEmpty, !one.body.isEmpty else { return html.text(words["links.not-kept"]) }
                    html.deed("\(path)/repetitions", tokens) { html in
                        html.hidden("arrival", "\(one.arrival)")
                        html.button(words["links.do-again"], .secondary)
                    }
                }
            }
        }
        more(&html, records.count, of: view.report.received[.refused])
    }

    private var columns: [Column] {
        [
            Column(words["column.number"]), Column(words["records.record"]), Column(words["links.why"]),
            Column(words["records.at"]), Column(words["undelivered.deeds"]),
        ]
    }

    private func more(_ html: inout HTML, _ shown: Int, of all: Int?) {
        guard let all, all > shown else { return }
        html.note(words("links.more", ["n": words.number(shown), "all": words.number(all)]))
    }
}

extension Reconciliation.Kind {
    var word: Word {
        switch self {
        case .missingThere: Word("links.missing-there")
        case .different: Word("links.different")
        case .unknownHere: Word("links.unknown-here")
        case .missingHere: Word("links.missing-here")
        case .refusedHere: Word("links.refused-here")
        case .deniedThere: Word("links.denied-there")
        }
    }
}
