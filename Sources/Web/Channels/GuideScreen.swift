import Catalogue
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items/{code}/screen`: the guide at a kiosk. The promise large, then the parts, one shown at a time; the
/// questions about the situation are answered by a touch.
struct GuideScreen {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let item = try await site.hall.item(try context.parameters.require("code")) else {
            throw DoorRefusal.noSuchPage
        }
        let guide = item.guide
        let place = site.screenPlace(request)?.region
        let home = Paths.hallScreen(at: place)
        let way = Way(asked: AskedSituation(request, guide), code: item.itemCode, place: place)
        let visit = site.visit(context, .portal)
        let title = visit.words.pick(guide.title)
        return .page(
            visit.screen(title, home: home) { html in
                html.element("div", .class("guide")) { html in
                    html.element("div", .class("facts")) { html in
                        facts(&html, item, title, home: home)
                    }
                    parts(&html, guide, way)
                }
            })
    }

    /// What is asked for, and the addresses that answer a question.
    private struct Way {
        let asked: AskedSituation
        let code: String
        let place: Region?

        func address(_ query: String) -> String {
            let own = Paths.screen(code, at: place)
            let more = own.contains("?") ? query.replacing("?", with: "&", maxReplacements: 1) : query
            return own + more + "#part-1"
        }
    }

    private func facts(_ html: inout HTML, _ item: ItemVersion, _ title: String, home: String) {
        let (guide, words) = (item.guide, html.words)
        html.element("p", .class("body"), text: words.pick(guide.implementingBody))
        html.element("h1", text: title)
        html.element("dl", .class("promises")) { html in
            fact(&html, words["screen.promise"], words.limit(guide.promisedLimit))
            fact(&html, words["screen.law"], words.limit(guide.statutoryLimit))
            if let trips = guide.leastTripsOffered { fact(&html, words["screen.trips"], words.trips(trips)) }
            fact(
                &html, words["screen.fee"],
                words[guide.standard.isCharged ? Word("item.charged") : Word("item.free")])
        }
        html.element("p", text: words.edition(of: item))
        html.element("div", .class("ways")) { html in
            html.element("a", .class("touch"), .href(home)) { html in
                html.icon(.arrowLeft)
                html.say("screen.back")
            }
            html.element("p") { html in
                html.icon(.phone)
                html.say("footer.hotline")
            }
        }
    }

    private func fact(_ html: inout HTML, _ label: String, _ value: String) {
        html.element("div") { html in
            html.element("dt", text: label)
            html.element("dd", text: value)
        }
    }

    /// The parts and the way to each: a link to its fragment, so that the style shows that part alone and nothing moves
    /// under the finger.
    private func parts(_ html: inout HTML, _ guide: Guide, _ way: Way) {
        let words = html.words
        var parts: [(title: String, body: (inout HTML) -> Void)] = [
            (words["item.needs"], { needs(&$0, guide, way) }), (words["item.steps"], { steps(&$0, guide) }),
        ]
        for (group, statements) in guide.statementsByGroup(site.tables) {
            parts.append((words.pick(group.label), { elements(&$0, statements) }))
        }
        html.element("div", .class("parts")) { html in
            html.element("nav", .label(words["screen.parts"])) { html in
                for (index, part) in parts.enumerated() {
                    html.element("a", .class("touch"), .href("#part-\(index + 1)"), text: part.title)
                }
            }
            html.element("div") { html in
                for (index, part) in parts.enumerated() {
                    html.element("section", .class("part"), .id("part-\(index + 1)")) { html in
                        html.element("h2", text: part.title)
                        part.body(&html)
                    }
                }
            }
        }
    }

    private func needs(_ html: inout HTML, _ guide: Guide, _ way: Way) {
        let words = html.words
        for question in guide.situations { self.question(&html, question, way) }
        if way.asked.isAnswered { html.element("p", text: words.applying(way.asked, guide)) }
        html.element("ol") { html in
            for material in guide.materials {
                guard let open = material.appliesWhen.open(in: way.asked.choices) else { continue }
                html.element("li") { html in
                    html.element("strong", text: words.pick(material.name))
                    html.element("p", text: words.pick(material.fillingNote ?? material.acceptanceStandard))
                    if !open.isEmpty { html.element("p", text: words.onlyNeeded(open, in: guide)) }
                }
            }
        }
        guard way.asked.isAnswered else { return }
        html.element("a", .class("touch"), .href(way.address("")), text: words["screen.everything"])
    }

    private func question(_ html: inout HTML, _ question: Situation, _ way: Way) {
        let words = html.words
        html.element("div", .class("question")) { html in
            html.element("p", text: words.pick(question.question))
            html.element("div", .class("answers")) { html in
                for choice in question.choices {
                    let isChosen = way.asked.choices[question.id] == choice.id
                    html.element(
                        "a", .class("touch"), .href(way.address(way.asked.query(with: [question.id: choice.id]))),
                        isChosen ? Attribute("aria-current", "true") : nil, text: words.pick(choice.label))
                }
            }
        }
    }

    private func steps(_ html: inout HTML, _ guide: Guide) {
        let words = html.words
        html.element("ol") { html in
            for step in guide.standard.procedureSteps {
                html.element("li") { html in
                    html.element("strong", text: words.pick(step.name))
                    html.element("p", text: words.pick(step.reviewStandard))
                }
            }
        }
    }

    private func elements(_ html: inout HTML, _ statements: [GuideStatement]) {
        let words = html.words
        html.element("dl") { html in
            for statement in statements {
                html.element("div") { html in
                    html.element("dt", text: words.pick(statement.element.label))
                    html.element("dd") { html in
                        for line in statement.lines { html.element("p", text: words.pick(line)) }
                        if statement.isDemonstration {
                            html.element("span", .class("tag"), text: words["item.demonstration"])
                        }
                        if statement.isUnchecked {
                            html.element("span", .class("tag"), text: words["item.unchecked"])
                        }
                    }
                }
            }
        }
    }
}

extension Words {
    /// Which version of a guide it is, and from when it applies: `办事指南第2版，自2026年12月1日起施行`.
    /// That an item is not handled now comes first.
    func edition(of item: ItemVersion) -> String {
        sentences(stop(of: item) ?? "", version(of: item))
    }

    /// Which version of the guide it is, and from when it applies.
    func version(of item: ItemVersion) -> String {
        self("guide.edition", ["version": "\(item.version)", "day": plainDate(item.effectiveDate)])
    }

    /// What ends a reason of its own; the sentence around it has one.
    private static let ends = CharacterSet(charactersIn: "\u{3002}. \n\r")

    /// That nobody can file for the item now, and why; nil while it is in use.
    func stop(of item: ItemVersion) -> String? {
        item.stop.map { stop in
            let said = stop.reason.trimmingCharacters(in: Self.ends)
            let reason = ["reason": said] as KeyValuePairs
            return stop.state == .cancelled ? self("guide.cancelled", reason) : self("guide.suspended", reason)
        }
    }
}
